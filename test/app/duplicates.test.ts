import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/domain/action.ts';
import { cardEvent, messageEvent } from '../fakes/feishu-events.ts';
import { callbackUpdate, messageUpdate } from '../fakes/telegram-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, lookInto, NOTHING_LEFT, nowS, startSmall } from '../support/running.ts';

const FULL_TEXT = encodeAction({ kind: 'full-text', documentId: 'campus', section: 1, revision: null });

describe('the same message again', () => {
  it('on Feishu under another event id, both in flight at once, has one answer', async () => {
    const feishu = await fakeFeishu();
    const dataDir = temporaryFolder();
    await startSmall({ ...feishuSettings(feishu), DATA_DIR: dataDir });
    await feishu.connected();
    const copies = Array.from({ length: 5 }, () => messageEvent(feishu, { text: '班车几点发车', messageId: 'om_twice' }));
    expect(new Set(copies.map(({ header }) => header.event_id)).size).toBe(5);
    await Promise.all(copies.map((copy) => feishu.push(copy)));
    await feishu.push(messageEvent(feishu, { text: '人才公寓怎么申请', messageId: 'om_after' }));
    await feishu.until(() => feishu.messages.some(({ replyTo }) => replyTo === 'om_after'));
    expect(feishu.messages.map(({ replyTo }) => replyTo)).toEqual(['om_twice', 'om_after']);
    expect(feishu.requestsTo('/reply')).toHaveLength(2);
    expect(feishu.acknowledgements.map(({ code }) => code)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('on Feishu after a restart has one answer', async () => {
    const feishu = await fakeFeishu();
    const environment = { ...feishuSettings(feishu), DATA_DIR: temporaryFolder() };
    const first = await startSmall(environment);
    await feishu.connected();
    await feishu.push(messageEvent(feishu, { text: '班车几点发车', messageId: 'om_before' }));
    await feishu.until(() => feishu.messages.length === 1);
    await first.stop();
    await feishu.quiet();

    await startSmall(environment);
    await feishu.connected();
    await feishu.push(messageEvent(feishu, { text: '班车几点发车', messageId: 'om_before' }));
    await feishu.push(messageEvent(feishu, { text: '人才公寓怎么申请', messageId: 'om_after' }));
    await feishu.until(() => feishu.messages.some(({ replyTo }) => replyTo === 'om_after'));
    expect(feishu.messages.map(({ replyTo }) => replyTo)).toEqual(['om_before', 'om_after']);
    await expect(lookInto(environment.DATA_DIR, (store) => store.counts())).resolves.toMatchObject({ waiting: 0, deadMessages: 0 });
  });

  it('on Telegram, as the same update or under another update id, has one answer', async () => {
    const telegram = await fakeTelegram();
    const environment = { ...telegramSettings(telegram), DATA_DIR: temporaryFolder() };
    const first = await startSmall(environment);
    const message = messageUpdate(1, '班车几点发车', { date: nowS() });
    telegram.push(message);
    telegram.push(message);
    await telegram.waitForSent(1);
    telegram.push(message);
    telegram.push({ ...message, update_id: 2 });
    await telegram.settled();
    await first.stop();
    await telegram.quiet();

    await startSmall(environment);
    telegram.push(message);
    telegram.push({ ...message, update_id: 3 });
    telegram.push(messageUpdate(4, '人才公寓怎么申请', { date: nowS() }));
    await telegram.until(() => telegram.sent.some((sent) => sent.reply_parameters?.message_id === 4));
    expect(telegram.sent.map((sent) => sent.reply_parameters?.message_id)).toEqual([1, 4]);
  });
});

describe('the same press of a button again', () => {
  it('has one effect on Feishu, and the answer to the press is the same', async () => {
    const feishu = await fakeFeishu();
    const dataDir = temporaryFolder();
    await startSmall({ ...feishuSettings(feishu), DATA_DIR: dataDir });
    await feishu.connected();
    const press = cardEvent(feishu, { value: { a: FULL_TEXT, k: 'p' }, eventId: 'press-1', messageId: 'om_card' });
    await Promise.all([feishu.push(press), feishu.push(press)]);
    await feishu.push(press);
    await feishu.push(messageEvent(feishu, { text: '人才公寓怎么申请', messageId: 'om_after' }));
    await feishu.until(() => feishu.messages.some(({ replyTo }) => replyTo === 'om_after'));
    expect(feishu.messages.map(({ replyTo }) => replyTo)).toEqual(['om_card', 'om_after']);
    const [first, second, third] = feishu.acknowledgements;
    expect(second!.data).toEqual(first!.data);
    expect(third!.data).toEqual(first!.data);
    await feishu.settled();
    await expect(lookInto(dataDir, (store) => store.counts())).resolves.toMatchObject({ waiting: 0, deadMessages: 0, deadReplies: 0 });
  });

  it('has one effect on Telegram', async () => {
    const telegram = await fakeTelegram();
    const dataDir = temporaryFolder();
    const app = await startSmall({ ...telegramSettings(telegram), DATA_DIR: dataDir });
    const press = callbackUpdate(1, FULL_TEXT);
    telegram.push(press);
    await telegram.waitForSent(1);
    telegram.push(press);
    telegram.push({ ...press, update_id: 2 });
    telegram.push(messageUpdate(3, '人才公寓怎么申请', { date: nowS() }));
    await telegram.until(() => telegram.sent.some((sent) => sent.reply_parameters?.message_id === 3));
    expect(telegram.sent).toHaveLength(2);
    await app.stop();
    await expect(lookInto(dataDir, (store) => store.counts())).resolves.toEqual(NOTHING_LEFT);
  });
});
