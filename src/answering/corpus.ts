import type { LibraryRecord, Section } from '../domain/record.ts';
import { sentenceText } from '../domain/record.ts';
import { addWords } from '../text/segment.ts';
import { STOP_WORDS } from '../text/stopwords.ts';
import { createThesaurus, type Thesaurus, type ThesaurusGroup } from '../text/thesaurus.ts';
import { tokenise } from '../text/tokens.ts';
import { buildIndexes, type Indexes, type QuestionField } from './indexes.ts';
import { createPinyinReader, type PinyinReader } from './pinyin-reader.ts';
import { createSpeller, type Speller } from './speller.ts';
import { namesOf, phrasesOf } from './vocabulary.ts';

/** What the answerer is given to know. */
export interface Knowledge {
  readonly records: readonly LibraryRecord[];
  readonly lexicon: readonly string[];
  readonly thesaurus: readonly ThesaurusGroup[];
  readonly english: ReadonlyMap<string, readonly string[]>;
}

/** The distinct terms of a sentence. */
export type SentenceTerms = Readonly<Record<QuestionField, ReadonlySet<string>>>;

/** Everything the answerer searches, built once from the library and replaced whole when it changes. */
export interface Corpus extends Omit<Indexes, 'wordCounts'> {
  readonly sections: readonly Section[];
  readonly recordOf: (section: Section) => LibraryRecord;
  readonly thesaurus: Thesaurus;
  readonly english: ReadonlyMap<string, readonly string[]>;
  readonly speller: Speller;
  readonly pinyin: PinyinReader;
  /** Builds what is otherwise built at the first misspelt question or the first one in pinyin (about 0.3 s). */
  readonly warmUp: () => void;
  /** What each sentence of a section holds, title not included. */
  readonly sentenceTerms: (section: number) => readonly SentenceTerms[];
}

/** Sections whose sentence tokens are kept at hand. */
const SENTENCE_CACHE = 2_000;

/** Builds the indexes and what reads questions. Does no I/O, and holds the thread while it builds: under two seconds for the shipped library. */
export function buildCorpus(knowledge: Knowledge): Corpus {
  addWords(knowledge.lexicon);
  const thesaurus = createThesaurus(knowledge.thesaurus);
  const sections = knowledge.records.flatMap((record) => record.sections);
  const records = new Map(knowledge.records.map((record) => [record.id, record]));

  const { wordCounts, ...indexes } = buildIndexes(sections, thesaurus);
  const { sectionIndex } = indexes;
  const han = new Map<string, number>([...STOP_WORDS].map((word) => [word, 1]));
  for (const [word, times] of wordCounts) if (/^\p{Script=Han}+$/u.test(word)) han.set(word, times);
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
    ...indexes,
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
