import type { KeyTerm } from './key-terms.ts';
import type { Candidate } from './retrieve.ts';

/** What tells a real answer from a coincidence; each from 0 to about 1. */
export const SIGNALS = ['score', 'margin', 'bestQuestion', 'coverage', 'bestSentence', 'unknown'] as const;
export type Signals = Readonly<Record<(typeof SIGNALS)[number], number>>;

/** @param candidates ranked, best first. */
export function signals(candidates: readonly Candidate[], terms: readonly KeyTerm[]): Signals {
  const [first, second] = candidates;
  const weight = terms.reduce((total, term) => total + term.weight, 0);
  const unknown = terms.reduce((total, term) => total + (term.isKnown ? 0 : term.weight), 0);
  if (!first) return { score: 0, margin: 0, bestQuestion: 0, coverage: 0, bestSentence: 0, unknown: weight > 0 ? unknown / weight : 0 };
  return {
    score: first.score / 10,
    margin: second ? (first.score - second.score) / (first.score || 1) : 1,
    bestQuestion: first.features.bestQuestion,
    coverage: first.features.coverage,
    bestSentence: first.features.bestSentence,
    unknown: weight > 0 ? unknown / weight : 0,
  };
}

/** Logistic weights. Initial values; see `npm run fit`. */
export const CONFIDENCE_WEIGHTS: Signals & { readonly bias: number } = {
  bias: -3,
  score: 3,
  margin: 1,
  bestQuestion: 3,
  coverage: 3,
  bestSentence: 2,
  unknown: -3,
};

/** How likely the first candidate answers the question, 0 to 1. */
export function confidence(values: Signals, weights = CONFIDENCE_WEIGHTS): number {
  const sum = SIGNALS.reduce((total, signal) => total + weights[signal] * values[signal], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}

/** At or above: answer. Below, down to `REFUSE_BELOW`: ask which was meant. Below that: say it is not in the library. */
export const ANSWER_FROM = 0.5;
export const REFUSE_BELOW = 0.25;
