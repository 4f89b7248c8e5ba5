import type { Corpus } from './corpus.ts';

/** What is answered from on a day. */
export interface AnsweringState {
  /** What is in force: the only texts that are quoted as answers. */
  readonly corpus: Corpus;
  /** What is not in force yet or any more; null: nothing. */
  readonly lapsed: Corpus | null;
  /** ISO date. */
  readonly today: string;
}

/** A library all of which is in force. */
export const allInForce = (corpus: Corpus): AnsweringState => ({ corpus, lapsed: null, today: '' });
