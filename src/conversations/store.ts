import type { OutgoingReply } from '../domain/message.ts';
import type { Remembered, Turn } from '../domain/turn.ts';

/** What is remembered of conversations. Declared here, implemented in storage. */
export interface ConversationStore {
  /** The latest turn of one person in one chat, or null. */
  lastTurn(contextKey: string): Promise<Turn | null>;
  /** Null when there is no such turn, or its words have been erased. */
  turn(id: string): Promise<Turn | null>;
  /** The vote of a person on an answer; null when there is none. */
  voteOf(turnId: string, asker: string): Promise<'up' | 'down' | null>;
  /**
   * Remembers what a handled message led to and queues what goes to other places, all or nothing; of messages from the inbox, `complete` does it.
   * @throws {AppError} `STALE` when one of its tickets has changed meanwhile: nothing was written, handle the message again
   */
  save(remembered: Remembered, notices?: readonly OutgoingReply[]): Promise<void>;
}
