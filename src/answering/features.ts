import type { Corpus } from './corpus.ts';
import type { SectionField } from './indexes.ts';
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
  /** The largest share of the question that one sentence matches. */
  'bestSentence',
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

/** The best topic of each section: its document number. */
export type BestTopics = ReadonlyMap<number, number>;

/** Computes the features of candidate sections for one question. */
export function createFeatureExtractor(
  query: Query,
  corpus: Corpus,
  likeness: QuestionLikeness,
  bestTopics: BestTopics,
): (section: number) => FeatureVector {
  const { sectionIndex, topicIndex } = corpus;
  const topicMasses = TOPIC_FEATURES.map(([, kind]) => {
    let mass = 0;
    for (const [term, weight] of query[kind]) mass += weight * topicIndex.idf(kind, term);
    return mass || 1;
  });
  const masses = FIELD_TERMS.map(([field, kind]) => {
    let mass = 0;
    for (const [term, weight] of query[kind]) mass += weight * sectionIndex.idf(field, term);
    return mass || 1;
  });
  const wordIdf = new Map([...query.words].map(([word, weight]) => [word, weight * sectionIndex.idf('textWords', word)]));
  const bigramIdf = new Map([...query.bigrams].map(([bigram, weight]) => [bigram, weight * sectionIndex.idf('textBigrams', bigram)]));
  const conceptIdf = new Map([...query.concepts].map(([concept, weight]) => [concept, weight * sectionIndex.idf('textConcepts', concept)]));
  const sum = (values: ReadonlyMap<string, number>): number => [...values.values()].reduce((total, value) => total + value, 0);
  const sentenceMass = sum(wordIdf) + sum(bigramIdf) + sum(conceptIdf) || 1;
  const wordMass = sum(wordIdf) || 1;
  const grams = phraseGrams(query.text);

  return (section) => {
    const features = {} as Record<Feature, number>;
    FIELD_TERMS.forEach(([field, kind], at) => {
      let score = 0;
      for (const [term, weight] of query[kind]) {
        const impact = sectionIndex.impact(field, term, section);
        if (impact > 0) score += weight * impact * sectionIndex.idf(field, term);
      }
      features[field] = score / masses[at]!;
    });
    const [best = 0, second = 0, third = 0] = likeness.get(section) ?? [];
    features.bestQuestion = best;
    features.nextQuestions = (second + third) / 2;
    const topic = bestTopics.get(section);
    TOPIC_FEATURES.forEach(([feature, kind], at) => {
      let score = 0;
      if (topic !== undefined) {
        for (const [term, weight] of query[kind]) score += weight * topicIndex.impact(kind, term, topic) * topicIndex.idf(kind, term);
      }
      features[feature] = score / topicMasses[at]!;
    });
    let bestSentence = 0;
    for (const terms of corpus.sentenceTerms(section)) {
      let matched = 0;
      for (const [word, value] of wordIdf) if (terms.words.has(word)) matched += value;
      for (const [bigram, value] of bigramIdf) if (terms.bigrams.has(bigram)) matched += value;
      for (const [concept, value] of conceptIdf) if (terms.concepts.has(concept)) matched += value;
      bestSentence = Math.max(bestSentence, matched);
    }
    features.bestSentence = bestSentence / sentenceMass;
    const { text, title } = corpus.sections[section]!;
    features.phrase = longestCommon(grams, `${title}\n${text}`) / PHRASE_LENGTH;
    let covered = 0;
    for (const [word, mass] of wordIdf) {
      const stands =
        sectionIndex.impact('textWords', word, section) +
        sectionIndex.impact('titleWords', word, section) +
        sectionIndex.impact('tagWords', word, section) +
        sectionIndex.impact('askedWords', word, section);
      if (stands > 0) covered += mass;
    }
    features.coverage = covered / wordMass;
    return features;
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
