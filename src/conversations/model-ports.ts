import type { Answer } from '../domain/answer.ts';

export type Answered = Extract<Answer, { outcome: 'answered' }>;

/**
 * What a language model may help with. Each gives null when it has nothing to offer, and should give up when its signal ends; the assistant waits no
 * longer than that in any case, and takes nothing on trust.
 */
export interface Rewriter {
  /** A question nothing was found for, in words a policy might use. */
  rewrite(question: string, signal: AbortSignal): Promise<string | null>;
}

export interface Wording {
  /** The quotes of an answer in short. Shown only when it is found to say nothing else. */
  word(question: string, answer: Answered, signal: AbortSignal): Promise<string | null>;
}

export interface Embedder {
  /** How near sections are to a question: cosine by section id, such as "2024-plan#16". */
  similarities(question: string, signal: AbortSignal): Promise<ReadonlyMap<string, number> | null>;
}

/** `taken`: shown to the asker; `not-better`: the rewritten question found no surer answer; `rejected`: the wording says more than the quotes; `none`: nothing came, or too late. */
export type ModelVerdict = 'taken' | 'not-better' | 'rejected' | 'none';

/** The models the assistant may turn to; null: not set up. */
export interface ModelHelp {
  readonly rewriter: Rewriter | null;
  readonly wording: Wording | null;
  readonly embedder: Embedder | null;
  /** Longest an answer is held up by rewriting and wording together, in milliseconds. */
  readonly timeoutMs: number;
  /** Longest it is held up by the embedding of its question. */
  readonly embeddingTimeoutMs: number;
  readonly onVerdict?: (use: 'rewrite' | 'wording', verdict: ModelVerdict) => void;
}
