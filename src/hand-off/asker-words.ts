import type { Desk } from '../domain/desk.ts';
import type { ButtonRow, ReplyMessage } from '../domain/message.ts';
import type { Ticket } from '../domain/ticket.ts';

/** What askers read of their question on its way. */

const QUOTED = 60;
const quoted = (text: string): string => (text.length <= QUOTED ? text : `${text.slice(0, QUOTED).toWellFormed()}…`);

const plain = (title: string, lines: readonly string[], buttons: readonly ButtonRow[] = []): ReplyMessage => ({
  title,
  tone: 'plain',
  blocks: lines.map((text) => ({ kind: 'paragraph', text })),
  buttons,
});

const withdraw = ({ id }: Ticket): ButtonRow[] => [[{ label: '撤回', action: { kind: 'ticket', step: 'withdraw', ticketId: id } }]];

/** @param isThere whether it is business hours */
export function handedOver(ticket: Ticket, desk: Desk, isThere: boolean): ReplyMessage {
  const where = ticket.reason === 'not-helpful' ? '这条答复没有帮到您，已请' : '您的问题已转给';
  const after = ticket.reason === 'not-helpful' ? '核实' : '';
  return plain(
    '已转人工',
    [
      `${where}“${desk.name}”${after}，编号 #${ticket.number}。工作人员答复后会发到这里，请留意消息。`,
      ...(isThere || desk.outOfHoursText === '' ? [] : [desk.outOfHoursText]),
    ],
    withdraw(ticket),
  );
}

export const askerSays = {
  waiting: (ticket: Ticket): ReplyMessage =>
    plain('已在等候', [`您的问题（#${ticket.number}）已转给工作人员，请稍候，有答复会发到这里。`], withdraw(ticket)),
  added: (ticket: Ticket): ReplyMessage => plain('已补充', [`已把您补充的内容加到 #${ticket.number}，工作人员会一并看到。`]),
  withdrawn: (ticket: Ticket): ReplyMessage => plain('已撤回', [`#${ticket.number} 已撤回。需要时可以随时再转人工。`]),
  notYours: (): ReplyMessage => plain('不能撤回', ['只有提问人本人可以撤回。']),
  over: (ticket: Ticket): ReplyMessage => plain('已经结束', [`#${ticket.number} 已经处理完毕，无需撤回。`]),
};

/** 工作人员答复. */
export const answerOfStaff = (ticket: Ticket, text: string, isSupplement: boolean): ReplyMessage => ({
  title: isSupplement ? '工作人员补充答复' : '工作人员答复',
  tone: 'answer',
  blocks: [
    { kind: 'note', text: `您的问题：${quoted(ticket.question)}` },
    { kind: 'paragraph', text },
    { kind: 'note', text: `答复部门：${ticket.answeredFor ?? '工作人员'} · 编号 #${ticket.number}` },
  ],
  buttons: [],
});

/** @param note in the words of staff; empty: the usual ones */
export const setAside = (ticket: Ticket, note: string, contact: string): ReplyMessage => ({
  title: '工作人员回复',
  tone: 'refusal',
  blocks: [
    { kind: 'note', text: `您的问题：${quoted(ticket.question)}` },
    {
      kind: 'paragraph',
      text: note === '' ? `抱歉，这个问题不在我们的受理范围内，暂时不能答复。您可以联系：${contact}` : note,
    },
  ],
  buttons: [],
});
