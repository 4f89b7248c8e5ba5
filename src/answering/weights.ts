import type { Signals } from './confidence.ts';
import type { FeatureVector } from './features.ts';

/*
 * Fitted on 2026-11-23 by
 *   npx wence fit test/fixtures/questions.jsonl test/fixtures/out-of-scope.jsonl
 * over 6859 questions: the library's alternate questions, each asked while a fifth of them was left out, and the written development
 * questions. 59.5 % of the in-scope ones had the right section first. test/fixtures/questions-holdout.jsonl took no part.
 */

/** Weights of the ranking features. */
export const RANKING_WEIGHTS: FeatureVector = {
  text: 3,
  asked: 3,
  textConcepts: 0.8,
  askedConcepts: 0.8,
  bestQuestion: 0,
  nextQuestions: 4.5,
  topic: 5,
  topicConcepts: 0.6,
  coverage: 1,
  sentence: 2,
  phrase: 1,
};

/** Weights of the signals of confidence. */
export const CONFIDENCE_WEIGHTS: Signals & { readonly bias: number } = {
  bias: -2.67,
  score: 0,
  margin: 0.83,
  unknown: 0,
  keyCoverage: 0.37,
  text: 0.5,
  asked: 0,
  textConcepts: 1,
  askedConcepts: 0,
  bestQuestion: 0,
  nextQuestions: 0,
  topic: 0.5,
  topicConcepts: 0,
  sentence: 0,
  phrase: 0,
  coverage: 1.1,
};

/**
 * At or above: answer. Below, down to `REFUSE_BELOW`: ask which was meant, showing the nearest text. Below that: say it is not in the library.
 * Set on the same run: the first so that hardly an out-of-scope development question is answered outright, the second so that at most three of
 * a hundred real ones are turned away.
 */
export const ANSWER_FROM = 0.41;
export const REFUSE_BELOW = 0.16;
