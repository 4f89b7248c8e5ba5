import type { Desk } from '../domain/desk.ts';
import type { ChannelName, Incoming, Notice, OutgoingReply, ReplyMessage } from '../domain/message.ts';
import { type StaffMember, type Ticket, ticketTopic } from '../domain/ticket.ts';
import { afterBusinessMinutes } from './hours.ts';
import { staffCard } from './staff-cards.ts';
import type { TicketStore } from './store.ts';

/** What the hand-off needs from the house. */
export interface HandOffOptions {
  readonly store: TicketStore;
  /** The staff chats, as they are set up now. */
  readonly desks: () => Promise<readonly Desk[]>;
  /** Who a chat user is in the console; null: nobody there, but in a staff chat staff all the same. */
  readonly memberOf: (channel: ChannelName, senderId: string) => Promise<{ readonly userId: string; readonly displayName: string } | null>;
  /** Rows for the outbox. */
  readonly outgoing: (notices: readonly Notice[]) => readonly OutgoingReply[];
  /** How else to reach a person. */
  readonly contact: string;
  readonly timeZone: string;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A message into the chat of a desk. */
export const toDesk = (
  desk: Desk,
  ticket: Ticket,
  message: ReplyMessage,
  at: { readonly replyTo?: string | null; readonly edits?: string | null } = {},
): Notice => ({
  channel: desk.channel,
  address: { chatId: desk.chatId, chatKind: 'group', threadId: desk.threadId, replyTo: at.replyTo ?? null },
  message,
  about: ticketTopic(ticket.id),
  ...(at.edits === undefined || at.edits === null ? {} : { edits: at.edits }),
});

/** A message to the one who asked. */
export const toAsker = (ticket: Ticket, message: ReplyMessage): Notice => ({
  channel: ticket.channel,
  address: ticket.address,
  message,
  about: ticketTopic(ticket.id),
});

/**
 * The card of a ticket in a desk's chat, brought up to date; a new one when it cannot be found.
 * @param pressed platform id of the card, when one of its buttons was pressed
 */
export async function freshCard(
  ticket: Ticket,
  desk: Desk,
  { store, timeZone }: HandOffOptions,
  pressed: string | null = null,
): Promise<Notice> {
  const edits = pressed ?? (await store.cardOf(ticket.id, desk.channel, desk.chatId));
  return toDesk(desk, ticket, staffCard(ticket, timeZone), { edits });
}

export async function deskOf(ticket: Ticket, { desks }: HandOffOptions): Promise<Desk | null> {
  return (await desks()).find(({ id }) => id === ticket.deskId) ?? null;
}

/** Who of the staff wrote a message in their chat. */
export async function staffBehind({ channel, senderId }: Incoming, { memberOf }: HandOffOptions): Promise<StaffMember> {
  const member = await memberOf(channel, senderId);
  return { userId: member?.userId ?? null, name: member?.displayName ?? '工作人员', channel, senderId };
}

export const isSamePerson = (one: StaffMember | null, other: StaffMember): boolean =>
  one !== null &&
  ((one.userId !== null && one.userId === other.userId) ||
    (one.senderId !== null && one.channel === other.channel && one.senderId === other.senderId));

/** Reminders of one ticket: then people know. */
const MOST_REMINDERS = 6;

export const escalationMs = ({ createdAtMs }: Ticket, desk: Desk, timeZone: string): number =>
  afterBusinessMinutes(desk.hours, createdAtMs, desk.escalateAfterMinutes, timeZone);

/** When staff are next to hear of a ticket they have had since `sinceMs`; null: they have heard often enough. */
export function nextStep(ticket: Ticket, desk: Desk, sinceMs: number, timeZone: string): number | null {
  const reminderMs =
    ticket.reminders >= MOST_REMINDERS ? null : afterBusinessMinutes(desk.hours, sinceMs, desk.remindAfterMinutes, timeZone);
  const escalateMs = ticket.isEscalated ? null : Math.max(escalationMs(ticket, desk, timeZone), sinceMs);
  if (reminderMs === null) return escalateMs;
  return escalateMs === null ? reminderMs : Math.min(reminderMs, escalateMs);
}
