import type { Answer } from './answer.ts';
import type { ChannelName, ReplyMessage } from './message.ts';

/** One exchange, as remembered: what was asked, and what was answered. */
export interface Turn {
  /** `[A-Za-z0-9_-]{1,40}`; the feedback buttons of the reply carry it. */
  readonly id: string;
  readonly channel: ChannelName;
  /** Whose conversation: one person in one chat or thread. Follow-ups look back along it. */
  readonly contextKey: string;
  readonly question: string;
  /** Null when the reply needed no answering (greeting, help, full text, feedback). */
  readonly answer: Answer | null;
  readonly atMs: number;
}

/** What handling one message leads to: replies to send and, when something was said, a turn to remember. */
export interface Handled {
  readonly replies: readonly ReplyMessage[];
  readonly turn: Turn | null;
  readonly feedback: { readonly turnId: string; readonly vote: 'up' | 'down'; readonly senderId: string } | null;
}
