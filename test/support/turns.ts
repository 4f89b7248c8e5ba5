import type { Feedback } from '../../src/domain/feedback.ts';
import type { Ticket, TicketChange, TicketEvent } from '../../src/domain/ticket.ts';
import type { Turn } from '../../src/domain/turn.ts';

/** Noon of some day. */
const AT_MS = 1_700_000_000_000;

/** A question that was asked and needed no answer, unless told otherwise; `day` is that of `atMs` in UTC. */
export function turnOf(part: Partial<Turn> = {}): Turn {
  const atMs = part.atMs ?? AT_MS;
  return {
    id: 'turn-1',
    channel: 'telegram',
    contextKey: 'context-1',
    asker: 'asker-1',
    question: '补贴多少',
    answer: null,
    via: 'asked',
    category: null,
    awaits: null,
    atMs,
    day: dayOf(atMs),
    tookMs: 12,
    ...part,
  };
}

/** The ISO date of a time, in UTC. */
export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** A vote that an answer helped. */
export const feedbackOf = (part: Partial<Feedback> = {}): Feedback => ({
  turnId: 'turn-1',
  asker: 'asker-1',
  vote: 'up',
  reason: null,
  ...part,
});

/** A ticket nobody has taken yet. */
export const ticketOf = (part: Partial<Ticket> = {}): Ticket => ({
  id: 'ticket-1',
  number: 1,
  state: 'open',
  reason: 'asked',
  deskId: 'talent',
  category: 'talent',
  question: '博士补贴什么时候到账？',
  additions: [],
  before: [],
  found: [],
  turnId: null,
  asker: 'asker-1',
  contextKey: 'context-1',
  channel: 'telegram',
  address: { chatId: 'asker-chat', chatKind: 'private', threadId: null, replyTo: 'asked' },
  assignee: null,
  createdAtMs: AT_MS,
  claimedAtMs: null,
  endedAtMs: null,
  answer: null,
  answeredFor: null,
  draftTextId: null,
  reminders: 0,
  isEscalated: false,
  nextStepAtMs: null,
  version: 1,
  ...part,
});

/** A line of a ticket's history. */
export const ticketEvent = (kind: TicketEvent['kind'] = 'opened', part: Partial<TicketEvent> = {}): TicketEvent => ({
  atMs: AT_MS,
  kind,
  by: '提问人',
  userId: null,
  detail: null,
  ...part,
});

/** A new ticket. */
export const newTicket = (part: Partial<Ticket> = {}): TicketChange => ({ ticket: ticketOf(part), expects: null, event: ticketEvent() });

/** The next version of a ticket. */
export const nextVersion = (ticket: Ticket, part: Partial<Ticket>, event: TicketEvent = ticketEvent('claimed')): TicketChange => ({
  ticket: { ...ticket, ...part, version: ticket.version + 1 },
  expects: ticket.version,
  event,
});
