import type { Answer, SectionRef } from './answer.ts';

/** A named quantity, how much it weighs, and what it adds to the sum it is part of. */
export interface Contribution {
  readonly name: string;
  readonly value: number;
  readonly weight: number;
  readonly adds: number;
}

/** A section that was considered. */
export interface ExplainedCandidate {
  readonly section: SectionRef;
  readonly score: number;
  /** What the score is the sum of, the largest first; zeros left out. */
  readonly features: readonly Contribution[];
  /** Terms of the question found in its fields and what each added to its retrieval, the largest first. */
  readonly matches: readonly { readonly field: string; readonly term: string; readonly score: number }[];
  /** Its sentences in reading order; `isQuoted` for those an answer from this section stands on. */
  readonly sentences: readonly { readonly text: string; readonly score: number; readonly isQuoted: boolean }[];
}

/** How a question was understood and why it was answered as it was. */
export interface Explanation {
  readonly question: string;
  /** What the message was taken for: a question, a list of what there is, or small talk. */
  readonly intent: string;
  readonly outcome: Answer['outcome'] | 'notice';
  /** In one sentence, in Chinese. */
  readonly why: string;
  readonly understanding: {
    /** What was searched: without chat noise, with misspellings put right and letters read. */
    readonly text: string;
    readonly readAs: string | null;
    readonly corrections: readonly { readonly from: string; readonly to: string }[];
    readonly isFollowUp: boolean;
    /** Kinds of value asked for: number, time, name, how. */
    readonly asksFor: readonly string[];
  };
  readonly tokens: { readonly words: readonly string[]; readonly bigrams: readonly string[] };
  /** Phrases that stand for something the texts call otherwise. */
  readonly expansions: readonly { readonly phrase: string; readonly official: readonly string[]; readonly isAmbiguous: boolean }[];
  readonly keyTerms: readonly { readonly term: string; readonly weight: number; readonly isKnown: boolean }[];
  /** 0 to 1, and what it was worked out from. */
  readonly confidence: number;
  readonly signals: readonly Contribution[];
  /** At or above `answerFrom` a question is answered, below `refuseBelow` refused, between them asked back. */
  readonly thresholds: { readonly answerFrom: number; readonly refuseBelow: number };
  /** The best few, best first. */
  readonly candidates: readonly ExplainedCandidate[];
}
