import { CATEGORIES } from '../domain/categories.ts';
import type { Desk } from '../domain/desk.ts';
import type { Block, Button, ButtonRow, ReplyMessage } from '../domain/message.ts';
import { isTicketOver, type Ticket, type TicketReason, type TicketStep } from '../domain/ticket.ts';

/** What staff read in their chat. */

const REASONS: Readonly<Record<TicketReason, string>> = {
  asked: '提问人要求转人工',
  insisted: '资料库里没有，提问人仍想知道',
  'not-helpful': '提问人反馈答复没有帮助',
};

const CHANNELS = { telegram: 'Telegram', feishu: '飞书', web: '网页', terminal: '终端' } as const;

/** Longest line of an earlier exchange. */
const BRIEF = 80;
const brief = (text: string): string => (text.length <= BRIEF ? text : `${text.slice(0, BRIEF).toWellFormed()}…`);

/** What a ticket is called. @example "工单 #12" */
export const nameOf = ({ number }: Pick<Ticket, 'number'>): string => `工单 #${number}`;

/** @example "11月23日 09:40" */
export function shownTime(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('month')}月${part('day')}日 ${part('hour')}:${part('minute')}`;
}

function stateText({ state, assignee }: Ticket): string {
  switch (state) {
    case 'open':
      return '待认领';
    case 'claimed':
      return `${assignee?.name ?? '工作人员'}处理中`;
    case 'answered':
      return `${assignee?.name ?? '工作人员'}已答复`;
    case 'ignored':
      return '已忽略';
    case 'withdrawn':
      return '提问人已撤回';
  }
}

const stepButton = (label: string, step: TicketStep, { id }: Ticket): Button => ({ label, action: { kind: 'ticket', step, ticketId: id } });

function buttonsOf(ticket: Ticket): ButtonRow[] {
  if (isTicketOver(ticket)) return [];
  const first = ticket.state === 'open' ? stepButton('我来答', 'claim', ticket) : stepButton('放回', 'release', ticket);
  return [[first, stepButton('转派', 'transfer', ticket), stepButton('忽略', 'ignore', ticket)]];
}

/** The card of a ticket, as it stands now. @param note a line of news above all: a reminder, an escalation */
export function staffCard(ticket: Ticket, timeZone: string, note: string | null = null): ReplyMessage {
  const { question, additions, before, found, answer } = ticket;
  const place = `${CHANNELS[ticket.channel]}${ticket.address.chatKind === 'group' ? '群聊' : '私聊'}`;
  const blocks: Block[] = [
    ...(note === null ? [] : [{ kind: 'paragraph' as const, text: note }]),
    { kind: 'paragraph', text: question },
    ...(additions.length === 0 ? [] : [{ kind: 'list' as const, title: '提问人补充', items: additions, numbered: false }]),
    {
      kind: 'facts',
      items: [
        { label: '状态', value: stateText(ticket) },
        { label: '原因', value: REASONS[ticket.reason] },
        { label: '来自', value: `${place} · ${shownTime(ticket.createdAtMs, timeZone)}` },
      ],
    },
    ...(found.length === 0 ? [] : [{ kind: 'list' as const, title: '资料库里最接近的', items: found, numbered: false }]),
    ...(before.length === 0
      ? []
      : [
          {
            kind: 'list' as const,
            title: '此前的对话',
            items: before.map(({ question: asked, reply }) => `问：${brief(asked)}　答：${brief(reply)}`),
            numbered: false,
          },
        ]),
    ...(answer === null ? [] : [{ kind: 'list' as const, title: '答复', items: [answer], numbered: false }]),
    ...(isTicketOver(ticket) ? [] : [{ kind: 'note' as const, text: HOW_TO_ANSWER }]),
  ];
  const topic = ticket.category === null ? '' : ` · ${CATEGORIES[ticket.category]}`;
  return { title: `${nameOf(ticket)}${topic}`, tone: isTicketOver(ticket) ? 'plain' : 'question', blocks, buttons: buttonsOf(ticket) };
}

const HOW_TO_ANSWER = '回复这条消息即可答复提问人（飞书群里请同时 @我）。没有按钮时，可回复“我来答”“放回”“转派”或“忽略”。';

const said = (ticket: Ticket, text: string, buttons: readonly ButtonRow[] = []): ReplyMessage => ({
  title: nameOf(ticket),
  tone: 'plain',
  blocks: [{ kind: 'paragraph', text }],
  buttons,
});

/** Which desk a ticket should go to instead. */
export const transferMenu = (ticket: Ticket, desks: readonly Desk[]): ReplyMessage =>
  said(
    ticket,
    desks.length === 0 ? '还没有设置其他工作群，无法转派。' : '转给哪个部门？',
    desks.map(({ id, name }) => [{ label: name, action: { kind: 'transfer', ticketId: ticket.id, deskId: id } }]),
  );

export const staffSays = {
  taken: (ticket: Ticket): ReplyMessage =>
    said(ticket, `已由${ticket.assignee?.name ?? '同事'}认领，正在处理。需要接手的话，请对方先点“放回”。`),
  over: (ticket: Ticket): ReplyMessage => said(ticket, `这个问题已经结束（${stateText(ticket)}），无需再处理。`),
  elsewhere: (ticket: Ticket, desk: string): ReplyMessage => said(ticket, `这个问题已转给“${desk}”。`),
  claimed: (ticket: Ticket): ReplyMessage => said(ticket, `${ticket.assignee?.name ?? '您'}已认领。请直接回复这条消息，内容会发给提问人。`),
  answered: (ticket: Ticket): ReplyMessage => said(ticket, '答复已发给提问人。系统会整理成一份问答草稿，审核通过后自动回答同样的问题。'),
  supplemented: (ticket: Ticket): ReplyMessage => said(ticket, '补充的答复已发给提问人。'),
  added: (ticket: Ticket, text: string): ReplyMessage => said(ticket, `提问人补充：${text}`),
  reminder: (ticket: Ticket, waited: string): ReplyMessage =>
    said(
      ticket,
      ticket.state === 'open' ? `提醒：已等待${waited}，还没有人认领。` : `提醒：${stateText(ticket)}，已等待${waited}，请尽快答复。`,
    ),
  withdrawn: (ticket: Ticket): ReplyMessage => said(ticket, '提问人已撤回，无需再处理。'),
};

/** @example shownWait(135 * 60_000) // → "2小时15分钟" */
export function shownWait(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes}分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)}天`;
  return minutes % 60 === 0 ? `${hours}小时` : `${hours}小时${minutes % 60}分钟`;
}
