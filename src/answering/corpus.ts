import type { LibraryRecord, Section } from '../domain/record.ts';
import { sentenceText } from '../domain/record.ts';
import { IndexBuilder, type InvertedIndex } from '../search/inverted-index.ts';
import { runs } from '../text/normalise.ts';
import { addWords, segment, segmentOnce } from '../text/segment.ts';
import { STOP_WORDS } from '../text/stopwords.ts';
import { createThesaurus, type Thesaurus, type ThesaurusGroup } from '../text/thesaurus.ts';
import { bigramsOf, comparable, type Tokens, tokenise } from '../text/tokens.ts';
import { createPinyinReader, type PinyinReader } from './pinyin-reader.ts';
import { createSpeller, type Speller } from './speller.ts';

/** What the answerer is given to know. */
export interface Knowledge {
  readonly records: readonly LibraryRecord[];
  readonly lexicon: readonly string[];
  readonly thesaurus: readonly ThesaurusGroup[];
  readonly english: ReadonlyMap<string, readonly string[]>;
}

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

/** The distinct terms of a sentence. */
export type SentenceTerms = Readonly<Record<QuestionField, ReadonlySet<string>>>;

/** One sentence together with the questions it answers, as a document of the topic index. */
export interface IndexedTopic {
  /** Index into `sections`. */
  readonly section: number;
  readonly sentence: number;
}

/** Everything the answerer searches, built once from the library and replaced whole when it changes. */
export interface Corpus {
  readonly sections: readonly Section[];
  readonly recordOf: (section: Section) => LibraryRecord;
  readonly sectionIndex: InvertedIndex<SectionField>;
  readonly questionIndex: InvertedIndex<QuestionField>;
  readonly questions: readonly IndexedQuestion[];
  readonly topicIndex: InvertedIndex<TopicField>;
  readonly topics: readonly IndexedTopic[];
  readonly thesaurus: Thesaurus;
  readonly english: ReadonlyMap<string, readonly string[]>;
  readonly speller: Speller;
  readonly pinyin: PinyinReader;
  /** Builds what is otherwise built at the first misspelt question or the first one in pinyin (about 0.3 s). */
  readonly warmUp: () => void;
  /** What each sentence of a section holds, title not included. */
  readonly sentenceTerms: (section: number) => readonly SentenceTerms[];
}

/** Weights of the kinds of term when two questions are compared: bigrams repeat what words say, concepts are guesses. */
export const QUESTION_WEIGHTS: Readonly<Record<QuestionField, number>> = { words: 1, bigrams: 0.5, concepts: 0.7 };

const LONG_TEXT = { k1: 1.2, b: 0.6 };
const SHORT_TEXT = { k1: 0.6, b: 0.3 };
const SET = { k1: 0, b: 0 };

/** Sections whose sentence tokens are kept at hand. */
const SENTENCE_CACHE = 2_000;

/** Builds the indexes. Takes about 0.2 ms an indexed kilobyte; does no I/O. */
export function buildCorpus(knowledge: Knowledge): Corpus {
  addWords(knowledge.lexicon);
  const thesaurus = createThesaurus(knowledge.thesaurus);
  const sections = knowledge.records.flatMap((record) => record.sections);
  const records = new Map(knowledge.records.map((record) => [record.id, record]));

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

  for (const word of STOP_WORDS) count([word]);
  const han = new Map([...wordCounts].filter(([word]) => /^\p{Script=Han}+$/u.test(word)));
  const phrases = phrasesOf(sections, knowledge.lexicon);
  const isKnownPair = (pair: string): boolean =>
    sectionIndex.documentFrequency('textBigrams', pair) > 0 ||
    sectionIndex.documentFrequency('askedBigrams', pair) > 0 ||
    sectionIndex.documentFrequency('titleBigrams', pair) > 0;

  const speller = createSpeller({ phrases, names: namesOf(sections, knowledge.lexicon), isKnownPair });
  const pinyin = createPinyinReader(new Map([...han, ...[...phrases].filter(([phrase]) => !han.has(phrase))]));

  const cache = new Map<number, readonly SentenceTerms[]>();
  return {
    sections,
    recordOf: (section) => records.get(section.documentId)!,
    sectionIndex,
    questionIndex,
    questions,
    topicIndex: topicBuilder.build(),
    topics,
    thesaurus,
    english: knowledge.english,
    speller,
    pinyin,
    warmUp() {
      speller.correct('企页');
      pinyin.read('qiye');
    },
    sentenceTerms(at) {
      let terms = cache.get(at);
      if (!terms) {
        const section = sections[at]!;
        terms = section.sentences.map((_, sentence): SentenceTerms => {
          const { words, bigrams, concepts } = tokenise(sentenceText(section, sentence), thesaurus);
          return { words: new Set(words), bigrams: new Set(bigrams), concepts: new Set(concepts) };
        });
        if (cache.size >= SENTENCE_CACHE) cache.delete(cache.keys().next().value!);
        cache.set(at, terms);
      }
      return terms;
    },
  };
}

/** Weighted idf of the distinct terms of a question, in the question index. */
export function questionMass(index: InvertedIndex<QuestionField>, tokens: Tokens): number {
  let mass = 0;
  for (const field of ['words', 'bigrams', 'concepts'] as const) {
    for (const term of new Set(tokens[field])) mass += QUESTION_WEIGHTS[field] * index.idf(field, term);
  }
  return mass;
}

const isHanPhrase = (phrase: string): boolean => /^\p{Script=Han}{2,6}$/u.test(phrase);

/** Phrases a misspelling may stand for: words, and pairs of neighbouring words (高新 + 技术), of the official texts. */
function phrasesOf(sections: readonly Section[], lexicon: readonly string[]): Map<string, number> {
  const phrases = new Map<string, number>();
  const count = (phrase: string): void => {
    if (isHanPhrase(phrase)) phrases.set(phrase, (phrases.get(phrase) ?? 0) + 1);
  };
  for (const section of sections) {
    for (const source of [section.title, ...section.tags, section.text]) {
      for (const run of runs(comparable(source))) {
        const words = segmentOnce(run.text);
        words.forEach((word, at) => {
          count(word);
          const next = words[at + 1];
          if (next !== undefined && word.length > 1 && next.length > 1) count(word + next);
        });
        for (const word of segment(run.text)) count(word);
      }
    }
  }
  for (const word of namesOf(sections, lexicon)) count(word);
  return phrases;
}

/** Titles and tags, and those lexicon words the library uses. */
function namesOf(sections: readonly Section[], lexicon: readonly string[]): string[] {
  const pairs = new Set(sections.flatMap((section) => bigramsOf(comparable(section.text))));
  const isUsed = (word: string): boolean => [...word].every((character, at, all) => at === 0 || pairs.has(all[at - 1]! + character));
  const names = sections
    .flatMap((section) => [section.title, ...section.tags])
    .flatMap((name) => comparable(name).split(/[^\p{Script=Han}]+/u));
  return [...new Set([...names, ...lexicon.filter(isUsed)])].filter((name) => name.length >= 2);
}
