import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardEvent, messageEvent } from '../../fakes/feishu-events.ts';
import { callbackUpdate, messageUpdate } from '../../fakes/telegram-updates.ts';
import { startApp } from '../../../src/app.ts';
import { feishuSettings, telegramSettings, testConfig } from '../../support/config.ts';
import { feishuButtons } from '../../support/feishu-buttons.ts';
import { placeDesk } from '../../support/desks.ts';
import { fakeFeishu, fakeTelegram, nowS, QUICK, silent } from '../../support/running.ts';
import { launchBrowser } from '../browser.ts';
import { ConsolePerson } from './console.ts';
import { settled, troublesOf } from './page-checks.ts';

const STAFF_CHAT = 'oc_staff';
const PASSWORD = 'autumn-harbour-lamp';

let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
});

/** Needs the pages as `npm run build` leaves them, which `npm test` runs first. */
describe('a question on its way to a person and back', () => {
  it('is answered by staff on either platform, and by the library the next time on the other', { timeout: 180_000 }, async () => {
    const [feishu, telegram] = [await fakeFeishu(), await fakeTelegram()];
    const config = testConfig({ ...feishuSettings(feishu), ...telegramSettings(telegram) });
    const app = await startApp(config, silent, { ...QUICK, jobs: { everyMs: 50 } });
    try {
      await placeDesk(config.dataDir, { channel: 'feishu', chatId: STAFF_CHAT }, '企业服务科');
      await feishu.connected();
      const li = await ConsolePerson.open(context, app.url);
      const troubles = troublesOf(li.page);
      await li.setUp(app.setUpUrl!, 'li', '李编辑', PASSWORD);

      /** Has the draft made of an answer reviewed and published. */
      const publishDraft = async (number: number, title: RegExp): Promise<void> => {
        await li.go(`tickets?state=over`, '人工服务');
        await li.page.getByRole('link', { name: title }).first().click();
        await settled(li.page, `工单 #${number}`);
        await li.page.getByRole('link', { name: `answer-${number}` }).click();
        await settled(li.page, title);
        await li.press('提交审核');
        await li.confirm('提交审核');
        await li.publish(title);
      };
      const feishuSays = (words: string) => feishu.messages.find(({ reading }) => reading.text.includes(words));
      const telegramSays = (words: string) => telegram.sent.find(({ text }) => text.includes(words));

      // A Feishu group asks, and is not answered; somebody wants to be told.
      const mentions = [{ key: '@_user_1', openId: feishu.botOpenId, name: '政策助手' }];
      const question = '公积金怎么提取？';
      void feishu.push(messageEvent(feishu, { chatType: 'group', text: `@_user_1 ${question}`, mentions }));
      await feishu.until(() => feishu.messages.length === 1);
      const refusal = feishu.messages[0]!;
      expect(refusal.reading.text).toContain('不便随意作答');
      telegram.push(messageUpdate(1, question, { date: nowS() }));
      await telegram.waitForSent(1);
      const wish = telegram.sent[0]!.reply_markup!.inline_keyboard.flat().find(({ text }) => text === '有答案时通知我')!;
      telegram.push(callbackUpdate(2, wish.callback_data));
      await telegram.until(() => telegramSays('我会在这里通知您一次') !== undefined);

      void feishu.push(
        cardEvent(feishu, { value: feishuButtons(refusal).get('转人工'), messageId: refusal.messageId, chatId: 'oc_groupchat' }),
      );
      await feishu.until(() => feishu.messages.some(({ chatId }) => chatId === STAFF_CHAT));
      const card = feishu.messages.find(({ chatId }) => chatId === STAFF_CHAT)!;
      void feishu.push(
        cardEvent(feishu, {
          value: feishuButtons(card).get('我来答'),
          operatorId: 'ou_zhou',
          messageId: card.messageId,
          chatId: STAFF_CHAT,
        }),
      );
      await feishu.until(() => card.reading.text.includes('处理中'));
      const reply = { chatType: 'group', chatId: STAFF_CHAT, senderId: 'ou_zhou', parentId: card.messageId } as const;
      void feishu.push(messageEvent(feishu, { ...reply, text: '带身份证到公积金中心窗口办理，当天到账。' }));
      await feishu.until(() => feishuSays('工作人员答复\n') !== undefined);
      expect(feishuSays('工作人员答复\n')).toMatchObject({ replyTo: refusal.messageId });

      // Approved in the browser, it answers on Telegram; who wanted to know is told, once.
      await publishDraft(1, /公积金怎么提取/);
      await telegram.until(() => telegramSays('您之前的问题有答案了') !== undefined);
      telegram.push(messageUpdate(3, question, { date: nowS() }));
      await telegram.until(() => telegram.sent.filter(({ text }) => text.includes('当天到账')).length === 2);
      const answer = telegram.sent.at(-1)!;
      expect(answer.text).toContain('出处：问答「公积金怎么提取？」');
      expect(telegram.sent.filter(({ text }) => text.includes('您之前的问题有答案了'))).toHaveLength(1);

      // The mirror image: asked on Telegram, answered from the console, known on Feishu.
      const other = '驾照到期怎么换？';
      telegram.push(messageUpdate(4, other, { date: nowS() }));
      await telegram.until(() => telegram.sent.at(-1)!.text.includes('不便随意作答'));
      telegram.push(messageUpdate(5, '转人工', { date: nowS() }));
      await telegram.until(() => telegramSays('编号 #2') !== undefined);
      await li.go('tickets', '人工服务');
      await li.page.reload();
      await li.page.getByRole('link', { name: /驾照到期怎么换/ }).click();
      await settled(li.page, '工单 #2');
      await li.press('我来答');
      await li.page.getByRole('button', { name: '放回' }).waitFor();
      await li.page.getByLabel('答复内容').fill('带旧驾照到车管所窗口办理。');
      await li.press('发送答复');
      await telegram.until(() => telegramSays('带旧驾照到车管所窗口办理。') !== undefined);
      expect(telegramSays('带旧驾照到车管所')!.text).toContain('答复部门：企业服务科');
      await feishu.until(() =>
        feishu.messages.some(({ chatId, reading }) => chatId === STAFF_CHAT && reading.text.includes('李编辑已答复')),
      );
      await li.page
        .getByRole('link', { name: 'answer-2' })
        .or(li.page.getByRole('button', { name: '发送答复' }))
        .first()
        .waitFor();
      await li.page.reload();
      await publishDraft(2, /驾照到期怎么换/);
      void feishu.push(messageEvent(feishu, { text: other }));
      await feishu.until(() => feishuSays('出处：问答「驾照到期怎么换？」') !== undefined);
      expect(troubles).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});
