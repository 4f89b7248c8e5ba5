import type { Answer } from '../domain/answer.ts';
import type { Category } from '../domain/categories.ts';
import type { Incoming } from '../domain/message.ts';
import type { TicketReason } from '../domain/ticket.ts';
import type { Handled, Turn } from '../domain/turn.ts';

/** A question as it is handed over. */
export interface ToHandOver {
  readonly message: Incoming;
  readonly asker: string;
  readonly contextKey: string;
  readonly question: string;
  readonly reason: TicketReason;
  /** What it was answered before; null: nothing was. */
  readonly turn: Turn | null;
  readonly category: Category | null;
}

/** The way to a person and back, as far as messages have to do with it. Declared here, implemented in hand-off. */
export interface ChatHandOff {
  /** What is said to somebody who asks for a person; null: there is no desk to hand the question to. */
  open(given: ToHandOver): Promise<Handled | null>;
  /** What a message from a staff chat does there (a reply to a card, a press of its buttons), or an asker's withdrawal; null: it is none of that. */
  take(message: Incoming, asker: string): Promise<Handled | null>;
  /** Whether somebody who was not helped says so, or asks the same again. */
  insists(text: string, previous: Turn): boolean;
  /** Passes on what an asker adds to a question that waits for a person; null: there is none, or the message is about something else. */
  add(message: Incoming, contextKey: string, text: string, answer: Answer | null): Promise<Handled | null>;
}
