import { eachImpact, impactIn, type Postings } from '../search/postings.ts';
import type { Corpus } from './corpus.ts';
import { type SectionField, TOPIC_WEIGHTS } from './indexes.ts';
import type { Query, TermKind } from './query.ts';

/**
 * What speaks for a section as the answer to a question. Every feature is a share from 0 to about 1: of the question's idf mass that a field
 * of the section matches, or of likeness to the questions it is known to answer.
 */
export const FEATURES = [
  'titleWords',
  'titleBigrams',
  'textWords',
  'textBigrams',
  'textConcepts',
  'tagWords',
  'askedWords',
  'askedBigrams',
  'askedConcepts',
  /** Likeness of the most like alternate question, and of the next two on average. */
  'bestQuestion',
  'nextQuestions',
  /** Shares of the question that its best topic (one sentence and the questions it answers) matches. */
  'topicWords',
  'topicBigrams',
  'topicConcepts',
  'topicCharacters',
  /** Longest run of characters in common with the section's text, out of eight. */
  'phrase',
  /** Share of the question's words that stand anywhere in the section. */
  'coverage',
] as const;

export type Feature = (typeof FEATURES)[number];
export type FeatureVector = Readonly<Record<Feature, number>>;

const FIELD_TERMS: readonly (readonly [SectionField, TermKind])[] = [
  ['titleWords', 'words'],
  ['titleBigrams', 'bigrams'],
  ['textWords', 'words'],
  ['textBigrams', 'bigrams'],
  ['textConcepts', 'concepts'],
  ['tagWords', 'words'],
  ['askedWords', 'words'],
  ['askedBigrams', 'bigrams'],
  ['askedConcepts', 'concepts'],
];

const PHRASE_LENGTH = 8;

/** Likeness of a section's alternate questions, the best first. */
export type QuestionLikeness = ReadonlyMap<number, readonly number[]>;

const TOPIC_FEATURES = [
  ['topicWords', 'words'],
  ['topicBigrams', 'bigrams'],
  ['topicConcepts', 'concepts'],
  ['topicCharacters', 'characters'],
] as const;

/** One term of the question in one field: its postings, and what it is worth there in full. */
interface Looked {
  readonly parts: Postings['parts'];
  readonly value: number;
  /** Its place among the question's terms of its kind. */
  readonly at: number;
}

/** The question's terms in one field, and their worth together, found or not. */
interface Looking {
  readonly terms: readonly Looked[];
  readonly mass: number;
}

/** Looks the question's terms up once, for all candidates. */
function lookUp(terms: ReadonlyMap<string, number>, postings: (term: string) => Postings | null, idf: (term: string) => number): Looking {
  const looked: Looked[] = [];
  let mass = 0;
  let at = 0;
  for (const [term, weight] of terms) {
    const found = postings(term);
    const value = weight * (found?.idf ?? idf(term));
    mass += value;
    if (found) looked.push({ parts: found.parts, value, at });
    at++;
  }
  return { terms: looked, mass: mass || 1 };
}

/** Computes the features of candidate sections for one question. `phrase` is left at 0: see `createPhraseMeasure`. */
export function createFeatureExtractor(query: Query, corpus: Corpus, likeness: QuestionLikeness): (section: number) => FeatureVector {
  const { sectionIndex, topicIndex } = corpus;
  const fields = FIELD_TERMS.map(([field, kind]) => ({
    field,
    isWords: kind === 'words',
    ...lookUp(
      query[kind],
      (term) => sectionIndex.postings(field, term),
      (term) => sectionIndex.idf(field, term),
    ),
  }));
  const topics = TOPIC_FEATURES.map(([feature, kind]) => ({
    feature,
    weight: TOPIC_WEIGHTS[kind],
    ...lookUp(
      query[kind],
      (term) => topicIndex.postings(kind, term),
      (term) => topicIndex.idf(kind, term),
    ),
  }));
  const wordValues = Float64Array.from(query.words, ([word, weight]) => weight * sectionIndex.idf('textWords', word));
  const wordMass = wordValues.reduce((total, value) => total + value, 0) || 1;
  const isCovered = new Uint8Array(wordValues.length);

  return (section) => {
    const features = { phrase: 0 } as Record<Feature, number>;
    isCovered.fill(0);
    for (const { field, terms, mass, isWords } of fields) {
      let score = 0;
      for (const { parts, value, at } of terms) {
        const impact = impactIn(parts, section);
        if (impact === 0) continue;
        score += value * impact;
        if (isWords) isCovered[at] = 1;
      }
      features[field] = score / mass;
    }
    const [best = 0, second = 0, third = 0] = likeness.get(section) ?? [];
    features.bestQuestion = best;
    features.nextQuestions = (second + third) / 2;

    const first = corpus.firstTopics[section]!;
    const count = corpus.sectionAt(section).sentences.length;
    const shares = topics.map(({ terms, mass }) => {
      const scores = new Float64Array(count);
      for (const { parts, value } of terms) {
        eachImpact(parts, first, first + count, (topic, impact) => void (scores[topic - first]! += value * impact));
      }
      return scores.map((score) => score / mass);
    });
    let bestTopic = 0;
    let bestScore = -1;
    for (let topic = 0; topic < count; topic++) {
      const score = topics.reduce((sum, { weight, mass }, kind) => sum + weight * mass * shares[kind]![topic]!, 0);
      if (score > bestScore) [bestTopic, bestScore] = [topic, score];
    }
    topics.forEach(({ feature }, kind) => (features[feature] = shares[kind]![bestTopic] ?? 0));

    let covered = 0;
    for (let word = 0; word < wordValues.length; word++) if (isCovered[word] === 1) covered += wordValues[word]!;
    features.coverage = covered / wordMass;
    return features;
  };
}

/** Measures `phrase`, which reads the section's whole text and so is kept for the candidates in front. */
export function createPhraseMeasure(query: Query, corpus: Corpus): (section: number) => number {
  const grams = phraseGrams(query.text);
  return (section) => {
    const { text, title } = corpus.sectionAt(section);
    return longestCommon(grams, `${title}\n${text}`) / PHRASE_LENGTH;
  };
}

/** All pieces of the question of 3 to `PHRASE_LENGTH` characters, by length. */
function phraseGrams(text: string): ReadonlyMap<number, readonly string[]> {
  const grams = new Map<number, string[]>();
  const clauses = text.split(/[^\p{Script=Han}a-z0-9.]+/u).filter((clause) => clause.length >= 3);
  for (let length = 3; length <= PHRASE_LENGTH; length++) {
    const pieces = clauses.flatMap((clause) =>
      Array.from({ length: Math.max(0, clause.length - length + 1) }, (_, at) => clause.slice(at, at + length)),
    );
    grams.set(length, pieces);
  }
  return grams;
}

/** Length of the longest piece that stands in the text, at most `PHRASE_LENGTH`; 0 below three characters. */
function longestCommon(grams: ReadonlyMap<number, readonly string[]>, text: string): number {
  let longest = 0;
  for (let length = 3; length <= PHRASE_LENGTH; length++) {
    if (!(grams.get(length) ?? []).some((gram) => text.includes(gram))) break;
    longest = length;
  }
  return longest;
}
