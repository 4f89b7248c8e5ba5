import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/domain/action.ts';
import type { TakenMessage } from '../fakes/feishu-server.ts';
import type { FakeFeishu } from '../fakes/feishu-server.ts';
import { cardEvent, messageEvent } from '../fakes/feishu-events.ts';
import { callbackUpdate, GROUP_CHAT, ME, messageUpdate } from '../fakes/telegram-updates.ts';
import { placeDesk } from '../support/desks.ts';
import { feishuButtons } from '../support/feishu-buttons.ts';
import { feishuSettings, telegramSettings, testConfig } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, lookInto, nowS, QUICK, startSmall } from '../support/running.ts';

const TUNING = { ...QUICK, jobs: { everyMs: 20 } };
const STAFF_CHAT = 'oc_staff';
const UNKNOWN = '公积金怎么提取？';

const mention = (feishu: FakeFeishu) => [{ key: '@_user_1', openId: feishu.botOpenId, name: '政策助手' }];

describe('a question nobody can answer', () => {
  it('asked in a Feishu group goes to the staff group, and the answer comes back', async () => {
    const feishu = await fakeFeishu();
    const { dataDir } = testConfig();
    await startSmall({ ...feishuSettings(feishu), DATA_DIR: dataDir }, TUNING);
    await placeDesk(dataDir, { channel: 'feishu', chatId: STAFF_CHAT }, '企业服务科');
    await feishu.connected();
    const sent = (count: number) => feishu.until(() => feishu.messages.length >= count);

    void feishu.push(
      messageEvent(feishu, { chatType: 'group', text: `@_user_1 ${UNKNOWN}`, mentions: mention(feishu), messageId: 'om_asked' }),
    );
    await sent(1);
    const refusal = feishu.messages[0]!;
    expect(refusal.reading.text).toContain('不便随意作答');
    void feishu.push(
      cardEvent(feishu, { value: feishuButtons(refusal).get('转人工'), messageId: refusal.messageId, chatId: 'oc_groupchat' }),
    );
    await sent(3);
    const [told, card] = feishu.messages.slice(1).sort((a) => (a.chatId === STAFF_CHAT ? 1 : -1)) as [TakenMessage, TakenMessage];
    expect(told.reading.text).toContain('“企业服务科”，编号 #1');
    expect(card).toMatchObject({ chatId: STAFF_CHAT, replyTo: null });
    expect(card.reading.text).toContain(UNKNOWN);

    // One takes it; another one is told so.
    const press = (label: string, operatorId: string, messageId = card.messageId) =>
      feishu.push(cardEvent(feishu, { value: feishuButtons(card).get(label), operatorId, messageId, chatId: STAFF_CHAT }));
    void press('我来答', 'ou_zhou');
    await feishu.until(() => card.changes === 1);
    expect(card.reading.text).toContain('处理中');
    const claimValue = { a: encodeAction({ kind: 'ticket', step: 'claim', ticketId: await ticketId(dataDir) }), k: 'g' };
    void feishu.push(cardEvent(feishu, { value: claimValue, operatorId: 'ou_lin', messageId: card.messageId, chatId: STAFF_CHAT }));
    await sent(4);
    expect(feishu.messages[3]!.reading.text).toContain('认领，正在处理');
    // Pressed in another chat, the same button does nothing.
    void feishu.push(cardEvent(feishu, { value: claimValue, operatorId: 'ou_lin', messageId: 'om_x', chatId: 'oc_groupchat' }));

    // The bot keeps quiet while a person has the question; what is added reaches staff.
    void feishu.push(
      messageEvent(feishu, { chatType: 'group', text: '@_user_1 我是外地户口，公积金', mentions: mention(feishu), messageId: 'om_added' }),
    );
    await sent(5);
    expect(feishu.messages[4]).toMatchObject({ replyTo: card.messageId });
    expect(feishu.messages[4]!.reading.text).toContain('我是外地户口');

    // A word between colleagues is none of ours; a reply to the card is the answer, though nobody calls us.
    void feishu.push(
      messageEvent(feishu, { chatType: 'group', chatId: STAFF_CHAT, text: '谁去吃饭', senderId: 'ou_zhou', parentId: 'om_else' }),
    );
    void feishu.push(
      messageEvent(feishu, {
        chatType: 'group',
        chatId: STAFF_CHAT,
        text: '带身份证到公积金中心办理。',
        senderId: 'ou_zhou',
        parentId: card.messageId,
      }),
    );
    await feishu.until(() => feishu.messages.some(({ reading }) => reading.text.startsWith('工作人员答复\n')));
    const answer = feishu.messages.find(({ reading }) => reading.text.startsWith('工作人员答复\n'))!;
    expect(answer.replyTo).toBe(refusal.messageId);
    expect(answer.reading.text).toContain('带身份证到公积金中心办理。');
    expect(answer.reading.text).toContain('答复部门：企业服务科');
    await feishu.until(() => card.reading.text.includes('已答复'));

    // It becomes a draft nothing is answered from.
    await until(async () => (await lookInto(dataDir, ({ editorial }) => editorial.revisionsIn(['draft']))).length === 1);
    const [draft] = await lookInto(dataDir, ({ editorial }) => editorial.revisionsIn(['draft']));
    const source = await lookInto(dataDir, async ({ editorial }) => (await editorial.revision(draft!.textId, draft!.number))!.source);
    expect(source).toContain(`title: ${UNKNOWN}`);
    expect(source).toContain('带身份证到公积金中心办理。');
    expect(feishu.messages.filter(({ reading }) => reading.text.startsWith('工作人员答复\n'))).toHaveLength(1);
  });

  it('asked on Telegram is answered from a Telegram group', async () => {
    const telegram = await fakeTelegram();
    const { dataDir } = testConfig();
    await startSmall({ ...telegramSettings(telegram), DATA_DIR: dataDir }, TUNING);
    await placeDesk(dataDir, { channel: 'telegram', chatId: String(GROUP_CHAT.id) }, '企业服务科');
    telegram.push(messageUpdate(1, UNKNOWN, { date: nowS() }));
    await telegram.waitForSent(1);
    telegram.push(messageUpdate(2, '转人工', { date: nowS() }));
    await telegram.waitForSent(3);
    const card = telegram.sent.find(({ chat_id }) => chat_id === GROUP_CHAT.id)!;
    const data = card.reply_markup!.inline_keyboard.flat();
    const inGroup = {
      message: { chat: GROUP_CHAT, message_id: card.message_id, date: nowS() } as never,
      from: { id: 77, is_bot: false, first_name: '周' },
    };
    telegram.push(callbackUpdate(3, data.find(({ text }) => text === '我来答')!.callback_data, inGroup));
    await telegram.until(() => telegram.edited.length === 1);
    expect(telegram.edited[0]).toMatchObject({ message_id: card.message_id });
    expect(telegram.edited[0]!.text).toContain('处理中');

    const reply = { chat: GROUP_CHAT, from: { id: 77, is_bot: false, first_name: '周' }, date: nowS() };
    telegram.push(messageUpdate(4, '带身份证办理。', { ...reply, reply_to_message: { message_id: card.message_id, from: ME } as never }));
    await telegram.until(() => telegram.sent.some(({ text }) => text.startsWith('工作人员答复\n')));
    const answer = telegram.sent.find(({ text }) => text.startsWith('工作人员答复\n'))!;
    expect(answer).toMatchObject({ chat_id: 42 });
    expect(answer.text).toContain('带身份证办理。');
    await telegram.until(() => telegram.edited.some(({ text }) => text.includes('已答复')));
  });
});

const ticketId = (dataDir: string): Promise<string> =>
  lookInto(dataDir, async ({ tickets }) => (await tickets.tickets({ limit: 1 }))[0]!.id);

async function until(isMet: () => Promise<boolean>): Promise<void> {
  while (!(await isMet())) await new Promise((resolve) => setTimeout(resolve, 20));
}
