import type { Section } from '../domain/record.ts';
import { IndexBuilder, InvertedIndex } from '../search/inverted-index.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Segment } from '../search/segment.ts';
import { type SectionTokens, topicSentences } from './section-tokens.ts';

/** Fields of a section: what it says (title and tags included) and how people ask for it, by kind of term. */
export type SectionField =
  | 'textWords'
  | 'textBigrams'
  | 'textCharacters'
  | 'textConcepts'
  | 'askedWords'
  | 'askedBigrams'
  | 'askedCharacters'
  | 'askedConcepts';
export type QuestionField = 'words' | 'bigrams' | 'concepts';
/** Fields of a topic: what a sentence says together with how people ask for it. */
export type TopicField = 'words' | 'bigrams' | 'characters' | 'concepts';

/** One alternate question, as a document of the question index. */
export interface IndexedQuestion {
  /** Number of its section. */
  readonly section: number;
  readonly sentence: number | null;
}

/** One sentence together with the questions bound to it, as a document of the topic index. A sentence without any is none. */
export interface IndexedTopic {
  /** Number of its section. */
  readonly section: number;
  readonly sentence: number;
}

/** What is searched: sections as a whole, the questions they answer one by one, and single sentences with their questions. */
export interface Indexes {
  readonly sectionIndex: InvertedIndex<SectionField>;
  readonly questionIndex: InvertedIndex<QuestionField>;
  readonly questions: readonly IndexedQuestion[];
  /** By question: the weighted idf of its terms, the most a question can have in common with it. */
  readonly questionMasses: Float64Array;
  readonly topicIndex: InvertedIndex<TopicField>;
  readonly topics: readonly IndexedTopic[];
  /** By section: the number of its first topic; its others follow. One more at the end, so that each section's topics end where the next one's begin. */
  readonly firstTopics: readonly number[];
}

/** Weights of the kinds of term when two questions are compared: bigrams repeat what words say, concepts are guesses. */
export const QUESTION_WEIGHTS: Readonly<Record<QuestionField, number>> = { words: 1, bigrams: 0.5, concepts: 0.7 };
const SET = { k1: 0, b: 0 };

/*
 * How each kind of term is weighed within a text, found on three public sets of Chinese questions and passages (docs/benchmarks.md). For a pair of
 * characters it matters that it is there, hardly how often; words and characters count a little more when repeated.
 */
const WORDS = { weight: 1, bm25: { k1: 0.8, b: 0.75 } };
const BIGRAMS = { weight: 0.67, bm25: { k1: 0.2, b: 0.75 } };
const CHARACTERS = { weight: 0.6, bm25: { k1: 0.8, b: 0.9 } };
const CONCEPTS = { weight: 0.5, bm25: { k1: 0.8, b: 0.75 } };

export const SECTION_FIELDS = {
  textWords: WORDS,
  textBigrams: BIGRAMS,
  textCharacters: CHARACTERS,
  textConcepts: CONCEPTS,
  askedWords: WORDS,
  askedBigrams: BIGRAMS,
  askedCharacters: CHARACTERS,
  askedConcepts: CONCEPTS,
} as const;
export const QUESTION_FIELDS = {
  words: { weight: QUESTION_WEIGHTS.words, bm25: SET },
  bigrams: { weight: QUESTION_WEIGHTS.bigrams, bm25: SET },
  concepts: { weight: QUESTION_WEIGHTS.concepts, bm25: SET },
} as const;
export const TOPIC_FIELDS = { words: WORDS, bigrams: BIGRAMS, characters: CHARACTERS, concepts: CONCEPTS } as const;

function all(parts: readonly Tokens[], kind: keyof Tokens): readonly string[] {
  let found: readonly string[] = [];
  for (const { [kind]: own } of parts) if (own.length > 0) found = found.length === 0 ? own : found.concat(own);
  return found;
}

/** A section as a document of the section index. */
export function sectionDocument({ title, text, tags, questions }: SectionTokens) {
  const said = [title, tags, text];
  return {
    textWords: all(said, 'words'),
    textBigrams: all(said, 'bigrams'),
    textCharacters: all(said, 'characters'),
    textConcepts: all(said, 'concepts'),
    askedWords: all(questions, 'words'),
    askedBigrams: all(questions, 'bigrams'),
    askedCharacters: all(questions, 'characters'),
    askedConcepts: all(questions, 'concepts'),
  };
}

