import type { QueryTerm } from '../search/inverted-index.ts';
import type { Corpus } from './corpus.ts';
import type { SectionField } from './indexes.ts';
import { distinctiveness, extractFeatures, FEATURES, type FeatureVector } from './features.ts';
import { mostSimilar, withSimilarity } from './similarity.ts';
import { createTextReader } from './text-features.ts';
import { type Query, queryMass, questionTerms, type TermKind } from './query.ts';
import { withoutRestatements } from './restatements.ts';
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

const SECTION_CANDIDATES = 60;
const QUESTION_CANDIDATES = 120;
/** Candidates in front, which are compared with each other and whose texts are read. */
const READ_CANDIDATES = 10;

/** Fields under which sections are looked for, and how much they count next to the text. */
const SEARCHED: readonly (readonly [SectionField, TermKind, number])[] = [
  ['textWords', 'words', 1],
  ['textBigrams', 'bigrams', 1],
  ['textConcepts', 'concepts', 0.5],
  ['askedWords', 'words', 0.5],
  ['askedBigrams', 'bigrams', 0.5],
  ['askedConcepts', 'concepts', 0.5],
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
export function retrieve(
  query: Query,
  corpus: Corpus,
  weights: FeatureVector = RANKING_WEIGHTS,
  similarities: ReadonlyMap<string, number> | null = null,
): readonly Candidate[] {
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
  if (similarities) for (const section of mostSimilar(similarities, corpus)) sections.add(section);
  for (const list of likeness.values()) list.sort((a, b) => b - a);

  const ascending = [...sections].sort((a, b) => a - b);
  const features = extractFeatures(query, corpus, likeness, ascending);
  const found = ascending.map((section, at) => ({ section, features: features[at]! }));
  const bestOfDocument = new Map<string, number>();
  for (const { section, features } of found) {
    const { documentId } = corpus.sectionAt(section);
    bestOfDocument.set(documentId, Math.max(bestOfDocument.get(documentId) ?? 0, features.text));
  }
  const candidateOf = (section: number, features: FeatureVector): Candidate => ({
    section,
    score: scoreOf(features, weights),
    features,
    askedSentences: askedSentences.get(section) ?? new Map(),
  });
  const candidates = found
    .map(({ section, features }) =>
      candidateOf(section, { ...features, document: bestOfDocument.get(corpus.sectionAt(section).documentId)! }),
    )
    .sort(byScore);
  const front = candidates.slice(0, READ_CANDIDATES);
  const read = createTextReader(query, corpus);
  const distinctive = distinctiveness(
    query,
    front.map(({ section }) => section),
    corpus,
  );
  const reread = front.map(({ section, features }, at) =>
    candidateOf(section, { ...features, distinctive: distinctive[at]!, ...read(section) }),
  );
  const ranked = [...reread.sort(byScore), ...candidates.slice(READ_CANDIDATES)];
  return withoutRestatements(similarities ? withSimilarity(ranked, similarities, corpus) : ranked, query, corpus);
}
