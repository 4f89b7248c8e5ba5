import type { Handled, Turn } from '../domain/turn.ts';

/** What is remembered of conversations. Declared here, implemented in storage. */
export interface ConversationStore {
  /** The latest turn of one person in one chat, or null. */
  lastTurn(contextKey: string): Promise<Turn | null>;
  /** Remembers what a handled message led to. Called in the same transaction that queues its replies, where there is one. */
  save(handled: Pick<Handled, 'turn' | 'feedback'>): Promise<void>;
}
