import type { QueryTerm } from '../search/inverted-index.ts';
import type { Corpus } from './corpus.ts';
import type { SectionField } from './indexes.ts';
import { createFeatureExtractor, FEATURES, type FeatureVector } from './features.ts';
import { type Query, queryMass, questionTerms, topicTerms } from './query.ts';
import { RANKING_WEIGHTS } from './weights.ts';

/** A section that may answer, with what speaks for it. */
export interface Candidate {
  /** Index into the corpus's sections. */
  readonly section: number;
  readonly score: number;
  readonly features: FeatureVector;
  /** Likeness of alternate questions bound to sentences of this section: sentence → best likeness. */
  readonly askedSentences: ReadonlyMap<number, number>;
}

const SECTION_CANDIDATES = 30;
const QUESTION_CANDIDATES = 120;
const TOPIC_CANDIDATES = 60;

const SEARCHED: readonly (readonly [SectionField, 'words' | 'bigrams' | 'concepts', number])[] = [
  ['titleWords', 'words', 1],
  ['textWords', 'words', 1],
  ['textBigrams', 'bigrams', 0.7],
  ['textConcepts', 'concepts', 0.6],
  ['tagWords', 'words', 0.5],
  ['askedWords', 'words', 0.6],
  ['askedBigrams', 'bigrams', 0.4],
  ['askedConcepts', 'concepts', 0.3],
];

/** Score of a candidate: the weighted sum of its features. */
export const scoreOf = (features: FeatureVector, weights: FeatureVector = RANKING_WEIGHTS): number =>
  FEATURES.reduce((total, feature) => total + weights[feature] * features[feature], 0);

/** Finds candidate sections by their fields and by the questions they are known to answer, and ranks them, best first. */
export function retrieve(query: Query, corpus: Corpus, weights: FeatureVector = RANKING_WEIGHTS): Candidate[] {
  const sections = new Set<number>();
  const terms: QueryTerm[] = SEARCHED.flatMap(([field, kind, share]) =>
    [...query[kind]].map(([term, weight]) => ({ field, term, weight: weight * share })),
  );
  for (const hit of corpus.sectionIndex.search(terms, SECTION_CANDIDATES)) sections.add(hit.document);

  const mass = queryMass(query, corpus);
  const likeness = new Map<number, number[]>();
  const askedSentences = new Map<number, Map<number, number>>();
  for (const hit of corpus.questionIndex.search(questionTerms(query), QUESTION_CANDIDATES)) {
    const question = corpus.questions[hit.document]!;
    const alike = hit.score / Math.sqrt(mass * question.mass || 1);
    sections.add(question.section);
    likeness.set(question.section, [...(likeness.get(question.section) ?? []), alike]);
    if (question.sentence !== null) {
      const sentences = askedSentences.get(question.section) ?? new Map<number, number>();
      sentences.set(question.sentence, Math.max(sentences.get(question.sentence) ?? 0, alike));
      askedSentences.set(question.section, sentences);
    }
  }
  for (const list of likeness.values()) list.sort((a, b) => b - a);

  const bestTopics = new Map<number, number>();
  for (const { document } of corpus.topicIndex.search(topicTerms(query), TOPIC_CANDIDATES)) {
    const { section } = corpus.topics[document]!;
    sections.add(section);
    if (!bestTopics.has(section)) bestTopics.set(section, document);
  }

  const featuresOf = createFeatureExtractor(query, corpus, likeness, bestTopics);
  return [...sections]
    .map((section): Candidate => {
      const features = featuresOf(section);
      const score = scoreOf(features, weights);
      return { section, score, features, askedSentences: askedSentences.get(section) ?? new Map() };
    })
    .sort((a, b) => b.score - a.score || a.section - b.section);
}
