import type { FieldOptions, InvertedIndex } from '../search/inverted-index.ts';
import { eachImpact, impactIn, type Postings } from '../search/postings.ts';
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

/** Computes the features of candidate sections for one question, but for those that hang on the other candidates or on the text itself. */
export function createFeatureExtractor(query: Query, corpus: Corpus, likeness: QuestionLikeness): (section: number) => FeatureVector {
  const { sectionIndex, topicIndex } = corpus;
  const fields = SECTION_FEATURES.map(([feature, list]) => ({ feature, ...lookUp(query, sectionIndex, SECTION_FIELDS, list) }));
  const topics = TOPIC_FEATURES.map(([feature, list]) => ({ feature, ...lookUp(query, topicIndex, TOPIC_FIELDS, list) }));
  const wordValues = new Map([...query.words].map(([word, weight]) => [word, weight * sectionIndex.idf('textWords', word)]));
  const wordMass = [...wordValues.values()].reduce((total, value) => total + value, 0) || 1;

  return (section) => {
    const features = { document: 0, distinctive: 0, window: 0, answer: 0 } as Record<Feature, number>;
    const found = new Set<string>();
    for (const { feature, terms, mass } of fields) {
      let score = 0;
      for (const { parts, value, term } of terms) {
        const impact = impactIn(parts, section);
        if (impact === 0) continue;
        score += value * impact;
        found.add(term);
      }
      features[feature] = score / mass;
    }
    const [best = 0, second = 0, third = 0] = likeness.get(section) ?? [];
    features.bestQuestion = best;
    features.nextQuestions = (second + third) / 2;

    const first = corpus.firstTopics[section]!;
    const count = corpus.firstTopics[section + 1]! - first;
    const shares = topics.map(({ terms, mass }) => {
      const scores = new Float64Array(count);
      if (count === 0) return scores;
      for (const { parts, value } of terms) {
        eachImpact(parts, first, first + count, (topic, impact) => void (scores[topic - first]! += value * impact));
      }
      return scores.map((score) => score / mass);
    });
    let bestTopic = 0;
    let bestScore = -1;
    for (let topic = 0; topic < count; topic++) {
      const score = topics.reduce((sum, { mass }, kind) => sum + mass * shares[kind]![topic]!, 0);
      if (score > bestScore) [bestTopic, bestScore] = [topic, score];
    }
    topics.forEach(({ feature }, kind) => (features[feature] = shares[kind]![bestTopic] ?? 0));

    let covered = 0;
    for (const [word, value] of wordValues) if (found.has(word)) covered += value;
    features.coverage = covered / wordMass;
    return features;
  };
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
