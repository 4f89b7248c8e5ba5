import type { Section } from '../domain/record.ts';
import { IndexBuilder, InvertedIndex } from '../search/inverted-index.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Segment } from '../search/segment.ts';
import type { SectionTokens } from './section-tokens.ts';

/** Fields of a section: what it is called, what it says, what it is filed under, how people ask for it; as words, bigrams and concepts. */
export type SectionField =
  | 'titleWords'
  | 'titleBigrams'
  | 'textWords'
  | 'textBigrams'
  | 'textConcepts'
  | 'tagWords'
  | 'askedWords'
  | 'askedBigrams'
  | 'askedConcepts';
export type QuestionField = 'words' | 'bigrams' | 'concepts';
/** Fields of a topic: what one sentence says, and how people ask for it. */
export type TopicField = 'words' | 'bigrams' | 'concepts' | 'characters';

/** One alternate question, as a document of the question index. */
export interface IndexedQuestion {
  /** Number of its section. */
  readonly section: number;
  readonly sentence: number | null;
}

/** One sentence together with the questions it answers, as a document of the topic index. */
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
  /** By section: the number of its first topic. Its others follow, one for each sentence. */
  readonly firstTopics: readonly number[];
}

/** Weights of the kinds of term when two questions are compared: bigrams repeat what words say, concepts are guesses. */
export const QUESTION_WEIGHTS: Readonly<Record<QuestionField, number>> = { words: 1, bigrams: 0.5, concepts: 0.7 };
/** The same when a question is held against a topic. */
export const TOPIC_WEIGHTS: Readonly<Record<TopicField, number>> = { words: 1, bigrams: 0.7, concepts: 0.6, characters: 0.4 };

const LONG_TEXT = { k1: 1.2, b: 0.6 };
const SHORT_TEXT = { k1: 0.6, b: 0.3 };
const SET = { k1: 0, b: 0 };

export const SECTION_FIELDS = {
  titleWords: { weight: 1, bm25: SHORT_TEXT },
  titleBigrams: { weight: 1, bm25: SHORT_TEXT },
  textWords: { weight: 1, bm25: LONG_TEXT },
  textBigrams: { weight: 1, bm25: LONG_TEXT },
  textConcepts: { weight: 1, bm25: LONG_TEXT },
  tagWords: { weight: 1, bm25: SHORT_TEXT },
  askedWords: { weight: 1, bm25: LONG_TEXT },
  askedBigrams: { weight: 1, bm25: LONG_TEXT },
  askedConcepts: { weight: 1, bm25: LONG_TEXT },
} as const;
export const QUESTION_FIELDS = {
  words: { weight: QUESTION_WEIGHTS.words, bm25: SET },
  bigrams: { weight: QUESTION_WEIGHTS.bigrams, bm25: SET },
  concepts: { weight: QUESTION_WEIGHTS.concepts, bm25: SET },
} as const;
export const TOPIC_FIELDS = {
  words: { weight: TOPIC_WEIGHTS.words, bm25: LONG_TEXT },
  bigrams: { weight: TOPIC_WEIGHTS.bigrams, bm25: LONG_TEXT },
  concepts: { weight: TOPIC_WEIGHTS.concepts, bm25: LONG_TEXT },
  characters: { weight: TOPIC_WEIGHTS.characters, bm25: LONG_TEXT },
} as const;

const all = <K extends keyof Tokens>(parts: readonly Tokens[], kind: K): string[] => parts.flatMap((tokens) => tokens[kind]);

/** A section as a document of the section index. */
function sectionDocument({ title, tags, sentences, questions }: SectionTokens) {
  return {
    titleWords: title.words,
    titleBigrams: title.bigrams,
    textWords: all(sentences, 'words'),
    textBigrams: all(sentences, 'bigrams'),
    textConcepts: [...title.concepts, ...all(sentences, 'concepts'), ...tags.concepts],
    tagWords: tags.words,
    askedWords: all(questions, 'words'),
    askedBigrams: all(questions, 'bigrams'),
    askedConcepts: all(questions, 'concepts'),
  };
}

/** The sentences of a section, each with the questions bound to it, as documents of the topic index. */
function topicDocuments(section: Section, { sentences, questions }: SectionTokens) {
  return sentences.map((own, sentence) => {
    const parts = [own, ...questions.filter((_, number) => section.questions[number]!.sentence === sentence)];
    return {
      words: all(parts, 'words'),
      bigrams: all(parts, 'bigrams'),
      concepts: all(parts, 'concepts'),
      characters: all(parts, 'characters'),
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
    section.sentences.forEach((_, sentence) => topics.push({ section: firstSection + at, sentence }));
    for (const { sentence } of section.questions) questions.push({ section: firstSection + at, sentence });
  });
  return { questions, topics, firstTopics };
}

function massesOf(index: InvertedIndex<QuestionField>): Float64Array {
  const masses = new Float64Array(index.size);
  for (const field of ['words', 'bigrams', 'concepts'] as const) {
    index.idfMasses(field).forEach((mass, question) => (masses[question]! += QUESTION_WEIGHTS[field] * mass));
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
  const gone = (places: readonly { readonly section: number }[]): number[] =>
    places.flatMap(({ section }, document) => (removed.has(section) ? [document] : []));
  const places = placesOf(added, indexes.sectionIndex.size, indexes.topicIndex.size);
  const questionIndex = indexes.questionIndex.with({
    remove: gone(indexes.questions),
    add: own.flatMap(({ questions }) => questions),
  });
  return {
    sectionIndex: indexes.sectionIndex.with({ remove: removed, add: own.map(sectionDocument) }),
    questionIndex,
    questionMasses: massesOf(questionIndex),
    questions: [...indexes.questions, ...places.questions],
    topicIndex: indexes.topicIndex.with({
      remove: gone(indexes.topics),
      add: added.flatMap((section, at) => topicDocuments(section, own[at]!)),
    }),
    topics: [...indexes.topics, ...places.topics],
    firstTopics: [...indexes.firstTopics, ...places.firstTopics],
  };
}
