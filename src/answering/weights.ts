import type { Signals } from './confidence.ts';
import type { FeatureVector } from './features.ts';

/** Weights of the ranking features. */
export const RANKING_WEIGHTS: FeatureVector = {
  titleWords: 0.67,
  titleBigrams: 0.36,
  textWords: 2.02,
  textBigrams: 1.13,
  textConcepts: 1.17,
  tagWords: 1.67,
  askedWords: 3.5,
  askedBigrams: 3.7,
  askedConcepts: 2.44,
  bestQuestion: 1.28,
  nextQuestions: 4.06,
  bestSentence: 3.35,
  phrase: 1.09,
  coverage: 2.33,
};

/** Weights of the signals of confidence. */
export const CONFIDENCE_WEIGHTS: Signals & { readonly bias: number } = {
  bias: -2.81,
  score: 0.69,
  margin: 1.07,
  unknown: -0.42,
  keyCoverage: 1.09,
  titleWords: 1.29,
  titleBigrams: 0,
  textWords: 2.49,
  textBigrams: 1,
  textConcepts: 1.51,
  tagWords: -1.44,
  askedWords: -1.07,
  askedBigrams: 0.6,
  askedConcepts: 0.03,
  bestQuestion: -1.72,
  nextQuestions: -0.21,
  bestSentence: 0.79,
  phrase: -1.47,
  coverage: 1.59,
};

/** At or above: answer. Below, down to `REFUSE_BELOW`: ask which was meant, showing the nearest text. Below that: say it is not in the library. */
export const ANSWER_FROM = 0.42;
export const REFUSE_BELOW = 0.12;
