import type { Section } from '../domain/record.ts';
import { sentenceText } from '../domain/record.ts';
import { IndexBuilder, type InvertedIndex } from '../search/inverted-index.ts';
import { segment } from '../text/segment.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import { comparable, type Tokens, tokenise } from '../text/tokens.ts';

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
  /** Index into `sections`. */
  readonly section: number;
  readonly sentence: number | null;
  /** Sum of the weighted idf of its terms: the most a question can have in common with it. */
  readonly mass: number;
}

/** One sentence together with the questions it answers, as a document of the topic index. */
export interface IndexedTopic {
  /** Index into `sections`. */
  readonly section: number;
  readonly sentence: number;
}

/** What is searched: sections as a whole, the questions they answer one by one, and single sentences with their questions. */
export interface Indexes {
  readonly sectionIndex: InvertedIndex<SectionField>;
  readonly questionIndex: InvertedIndex<QuestionField>;
  readonly questions: readonly IndexedQuestion[];
  readonly topicIndex: InvertedIndex<TopicField>;
  readonly topics: readonly IndexedTopic[];
  /** How often each word stands in the library, official texts weighing more. */
  readonly wordCounts: ReadonlyMap<string, number>;
}

/** Weights of the kinds of term when two questions are compared: bigrams repeat what words say, concepts are guesses. */
export const QUESTION_WEIGHTS: Readonly<Record<QuestionField, number>> = { words: 1, bigrams: 0.5, concepts: 0.7 };

const LONG_TEXT = { k1: 1.2, b: 0.6 };
const SHORT_TEXT = { k1: 0.6, b: 0.3 };
const SET = { k1: 0, b: 0 };

/** Builds the indexes over all sections, in their order. */
export function buildIndexes(sections: readonly Section[], thesaurus: Thesaurus): Indexes {
  const sectionBuilder = new IndexBuilder<SectionField>({
    titleWords: { weight: 1, bm25: SHORT_TEXT },
    titleBigrams: { weight: 1, bm25: SHORT_TEXT },
    textWords: { weight: 1, bm25: LONG_TEXT },
    textBigrams: { weight: 1, bm25: LONG_TEXT },
    textConcepts: { weight: 1, bm25: LONG_TEXT },
    tagWords: { weight: 1, bm25: SHORT_TEXT },
    askedWords: { weight: 1, bm25: LONG_TEXT },
    askedBigrams: { weight: 1, bm25: LONG_TEXT },
    askedConcepts: { weight: 1, bm25: LONG_TEXT },
  });
  const questionBuilder = new IndexBuilder<QuestionField>({
    words: { weight: QUESTION_WEIGHTS.words, bm25: SET },
    bigrams: { weight: QUESTION_WEIGHTS.bigrams, bm25: SET },
    concepts: { weight: QUESTION_WEIGHTS.concepts, bm25: SET },
  });
  const topicBuilder = new IndexBuilder<TopicField>({
    words: { weight: 1, bm25: LONG_TEXT },
    bigrams: { weight: 0.7, bm25: LONG_TEXT },
    concepts: { weight: 0.6, bm25: LONG_TEXT },
    characters: { weight: 0.4, bm25: LONG_TEXT },
  });
  const topics: IndexedTopic[] = [];
  const asked: { section: number; sentence: number | null; tokens: Tokens }[] = [];
  const wordCounts = new Map<string, number>();
  const count = (words: readonly string[], times = 1): void => {
    for (const word of words) wordCounts.set(word, (wordCounts.get(word) ?? 0) + times);
  };

  sections.forEach((section, at) => {
    const title = tokenise(section.title, thesaurus);
    const text = tokenise(section.text, thesaurus);
    const tags = tokenise(section.tags.join(' '), thesaurus);
    const questions = section.questions.map((question) => ({
      section: at,
      sentence: question.sentence,
      tokens: tokenise(question.text, thesaurus),
    }));
    section.sentences.forEach((_, sentence) => {
      const own = tokenise(sentenceText(section, sentence), thesaurus);
      const bound = section.questions.flatMap((question, number) => (question.sentence === sentence ? [number] : []));
      const all = [own, ...bound.map((number) => questions[number]!.tokens)];
      topics.push({ section: at, sentence });
      topicBuilder.add({
        words: all.flatMap((tokens) => tokens.words),
        bigrams: all.flatMap((tokens) => tokens.bigrams),
        concepts: all.flatMap((tokens) => tokens.concepts),
        characters: all.flatMap((tokens) => tokens.characters),
      });
    });
    for (const question of questions) {
      asked.push(question);
      questionBuilder.add(question.tokens);
    }
    sectionBuilder.add({
      titleWords: title.words,
      titleBigrams: title.bigrams,
      textWords: text.words,
      textBigrams: text.bigrams,
      textConcepts: [...title.concepts, ...text.concepts, ...tags.concepts],
      tagWords: tags.words,
      askedWords: questions.flatMap((question) => question.tokens.words),
      askedBigrams: questions.flatMap((question) => question.tokens.bigrams),
      askedConcepts: questions.flatMap((question) => question.tokens.concepts),
    });
    // Official words are what people misspell and type in pinyin; the wording of the questions only fills the gaps.
    count(title.words, 5);
    count(tags.words, 5);
    count(text.words, 3);
    for (const question of section.questions) count(segment(comparable(question.text)));
  });

  const sectionIndex = sectionBuilder.build();
  const questionIndex = questionBuilder.build();
  const questions = asked.map(({ section, sentence, tokens }) => ({ section, sentence, mass: questionMass(questionIndex, tokens) }));
  return { sectionIndex, questionIndex, questions, topicIndex: topicBuilder.build(), topics, wordCounts };
}

/** Weighted idf of the distinct terms of a question, in the question index. */
export function questionMass(index: InvertedIndex<QuestionField>, tokens: Tokens): number {
  let mass = 0;
  for (const field of ['words', 'bigrams', 'concepts'] as const) {
    for (const term of new Set(tokens[field])) mass += QUESTION_WEIGHTS[field] * index.idf(field, term);
  }
  return mass;
}
