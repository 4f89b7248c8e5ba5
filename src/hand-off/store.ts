import type { ChannelName, OutgoingReply } from '../domain/message.ts';
import type { Ticket, TicketChange, TicketEvent, TicketState } from '../domain/ticket.ts';

export interface TicketFilter {
  readonly states?: readonly TicketState[];
  readonly deskId?: string;
  /** Only tickets with a lower number: for the next page. */
  readonly before?: number;
  readonly limit: number;
}

/** What is kept of tickets. Declared here, implemented in storage. */
export interface TicketStore {
  /** A number nobody has had. Numbers count up; one may be left out. */
  nextNumber(): Promise<number>;
  ticket(id: string): Promise<Ticket | null>;
  /** The highest number first. */
  tickets(filter: TicketFilter): Promise<readonly Ticket[]>;
  counts(): Promise<Readonly<Record<TicketState, number>>>;
  /** The oldest first. */
  history(id: string): Promise<readonly TicketEvent[]>;
  /** The latest open or claimed ticket of a conversation. */
  waitingIn(contextKey: string): Promise<Ticket | null>;
  /** The ticket a message of ours in a chat was about, by the platform's ids of the message; the first that is found. */
  ticketAbout(channel: ChannelName, chatId: string, platformMessageIds: readonly string[]): Promise<Ticket | null>;
  /** Platform id of the first message about a ticket in a chat: its card. Null before it is sent, and after it has been forgotten. */
  cardOf(ticketId: string, channel: ChannelName, chatId: string): Promise<string | null>;
  /** Open and claimed tickets whose next step is due, the longest due first. */
  due(nowMs: number, limit: number): Promise<readonly Ticket[]>;
  /** Answered tickets of which no draft was made, the oldest first. */
  undrafted(limit: number): Promise<readonly Ticket[]>;
  /**
   * Changes tickets and queues what is to be said about it, all or nothing.
   * @returns false when one of them has changed meanwhile: nothing was written; read it again
   */
  commit(changes: readonly TicketChange[], replies: readonly OutgoingReply[], nowMs: number): Promise<boolean>;
}
