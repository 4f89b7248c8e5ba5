import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import { THE_HOUSE } from '../../src/domain/audit.ts';
import { addDays, dayIn } from '../../src/domain/day.ts';
import { NEWS_HOURS_SETTING } from '../../src/subscriptions/quiet-hours.ts';
import { cardEvent, messageEvent } from '../fakes/feishu-events.ts';
import { callbackUpdate, messageUpdate, PRIVATE_CHAT } from '../fakes/telegram-updates.ts';
import { SMALL_LIBRARY } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder, testConfig } from '../support/config.ts';
import { feishuButtons } from '../support/feishu-buttons.ts';
import { fakeFeishu, fakeTelegram, lookInto, nowS, QUICK, silent } from '../support/running.ts';

const policy = (id: string, title: string, applyUntil: string): string =>
  `---\nid: ${id}\nkind: policy\ntitle: ${title}\ncategory: talent\nfacts: { amount: 每人三万元, applyUntil: ${applyUntil} }\n---\n\n### 1. 落户\n\n给予落户。\n`;

describe('news of a topic', () => {
  it('reach a person and a group once, are told again as the deadline nears, and stop in one tap', { timeout: 90_000 }, async () => {
    const [feishu, telegram] = [await fakeFeishu(), await fakeTelegram()];
    const folder = temporaryFolder();
    cpSync(SMALL_LIBRARY, folder, { recursive: true });
    const config = testConfig({ ...feishuSettings(feishu), ...telegramSettings(telegram), KNOWLEDGE_DIR: folder });
    // Never quiet: the test may run at night.
    const hours = { quietFrom: '00:00', quietUntil: '00:00', dailyAt: '09:00' };
    await lookInto(config.dataDir, ({ admin }) =>
      admin.saveSetting(NEWS_HOURS_SETTING, JSON.stringify(hours), {
        atMs: 1,
        actor: THE_HOUSE,
        action: 'setting.changed',
        target: null,
        detail: {},
      }),
    );
    const start = async () => {
      const app = await startApp(config, silent, { ...QUICK, jobs: { everyMs: 20 } });
      await feishu.connected();
      return app;
    };
    const publish = (id: string, title: string, days: number): void =>
      writeFileSync(join(folder, 'policies', `${id}.md`), policy(id, title, addDays(dayIn('Asia/Shanghai', Date.now()), days)));

    const first = await start();
    telegram.push(messageUpdate(1, '订阅人才政策', { date: nowS() }));
    await telegram.waitForSent(1);
    expect(telegram.sent[0]!.text).toContain('您已订阅“人才政策”');
    const mentions = [{ key: '@_user_1', openId: feishu.botOpenId, name: '政策助手' }];
    void feishu.push(messageEvent(feishu, { chatType: 'group', text: '@_user_1 订阅', mentions, messageId: 'om_wish' }));
    await feishu.until(() => feishu.messages.length === 1);
    const offered = feishu.messages[0]!;
    const subscribe = { value: feishuButtons(offered).get('人才政策'), messageId: offered.messageId, chatId: 'oc_groupchat' };
    void feishu.push(cardEvent(feishu, subscribe));
    await feishu.until(() => feishu.messages.length === 2);
    expect(feishu.messages[1]!.reading.text).toContain('本群已订阅“人才政策”');

    publish('berth', '博士安家办法', 60);
    await telegram.waitForSent(2);
    await feishu.until(() => feishu.messages.length === 3);
    expect(telegram.sent[1]).toMatchObject({ chat_id: 42 });
    expect(telegram.sent[1]!.text).toMatch(/新政策发布[^]*博士安家办法[^]*每人三万元/);
    expect(feishu.messages[2]).toMatchObject({ chatId: 'oc_groupchat', replyTo: null });
    await first.stop();

    // The next start tells nothing twice, and finds that a deadline has come near.
    publish('berth', '博士安家办法', 7);
    const second = await start();
    await telegram.waitForSent(3);
    await feishu.until(() => feishu.messages.length === 4);
    const reminder = telegram.sent[2]!;
    expect(reminder.text).toContain('还有 7 天截止');

    // The text is a tap away; and so is the end of it.
    const buttons = new Map(reminder.reply_markup!.inline_keyboard.flat().map(({ text, callback_data }) => [text, callback_data]));
    const press = (id: number, label: string): void =>
      telegram.push(
        callbackUpdate(id, buttons.get(label)!, {
          message: { chat: PRIVATE_CHAT, message_id: reminder.message_id, date: nowS() } as never,
        }),
      );
    press(2, '查看详情');
    await telegram.waitForSent(4);
    expect(telegram.sent[3]!.text).toContain('给予落户');
    press(3, '退订“人才政策”');
    await telegram.waitForSent(5);
    expect(telegram.sent[4]!.text).toContain('已退订');
    publish('second', '技工办法', 90);
    await feishu.until(() => feishu.messages.length === 5);
    await sleep(300);
    await second.stop();
    expect(telegram.sent).toHaveLength(5);
    const reports = await lookInto(config.dataDir, ({ subscriptions }) => subscriptions.newsReports(10));
    expect(reports.map(({ news, sent, failed }) => [news.kind, news.title, sent, failed])).toEqual([
      ['published', '技工办法', 1, 0],
      ['deadline', '博士安家办法', 2, 0],
      ['published', '博士安家办法', 2, 0],
    ]);
  });
});
