import type { FieldOptions, InvertedIndex } from '../search/inverted-index.ts';
import { eachImpactAmong, eachImpactIn, impactIn, type Postings } from '../search/postings.ts';
import type { Corpus } from './corpus.ts';
import { SECTION_FIELDS, type SectionField, TOPIC_FIELDS, type TopicField } from './indexes.ts';
import type { Query, TermKind } from './query.ts';

/**
 * What speaks for a section as the answer to a question. Every feature is a share from 0 to about 1: of the question's idf mass that a field
 * of the section matches, or of likeness to the questions it is known to answer.
 */
export const FEATURES = [
  'text',
  /** The best `text` of any candidate of the same document: sections beside a good one are nearer than others. */
  'document',
  /** Share of the question's pairs of characters, each by how few of the candidates in front have it. */
  'distinctive',
  /** See `text-features.ts`. */
  'window',
  'answer',
  'asked',
  'textConcepts',
  'askedConcepts',
  /** Likeness of the most like alternate question, and of the next two on average. */
  'bestQuestion',
  'nextQuestions',
  /** Shares of the question that its best topic (one sentence and the questions it answers) matches. */
  'topic',
  'topicConcepts',
  /** Share of the question's words that stand anywhere in the section. */
  'coverage',
] as const;

export type Feature = (typeof FEATURES)[number];
export type FeatureVector = Readonly<Record<Feature, number>>;

type Fields<Field> = readonly (readonly [Field, TermKind])[];
const SECTION_FEATURES: readonly (readonly [Feature, Fields<SectionField>])[] = [
  [
    'text',
    [
      ['textWords', 'words'],
      ['textBigrams', 'bigrams'],
      ['textCharacters', 'characters'],
    ],
  ],
  [
    'asked',
    [
      ['askedWords', 'words'],
      ['askedBigrams', 'bigrams'],
      ['askedCharacters', 'characters'],
    ],
  ],
  ['textConcepts', [['textConcepts', 'concepts']]],
  ['askedConcepts', [['askedConcepts', 'concepts']]],
];
const TOPIC_FEATURES: readonly (readonly [Feature, Fields<TopicField>])[] = [
  [
    'topic',
    [
      ['words', 'words'],
      ['bigrams', 'bigrams'],
      ['characters', 'characters'],
    ],
  ],
  ['topicConcepts', [['concepts', 'concepts']]],
];

/** Likeness of a section's alternate questions, the best first. */
export type QuestionLikeness = ReadonlyMap<number, readonly number[]>;

/** One term of the question in one field: its postings, and what it is worth there in full. */
interface Looked {
  readonly parts: Postings['parts'];
  readonly value: number;
  readonly term: string;
}

/** The question's terms in one field, and their worth together, found or not. */
interface Looking {
  readonly terms: readonly Looked[];
  readonly mass: number;
}

/** Looks the question's terms up once, for all candidates. */
function lookUp<Field extends string>(
  query: Query,
  index: InvertedIndex<Field>,
  options: Readonly<Record<Field, FieldOptions>>,
  fields: Fields<Field>,
): Looking {
  const looked: Looked[] = [];
  let mass = 0;
  for (const [field, kind] of fields) {
    for (const [term, weight] of query[kind]) {
      const found = index.postings(field, term);
      const value = options[field].weight * weight * (found?.idf ?? index.idf(field, term));
      mass += value;
      if (found) looked.push({ parts: found.parts, value, term });
    }
  }
  return { terms: looked, mass: mass || 1 };
}

/**
 * The features of candidate sections for one question, but for those that hang on the other candidates or on the text itself. Term by term, so that
 * a term's postings are gone through once for all candidates.
 * @param sections ascending
 */
export function extractFeatures(query: Query, corpus: Corpus, likeness: QuestionLikeness, sections: readonly number[]): FeatureVector[] {
  const all = sections.map((section) => {
    const [best = 0, second = 0, third = 0] = likeness.get(section) ?? [];
    return { document: 0, distinctive: 0, window: 0, answer: 0, bestQuestion: best, nextQuestions: (second + third) / 2 };
  }) as Record<Feature, number>[];
  addSectionFeatures(query, corpus, sections, all);
  addTopicFeatures(query, corpus, sections, all);
  return all;
}

function addSectionFeatures(query: Query, { sectionIndex }: Corpus, sections: readonly number[], all: Record<Feature, number>[]): void {
  const found = new Map(Array.from(query.words.keys(), (word) => [word, new Uint8Array(sections.length)]));
  for (const [feature, list] of SECTION_FEATURES) {
    const { terms, mass } = lookUp(query, sectionIndex, SECTION_FIELDS, list);
    const scores = new Float64Array(sections.length);
    for (const { parts, value, term } of terms) {
      const has = found.get(term);
      eachImpactAmong(parts, sections, (at, impact) => {
        scores[at]! += value * impact;
        if (has) has[at] = 1;
      });
    }
    scores.forEach((score, at) => void (all[at]![feature] = score / mass));
  }
  let mass = 0;
  const covered = new Float64Array(sections.length);
  for (const [word, has] of found) {
    const value = query.words.get(word)! * sectionIndex.idf('textWords', word);
    mass += value;
    has.forEach((stands, at) => void (covered[at]! += stands * value));
  }
  covered.forEach((value, at) => void (all[at]!.coverage = value / (mass || 1)));
}

function addTopicFeatures(
  query: Query,
  { topicIndex, firstTopics }: Corpus,
  sections: readonly number[],
  all: Record<Feature, number>[],
): void {
  const ranges = { starts: sections.map((section) => firstTopics[section]!), ends: sections.map((section) => firstTopics[section + 1]!) };
  /** By candidate: where the scores of its topics begin, less the number of its first topic. */
  const offsets: number[] = [];
  let count = 0;
  for (const [at, start] of ranges.starts.entries()) {
    offsets.push(count - start);
    count += ranges.ends[at]! - start;
  }
  const kinds = TOPIC_FEATURES.map(([feature, list]) => {
    const { terms, mass } = lookUp(query, topicIndex, TOPIC_FIELDS, list);
    const scores = new Float64Array(count);
    for (const { parts, value } of terms) {
      eachImpactIn(parts, ranges, (range, topic, impact) => void (scores[topic + offsets[range]!]! += value * impact));
    }
    return { feature, mass, scores };
  });
  for (const [at, start] of ranges.starts.entries()) {
    let best = start;
    let bestScore = -1;
    for (let topic = start; topic < ranges.ends[at]!; topic++) {
      let score = 0;
      for (const { scores } of kinds) score += scores[topic + offsets[at]!]!;
      if (score > bestScore) [best, bestScore] = [topic, score];
    }
    for (const { feature, mass, scores } of kinds) all[at]![feature] = bestScore < 0 ? 0 : scores[best + offsets[at]!]! / mass;
  }
}

/** Measures `distinctive` among the candidates in front. */
export function distinctiveness(query: Query, sections: readonly number[], { sectionIndex }: Corpus): number[] {
  const shares = sections.map(() => 0);
  let mass = 0;
  for (const [pair, weight] of query.bigrams) {
    const postings = sectionIndex.postings('textBigrams', pair);
    const value = weight * (postings?.idf ?? sectionIndex.idf('textBigrams', pair));
    mass += value;
    if (!postings) continue;
    const stands = sections.map((section) => impactIn(postings.parts, section) > 0);
    const rarity = 1 - stands.filter(Boolean).length / sections.length;
    stands.forEach((has, at) => {
      if (has) shares[at]! += value * rarity;
    });
  }
  return shares.map((share) => share / (mass || 1));
}
