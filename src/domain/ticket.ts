import type { Category } from './categories.ts';
import type { Address, ChannelName } from './message.ts';

/** What staff do with a ticket (claim 我来答, release 放回, transfer 转派, ignore 忽略), and what its asker may (withdraw 撤回). */
export const TICKET_STEPS = ['claim', 'release', 'transfer', 'ignore', 'withdraw'] as const;
export type TicketStep = (typeof TICKET_STEPS)[number];

/** `open`: nobody has it yet. `claimed`: one person has. The others are its ends. */
export const TICKET_STATES = ['open', 'claimed', 'answered', 'ignored', 'withdrawn'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Why it came to staff: asked for, a refusal the asker insisted on, or an answer that did not help. */
export type TicketReason = 'asked' | 'insisted' | 'not-helpful';

/** One of the staff: in a chat, in the console, or in both (`userId` known). */
export interface StaffMember {
  readonly userId: string | null;
  readonly name: string;
  readonly channel: ChannelName | null;
  readonly senderId: string | null;
}

/** A question handed to staff (工单). */
export interface Ticket {
  /** `[A-Za-z0-9_-]{1,40}`. */
  readonly id: string;
  /** What people call it: 12. */
  readonly number: number;
  readonly state: TicketState;
  readonly reason: TicketReason;
  readonly deskId: string;
  readonly category: Category | null;
  /** As asked; kept as long as the retention of tickets says, then empty. */
  readonly question: string;
  /** What the asker added while it was waiting. */
  readonly additions: readonly string[];
  /** What was asked and answered before, the oldest first. */
  readonly before: readonly { readonly question: string; readonly reply: string }[];
  /** What the library had: sources in words, the likeliest first. */
  readonly found: readonly string[];
  readonly turnId: string | null;
  /** Pseudonym of the asker. */
  readonly asker: string;
  readonly contextKey: string;
  /** Where the answer goes. */
  readonly channel: ChannelName;
  readonly address: Address;
  readonly assignee: StaffMember | null;
  readonly createdAtMs: number;
  readonly claimedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly answer: string | null;
  /** 部门, as the asker is told. */
  readonly answeredFor: string | null;
  /** The FAQ draft made from the answer; null: none yet, or none to be made. */
  readonly draftTextId: string | null;
  /** Reminders sent since it was opened or claimed. */
  readonly reminders: number;
  readonly isEscalated: boolean;
  /** When staff are next reminded or it is escalated; null: never. */
  readonly nextStepAtMs: number | null;
  /** Counts up with each change. */
  readonly version: number;
}

export const TICKET_EVENTS = [
  'opened',
  'added',
  'claimed',
  'released',
  'transferred',
  'reminded',
  'escalated',
  'answered',
  'ignored',
  'withdrawn',
  'drafted',
  'erased',
] as const;

/** A line of a ticket's history. */
export interface TicketEvent {
  readonly atMs: number;
  readonly kind: (typeof TICKET_EVENTS)[number];
  /** Who: a name, 提问人, or 系统. */
  readonly by: string;
  readonly userId: string | null;
  readonly detail: string | null;
}

/** A ticket as it shall be. Takes effect together with what is sent about it, or not at all. */
export interface TicketChange {
  readonly ticket: Ticket;
  /** The version it was read at; null: it is new. */
  readonly expects: number | null;
  readonly event: TicketEvent;
}

export const isTicketOver = ({ state }: Pick<Ticket, 'state'>): boolean => state !== 'open' && state !== 'claimed';

/** What a message to or about a ticket is `about`. @example ticketTopic('t1') // → "ticket:t1" */
export const ticketTopic = (ticketId: string): string => `ticket:${ticketId}`;

/** How the one who asked is called in a ticket's history. */
export const THE_ASKER = { name: '提问人', userId: null };
