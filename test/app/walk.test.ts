import { afterEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import type { Log } from '../../src/domain/log.ts';
import { cardEvent, messageEvent } from '../fakes/feishu-events.ts';
import { FakeFeishu } from '../fakes/feishu-server.ts';
import { callbackUpdate, FakeTelegram, groupMessage, messageUpdate } from '../fakes/telegram-server.ts';
import { feishuSettings, freePort, telegramSettings, testConfig } from '../support/config.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const WHITE_LIST = '推动符合条件企业列入融资“白名单”';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function start(environment: Readonly<Record<string, string>>): Promise<App> {
  const app = await startApp(testConfig(environment), silent);
  closing.push(() => app.stop());
  return app;
}

async function fakeTelegram(): Promise<FakeTelegram> {
  const telegram = await FakeTelegram.start();
  closing.push(() => telegram.close());
  return telegram;
}

async function fakeFeishu(): Promise<FakeFeishu> {
  const feishu = await FakeFeishu.start();
  closing.push(() => feishu.stop());
  return feishu;
}

const nowS = (): number => Math.floor(Date.now() / 1000);

describe('a message, from the platform and back', () => {
  it('is answered on Telegram by polling, with quote, source and buttons that work', async () => {
    const telegram = await fakeTelegram();
    await start(telegramSettings(telegram));
    telegram.push(messageUpdate(1, '融资白名单怎么进？', { date: nowS() }));
    const [answer] = await telegram.waitForSent(1);
    expect(answer!.text).toContain(WHITE_LIST);
    expect(answer!.text).toContain('第6节');
    expect(answer!.reply_parameters?.message_id).toBe(1);

    const buttons = answer!.reply_markup!.inline_keyboard.flat();
    expect(buttons.map(({ text }) => text)).toEqual(['全文', '相关', '有帮助', '没帮助']);
    telegram.push(callbackUpdate(2, buttons[0]!.callback_data));
    const [, fullText] = await telegram.waitForSent(2);
    expect(fullText!.text).toContain('坚守不发生系统性金融风险底线');
  });

  it('is answered in a Telegram group only when it is meant for us', async () => {
    const telegram = await fakeTelegram();
    await start(telegramSettings(telegram));
    telegram.push(groupMessage(1, '融资白名单怎么进？', { date: nowS() }));
    telegram.push(groupMessage(2, '/ask@other_bot 融资白名单怎么进？', { date: nowS() }));
    telegram.push(groupMessage(3, '@policy_bot 跨域通办是什么', { date: nowS() }));
    const sent = await telegram.waitForSent(1);
    expect(sent[0]!.text).toContain('跨域通办');
    expect(sent[0]!.reply_parameters?.message_id).toBe(3);
    await telegram.settled();
    expect(telegram.sent).toHaveLength(1);
  });

  it('is answered on Feishu over the long connection, as a card in the same chat', async () => {
    const feishu = await fakeFeishu();
    await start(feishuSettings(feishu));
    await feishu.connected();
    void feishu.push(messageEvent(feishu, { text: '融资白名单怎么进？', messageId: 'om_question' }));
    await feishu.until(() => feishu.messages.length === 1);
    const [card] = feishu.messages;
    expect(card!.type).toBe('interactive');
    expect(card!.replyTo).toBe('om_question');
    expect(card!.reading.text).toContain(WHITE_LIST);

    const value = /"a":"(t:[^"]+)"/.exec(JSON.stringify(card!.content))?.[1];
    void feishu.push(cardEvent(feishu, { value: { a: value, k: 'p' } }));
    await feishu.until(() => feishu.messages.length === 2);
    expect(feishu.messages[1]!.reading.text).toContain('坚守不发生系统性金融风险底线');
  });

  it('is answered by webhook on both platforms at once', async () => {
    const [telegram, feishu, port] = [await fakeTelegram(), await fakeFeishu(), await freePort()];
    const publicUrl = `http://127.0.0.1:${port}`;
    await start({
      ...telegramSettings(telegram),
      ...feishuSettings(feishu),
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-some-length',
      FEISHU_MODE: 'webhook',
      FEISHU_ENCRYPT_KEY: feishu.encryptKey,
      FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
    });
    feishu.webhookUrl = `${publicUrl}/webhooks/feishu`;
    await telegram.waitForCalls('setWebhook', 1);
    telegram.push(messageUpdate(1, '人才安居有什么服务', { date: nowS() }));
    void feishu.push(messageEvent(feishu, { text: '人才安居有什么服务' }));
    const [answer] = await telegram.waitForSent(1);
    await feishu.until(() => feishu.messages.length === 1);
    for (const text of [answer!.text, feishu.messages[0]!.reading.text])
      expect(text).toContain('落实人才安居、医疗保障、子女教育等人才服务措施');
  });

  it('is said not to be in the library when it is not, with a way to a person', async () => {
    const telegram = await fakeTelegram();
    await start({ ...telegramSettings(telegram), STAFF_CONTACT: '服务专线 0595-0000000' });
    telegram.push(messageUpdate(1, '恐龙化石展在哪里看？', { date: nowS() }));
    const [refusal] = await telegram.waitForSent(1);
    expect(refusal!.text).toContain('恐龙');
    expect(refusal!.text).toMatch(/资料库里没有/);
    telegram.push(callbackUpdate(2, 'h'));
    const [, contact] = await telegram.waitForSent(2);
    expect(contact!.text).toContain('服务专线 0595-0000000');
  });

  it('is answered over HTTP, and the conversation is remembered', async () => {
    const app = await start({});
    const ask = async (question: string, conversationId?: string) => {
      const response = await fetch(`${app.url}/api/v1/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question, conversationId }),
      });
      return (await response.json()) as { outcome: string; citations: { section: number; quote: string }[]; conversationId: string };
    };
    const first = await ask('开发区医院今年能建到什么程度？');
    expect(first.outcome).toBe('answered');
    expect(first.citations[0]!.section).toBe(13);
    const second = await ask('那里面的医生护士和设备跟得上吗？', first.conversationId);
    expect(second.citations[0]!.section).toBe(13);
    expect(second.conversationId).toBe(first.conversationId);
  });

  it('changes nothing when a webhook call is not genuine', async () => {
    const feishu = await fakeFeishu();
    const app = await start({
      ...feishuSettings(feishu),
      FEISHU_MODE: 'webhook',
      FEISHU_ENCRYPT_KEY: feishu.encryptKey,
      FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
    });
    const forged = await feishu.post(`${app.url}/webhooks/feishu`, messageEvent(feishu), { signature: 'wrong' });
    expect(forged.status).toBe(401);
    const oversized = await fetch(`${app.url}/webhooks/feishu`, { method: 'POST', body: 'x'.repeat(600_000) });
    expect(oversized.status).toBe(413);
    expect(feishu.messages).toHaveLength(0);
  });
});
