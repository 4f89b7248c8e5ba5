import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TakenMessage } from '../fakes/feishu-server.ts';
import { cardEvent, messageEvent } from '../fakes/feishu-events.ts';
import { ChildServer } from '../support/child-server.ts';
import { feishuSettings, temporaryFolder } from '../support/config.ts';
import { placeDesk } from '../support/desks.ts';
import { feishuButtons } from '../support/feishu-buttons.ts';
import { fakeFeishu, lookInto } from '../support/running.ts';

const STAFF_CHAT = 'oc_staff';
const ASKER_CHAT = 'oc_privatechat';
const QUESTION = '公积金怎么提取？';

describe('a house that is killed at every step of a hand-off', () => {
  // At once after the message is stored, while it is worked on, and while the replies go out.
  it.each([0, 15, 40])('%i ms after each message loses nothing and tells nobody twice', { timeout: 90_000 }, async (delayMs) => {
    const feishu = await fakeFeishu();
    const dataDir = temporaryFolder();
    await placeDesk(dataDir, { channel: 'feishu', chatId: STAFF_CHAT }, '企业服务科');
    const start = async (): Promise<ChildServer> => {
      const started = new ChildServer({ ...feishuSettings(feishu), DATA_DIR: dataDir });
      await Promise.all([started.url, feishu.connected()]);
      return started;
    };
    let child = await start();
    onTestFinished(() => child.kill());

    /** Hands in an event, ends the process soon after it was taken, and has another one go on. */
    const survive = async (event: Parameters<typeof feishu.push>[0], isDone: () => boolean): Promise<void> => {
      await feishu.push(event);
      await sleep(delayMs);
      await child.kill();
      await feishu.quiet();
      child = await start();
      await feishu.until(isDone);
      // What was on its way when the process died is sent, and noted as sent, by the next one.
      while ((await lookInto(dataDir, (store) => store.counts())).unsent > 0) await sleep(20);
    };
    const starting = (words: string): TakenMessage[] => feishu.messages.filter(({ reading }) => reading.text.startsWith(words));
    // A number that was drawn when the process died is not drawn again: the ticket may be #2.
    const aboutTicket = (): TakenMessage[] => feishu.messages.filter(({ reading }) => /^工单 #\d/.test(reading.text));
    const cards = (): TakenMessage[] => aboutTicket().filter(({ reading }) => reading.text.includes('原因'));
    const receipts = (): TakenMessage[] => aboutTicket().filter(({ reading }) => reading.text.includes('答复已发给'));

    await survive(messageEvent(feishu, { text: QUESTION, messageId: 'om_asked' }), () => starting('资料库里暂时没有').length === 1);
    const refusal = starting('资料库里暂时没有')[0]!;
    const handOff = { value: feishuButtons(refusal).get('转人工'), messageId: refusal.messageId, chatId: ASKER_CHAT };
    await survive(cardEvent(feishu, handOff), () => cards().length === 1 && starting('已转人工').length === 1);
    const card = cards()[0]!;
    const claim = { value: feishuButtons(card).get('我来答'), messageId: card.messageId, chatId: STAFF_CHAT, operatorId: 'ou_zhou' };
    await survive(cardEvent(feishu, claim), () => card.reading.text.includes('处理中'));
    const answer = { chatType: 'group', chatId: STAFF_CHAT, senderId: 'ou_zhou', parentId: card.messageId, text: '到窗口办理。' } as const;
    await survive(
      messageEvent(feishu, answer),
      () => starting('工作人员答复\n').length === 1 && card.reading.text.includes('已答复') && receipts().length === 1,
    );

    const drafts = (): Promise<number> => lookInto(dataDir, async ({ editorial }) => (await editorial.revisionsIn(['draft'])).length);
    while ((await drafts()) === 0) await sleep(50);
    expect(await child.stop()).toEqual({ code: 0, signal: null });
    expect(await drafts()).toBe(1);
    expect(await lookInto(dataDir, ({ tickets }) => tickets.counts())).toMatchObject({ answered: 1, open: 0, claimed: 0 });
    expect(feishu.messages.map(({ reading }) => reading.text.split('\n')[0])).toHaveLength(5);
    expect([cards().length, starting('已转人工').length, starting('工作人员答复\n').length]).toEqual([1, 1, 1]);
  });
});
