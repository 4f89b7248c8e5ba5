import type { Signals } from './confidence.ts';
import type { FeatureVector } from './features.ts';

/*
 * Fitted on 2026-11-23 by
 *   npx wence fit test/fixtures/questions.jsonl test/fixtures/out-of-scope.jsonl
 * over 6035 questions: the library's alternate questions, each asked while a fifth of them was left out, and the written development
 * questions. 64.4 % of the in-scope ones had the right section first. test/fixtures/questions-holdout.jsonl took no part.
 */

/** Weights of the ranking features. */
export const RANKING_WEIGHTS: FeatureVector = {
  titleWords: 0.86,
  titleBigrams: 0.53,
  textWords: 1.18,
  textBigrams: 0.72,
  textConcepts: 1.15,
  tagWords: 1.16,
  askedWords: 1.24,
  askedBigrams: 3.41,
  askedConcepts: 1.24,
  bestQuestion: 0.27,
  nextQuestions: 4.41,
  topicWords: 1.49,
  topicBigrams: 2.95,
  topicConcepts: 0.51,
  topicCharacters: 6.16,
  bestSentence: 2.27,
  phrase: 0.89,
  coverage: 1.31,
};

/** Weights of the signals of confidence. */
export const CONFIDENCE_WEIGHTS: Signals & { readonly bias: number } = {
  bias: -2.61,
  score: 0,
  margin: 0.82,
  unknown: 0,
  keyCoverage: 0.38,
  titleWords: 1.39,
  titleBigrams: 0.71,
  textWords: 0.21,
  textBigrams: 0,
  textConcepts: 1.31,
  tagWords: 0,
  askedWords: 0,
  askedBigrams: 0,
  askedConcepts: 0,
  bestQuestion: 0,
  nextQuestions: 0,
  topicWords: 0,
  topicBigrams: 0,
  topicConcepts: 0,
  topicCharacters: 0.67,
  bestSentence: 0,
  phrase: 0,
  coverage: 1.06,
};

/**
 * At or above: answer. Below, down to `REFUSE_BELOW`: ask which was meant, showing the nearest text. Below that: say it is not in the library.
 * Set on the same run: the first so that hardly an out-of-scope development question is answered outright, the second so that at most three of
 * a hundred real ones are turned away.
 */
export const ANSWER_FROM = 0.45;
export const REFUSE_BELOW = 0.18;