/** A section's topics as documents of the topic index. */
function topicDocuments(section: Section, { topics, questions }: SectionTokens) {
  return topics.map(([sentence, own]) => {
    const parts = [own, ...questions.filter((_, number) => section.questions[number]!.sentence === sentence)];
    return {
      words: all(parts, 'words'),
      bigrams: all(parts, 'bigrams'),
      characters: all(parts, 'characters'),
      concepts: all(parts, 'concepts'),
    };
  });
}

/** Where the documents of some sections will stand once they are indexed. */
function placesOf(sections: readonly Section[], firstSection: number, firstTopic: number) {
  const questions: IndexedQuestion[] = [];
  const topics: IndexedTopic[] = [];
  const firstTopics: number[] = [];
  sections.forEach((section, at) => {
    firstTopics.push(firstTopic + topics.length);
    for (const sentence of topicSentences(section)) topics.push({ section: firstSection + at, sentence });
    for (const { sentence } of section.questions) questions.push({ section: firstSection + at, sentence });
  });
  firstTopics.push(firstTopic + topics.length);
  return { questions, topics, firstTopics };
}

function massesOf(index: InvertedIndex<QuestionField>): Float64Array {
  const masses = new Float64Array(index.size);
  for (const field of ['words', 'bigrams', 'concepts'] as const) {
    const own = index.idfMasses(field);
    const weight = QUESTION_WEIGHTS[field];
    for (let question = 0; question < own.length; question++) masses[question]! += weight * own[question]!;
  }
  return masses;
}

/** Builds the indexes over all sections, in their order. */
export function buildIndexes(sections: readonly Section[], tokens: (section: Section) => SectionTokens): Indexes {
  const sectionBuilder = new IndexBuilder<SectionField>(SECTION_FIELDS);
  const questionBuilder = new IndexBuilder<QuestionField>(QUESTION_FIELDS);
  const topicBuilder = new IndexBuilder<TopicField>(TOPIC_FIELDS);
  for (const section of sections) {
    const own = tokens(section);
    sectionBuilder.add(sectionDocument(own));
    for (const question of own.questions) questionBuilder.add(question);
    for (const topic of topicDocuments(section, own)) topicBuilder.add(topic);
  }
  const questionIndex = questionBuilder.build();
  return {
    sectionIndex: sectionBuilder.build(),
    questionIndex,
    questionMasses: massesOf(questionIndex),
    topicIndex: topicBuilder.build(),
    ...placesOf(sections, 0, 0),
  };
}

/** The segments of indexes that were built at once. */
export interface IndexSegments {
  readonly sections: Segment<SectionField>;
  readonly questions: Segment<QuestionField>;
  readonly topics: Segment<TopicField>;
}

/** The indexes over all sections, from segments built over the same ones before. */
export function restoreIndexes(sections: readonly Section[], segments: IndexSegments): Indexes {
  const questionIndex = InvertedIndex.of(QUESTION_FIELDS, [segments.questions], []);
  return {
    sectionIndex: InvertedIndex.of(SECTION_FIELDS, [segments.sections], []),
    questionIndex,
    questionMasses: massesOf(questionIndex),
    topicIndex: InvertedIndex.of(TOPIC_FIELDS, [segments.topics], []),
    ...placesOf(sections, 0, 0),
  };
}

/**
 * The indexes after some sections are gone and others have come, which are numbered on from the last. What did not change is shared with the
 * indexes before.
 * @param removed numbers of sections.
 */
export function changeIndexes(
  indexes: Indexes,
  removed: ReadonlySet<number>,
  added: readonly Section[],
  tokens: (section: Section) => SectionTokens,
): Indexes {
  const own = added.map(tokens);
  const gone = (places: readonly { readonly section: number }[]): number[] => {
    const documents: number[] = [];
    for (const [document, { section }] of places.entries()) if (removed.has(section)) documents.push(document);
    return documents;
  };
  const places = placesOf(added, indexes.sectionIndex.size, indexes.topicIndex.size);
  const questionIndex = indexes.questionIndex.with({
    remove: gone(indexes.questions),
    add: own.flatMap(({ questions }) => questions),
  });
  return {
    sectionIndex: indexes.sectionIndex.with({ remove: removed, add: own.map(sectionDocument) }),
    questionIndex,
    questionMasses: massesOf(questionIndex),
    questions: indexes.questions.concat(places.questions),
    topicIndex: indexes.topicIndex.with({
      remove: gone(indexes.topics),
      add: added.flatMap((section, at) => topicDocuments(section, own[at]!)),
    }),
    topics: indexes.topics.concat(places.topics),
    firstTopics: indexes.firstTopics.slice(0, -1).concat(places.firstTopics),
  };
}
