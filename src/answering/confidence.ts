import { FEATURES, type Feature } from './features.ts';
import { type KeyTerm, keyCoverage } from './key-terms.ts';
import type { Corpus } from './corpus.ts';
import type { Candidate } from './retrieve.ts';
import { CONFIDENCE_WEIGHTS } from './weights.ts';

/** What tells a real answer from a coincidence: the features of the first candidate, and what stands around it. Each from 0 to about 1. */
export const SIGNALS = ['score', 'margin', 'unknown', 'keyCoverage', ...FEATURES] as const;
export type Signals = Readonly<Record<(typeof SIGNALS)[number], number>>;

/** @param candidates ranked, best first. */
export function signals(candidates: readonly Candidate[], terms: readonly KeyTerm[], corpus: Corpus): Signals {
  const [first, second] = candidates;
  const weight = terms.reduce((total, term) => total + term.weight, 0);
  const unknown = terms.reduce((total, term) => total + (term.isKnown ? 0 : term.weight), 0);
  const features = Object.fromEntries(FEATURES.map((feature) => [feature, first?.features[feature] ?? 0])) as Record<Feature, number>;
  return {
    ...features,
    score: (first?.score ?? 0) / 10,
    margin: first ? (first.score - (second?.score ?? 0)) / (first.score || 1) : 0,
    unknown: weight > 0 ? unknown / weight : 0,
    keyCoverage: first ? keyCoverage(terms, first.section, corpus) : 0,
  };
}

/** How likely the first candidate answers the question, 0 to 1: a logistic function of the signals. */
export function confidence(values: Signals): number {
  const sum = SIGNALS.reduce((total, signal) => total + CONFIDENCE_WEIGHTS[signal] * values[signal], CONFIDENCE_WEIGHTS.bias);
  return 1 / (1 + Math.exp(-sum));
}
