import type { FeatureVector } from './features.ts';

/** Weights of the ranking features. Initial values; see `npm run fit`. */
export const RANKING_WEIGHTS: FeatureVector = {
  titleWords: 1,
  titleBigrams: 1,
  textWords: 2,
  textBigrams: 2,
  textConcepts: 1,
  tagWords: 1,
  askedWords: 1,
  askedBigrams: 1,
  askedConcepts: 0.5,
  bestQuestion: 4,
  nextQuestions: 2,
  bestSentence: 2,
  phrase: 0.5,
  coverage: 1,
};
