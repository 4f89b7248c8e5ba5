import type { Signals } from './confidence.ts';
import type { FeatureVector } from './features.ts';

/*
 * Fitted on 2026-11-23 by
 *   npx wence fit knowledge/questions.jsonl
 * over 6859 questions: the library's alternate questions, each asked while a fifth of them was left out, and the written development
 * questions. 59.1 % of the in-scope ones had the right section first. test/fixtures/questions-holdout.jsonl took no part.
 */

/** Weights of the ranking features. */
export const RANKING_WEIGHTS: FeatureVector = {
  text: 5.8,
  document: 4.93,
  distinctive: 1.48,
  window: 0,
  answer: 1,
  asked: 5.41,
  textConcepts: 0.58,
  askedConcepts: 1.23,
  bestQuestion: 0.18,
  nextQuestions: 6.13,
  topic: 7.39,
  topicConcepts: 0.8,
  coverage: 0,
};

/** Weights of the signals of confidence. */
export const CONFIDENCE_WEIGHTS: Signals & { readonly bias: number } = {
  bias: -2.79,
  score: 0,
  margin: 0.85,
  unknown: -0.18,
  keyCoverage: 0.3,
  text: 0.46,
  document: 0,
  distinctive: 0,
  window: 0,
  answer: 0,
  asked: 0,
  textConcepts: 1.3,
  askedConcepts: 0,
  bestQuestion: 0,
  nextQuestions: 0,
  topic: 0,
  topicConcepts: 0,
  coverage: 1.65,
};

/**
 * At or above: answer. Below, down to `REFUSE_BELOW`: ask which was meant, showing the nearest text. Below that: say it is not in the library.
 * Set on the same run: the first so that hardly an out-of-scope development question is answered outright, the second so that at most three of
 * a hundred real ones are turned away.
 */
export const ANSWER_FROM = 0.44;
export const REFUSE_BELOW = 0.14;
