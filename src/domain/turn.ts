import type { Answer } from './answer.ts';
import type { Category } from './categories.ts';
import type { Feedback } from './feedback.ts';
import type { ChannelName, Notice, ReplyMessage } from './message.ts';
import type { TicketChange } from './ticket.ts';

/** One exchange, as remembered: what was asked, and what was answered. */
export interface Turn {
  /** `[A-Za-z0-9_-]{1,40}`; the feedback buttons of the reply carry it. */
  readonly id: string;
  readonly channel: ChannelName;
  /** Whose conversation: one person in one chat or thread, as a pseudonym. Follow-ups look back along it. */
  readonly contextKey: string;
  /** Pseudonym of the person, the same in every chat of a channel. */
  readonly asker: string;
  readonly question: string;
  /** Null when the reply needed no answering. */
  readonly answer: Answer | null;
  /** `chosen`: picked among the readings of an earlier question, which is then the `question`. `browsed`: a list, a topic, a related section that was pressed. */
  readonly via: 'asked' | 'chosen' | 'browsed';
  /** What it is about: that of the section quoted, or of the nearest. */
  readonly category: Category | null;
  /** What the next message is expected to be; null: anything. */
  readonly awaits: 'question-for-staff' | null;
  readonly atMs: number;
  /** ISO date in the house's time zone. */
  readonly day: string;
  /** How long the answering took. */
  readonly tookMs: number;
}

/** What handling one message leads to. Takes effect as a whole: replies and notices leave only when turn, vote and tickets are saved. */
export interface Handled {
  readonly replies: readonly ReplyMessage[];
  readonly turn: Turn | null;
  readonly feedback: Feedback | null;
  /** Left out: none. When one of them has changed meanwhile, nothing takes effect and the message is handled again. */
  readonly tickets?: readonly TicketChange[];
  /** Messages to other places. Left out: none. */
  readonly notices?: readonly Notice[];
  /** What the replies are about, see `OutgoingReply`. */
  readonly about?: string;
}

/** The part of it that is remembered. */
export type Remembered = Pick<Handled, 'turn' | 'feedback' | 'tickets'>;
