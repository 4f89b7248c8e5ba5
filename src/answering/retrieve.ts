import type { QueryTerm } from '../search/inverted-index.ts';
import type { Corpus } from './corpus.ts';
import type { SectionField } from './indexes.ts';
import { createFeatureExtractor, createPhraseMeasure, FEATURES, type FeatureVector } from './features.ts';
import { type Query, queryMass, questionTerms } from './query.ts';
import { RANKING_WEIGHTS } from './weights.ts';

/** A section that may answer, with what speaks for it. */
export interface Candidate {
  /** Number of the section. */
  readonly section: number;
  readonly score: number;
  readonly features: FeatureVector;
  /** Likeness of alternate questions bound to sentences of this section: sentence → best likeness. */
  readonly askedSentences: ReadonlyMap<number, number>;
}

const SECTION_CANDIDATES = 50;
const QUESTION_CANDIDATES = 120;
/** Candidates whose texts are read for the longest phrase in common. */
const READ_CANDIDATES = 12;

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
export function scoreOf(features: FeatureVector, weights: FeatureVector = RANKING_WEIGHTS): number {
  let score = 0;
  for (const feature of FEATURES) score += weights[feature] * features[feature];
  return score;
}

/** Terms under which sections are looked for. */
export const sectionTerms = (query: Query): QueryTerm[] =>
  SEARCHED.flatMap(([field, kind, share]) => [...query[kind]].map(([term, weight]) => ({ field, term, weight: weight * share })));

const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || a.section - b.section;

/** Finds candidate sections by their fields and by the questions they are known to answer, and ranks them, best first. */
export function retrieve(query: Query, corpus: Corpus, weights: FeatureVector = RANKING_WEIGHTS): Candidate[] {
  const sections = new Set<number>();
  for (const hit of corpus.sectionIndex.search(sectionTerms(query), SECTION_CANDIDATES)) sections.add(hit.document);

  const mass = queryMass(query, corpus);
  const likeness = new Map<number, number[]>();
  const askedSentences = new Map<number, Map<number, number>>();
  for (const hit of corpus.questionIndex.search(questionTerms(query), QUESTION_CANDIDATES)) {
    const { section, sentence } = corpus.questions[hit.document]!;
    const alike = hit.score / Math.sqrt(mass * corpus.questionMasses[hit.document]! || 1);
    sections.add(section);
    const known = likeness.get(section);
    if (known) known.push(alike);
    else likeness.set(section, [alike]);
    if (sentence === null) continue;
    const sentences = askedSentences.get(section) ?? new Map<number, number>();
    sentences.set(sentence, Math.max(sentences.get(sentence) ?? 0, alike));
    askedSentences.set(section, sentences);
  }
  for (const list of likeness.values()) list.sort((a, b) => b - a);

  const featuresOf = createFeatureExtractor(query, corpus, likeness);
  const candidates = Array.from(sections, (section): Candidate => {
    const features = featuresOf(section);
    return { section, score: scoreOf(features, weights), features, askedSentences: askedSentences.get(section) ?? new Map() };
  }).sort(byScore);
  const phraseOf = createPhraseMeasure(query, corpus);
  const read = candidates.slice(0, READ_CANDIDATES).map((candidate): Candidate => {
    const features = { ...candidate.features, phrase: phraseOf(candidate.section) };
    return { ...candidate, features, score: scoreOf(features, weights) };
  });
  return [...read.sort(byScore), ...candidates.slice(READ_CANDIDATES)];
}
