import type { LibraryRecord, Section } from '../domain/record.ts';
import { sentenceText } from '../domain/record.ts';
import { hasHan } from '../text/normalise.ts';
import { addWords, loadTagger } from '../text/segment.ts';
import { STOP_WORDS } from '../text/stopwords.ts';
import { createThesaurus, type Thesaurus, type ThesaurusGroup } from '../text/thesaurus.ts';
import { tokenise } from '../text/tokens.ts';
import { buildIndexes, changeIndexes, type Indexes, type IndexSegments, restoreIndexes, type TopicField } from './indexes.ts';
import { knownSections } from './known-questions.ts';
import { createPinyinReader, type PinyinReader } from './pinyin-reader.ts';
import { readableText } from './text-features.ts';
import { createSectionReader, type SectionTokens } from './section-tokens.ts';
import { createSpeller, type Speller } from './speller.ts';
import { type Touched, type Vocabulary, VocabularyBuilder } from './vocabulary.ts';

/** What the answerer is given to know. */
export interface Knowledge {
  readonly records: readonly LibraryRecord[];
  readonly lexicon: readonly string[];
  readonly thesaurus: readonly ThesaurusGroup[];
  readonly english: ReadonlyMap<string, readonly string[]>;
}

/** The distinct terms of a sentence. */
export type SentenceTerms = Readonly<Record<TopicField, ReadonlySet<string>>>;

/** Everything the answerer searches. Immutable: a change of the library makes another one, which shares what did not change. */
export interface Corpus extends Indexes {
  readonly knowledge: Knowledge;
  /** In the order of the library. */
  readonly sections: readonly Section[];
  /** A section by its number in the indexes. */
  readonly sectionAt: (number: number) => Section;
  /** Number of a section by its id; null when there is no such section. */
  readonly numberOf: (id: string) => number | null;
  /** By record: the number of its first section; its others follow. */
  readonly firstSections: ReadonlyMap<string, number>;
  readonly recordOf: (section: Section) => LibraryRecord;
  /** A record by its id. */
  readonly record: (id: string) => LibraryRecord | null;
  readonly thesaurus: Thesaurus;
  readonly english: ReadonlyMap<string, readonly string[]>;
  readonly vocabulary: Vocabulary;
  readonly speller: Speller;
  readonly pinyin: PinyinReader;
  /** Loads and builds what otherwise the first question, the first misspelt one and the first one in pinyin wait for (about 0.8 s). */
  readonly warmUp: () => void;
  /** What each sentence of a section holds, title not included. */
  readonly sentenceTerms: (section: number) => readonly SentenceTerms[];
  /** Its text as it is read by `text-features.ts`. */
  readonly readText: (section: number) => string;
}

/** What of a corpus is worked out from the library's texts: the costly part. */
interface CorpusState {
  readonly indexes: Indexes;
  readonly vocabulary: Vocabulary;
  /** By number; those of removed sections are never looked at again. */
  readonly numbered: readonly Section[];
  readonly firstSections: ReadonlyMap<string, number>;
  /** Left out when the corpus is built as a whole. */
  readonly change?: { readonly before: Corpus; readonly touched: Touched };
}

/** Where the sections of some records stand that are numbered one after another. */
function placeRecords(records: readonly LibraryRecord[], from: number, places: Map<string, number> = new Map()): Map<string, number> {
  let next = from;
  for (const { id, sections } of records) {
    places.set(id, next);
    next += sections.length;
  }
  return places;
}

/** Sections whose sentences are kept at hand in the forms they are compared in. */
const REMEMBERED_SECTIONS = 2_000;

/** Builds the indexes and what reads questions. Does no I/O, and holds the thread while it builds: about 1.5 s for the shipped library. */
export function buildCorpus(knowledge: Knowledge): Corpus {
  addWords(knowledge.lexicon);
  const thesaurus = createThesaurus(knowledge.thesaurus);
  const sections = knowledge.records.flatMap((record) => record.sections);
  const words = new VocabularyBuilder(null);
  const indexes = buildIndexes(sections, counting(words, thesaurus, knowledge));
  return corpusOf(knowledge, thesaurus, {
    indexes,
    vocabulary: words.build(),
    numbered: sections,
    firstSections: placeRecords(knowledge.records, 0),
  });
}

/** The corpus of a library, from what was worked out from the same library before (see `corpus-snapshot.ts`). */
export function restoreCorpus(knowledge: Knowledge, segments: IndexSegments, vocabulary: Vocabulary): Corpus {
  addWords(knowledge.lexicon);
  const sections = knowledge.records.flatMap((record) => record.sections);
  return corpusOf(knowledge, createThesaurus(knowledge.thesaurus), {
    indexes: restoreIndexes(sections, segments),
    vocabulary,
    numbered: sections,
    firstSections: placeRecords(knowledge.records, 0),
  });
}

/**
 * The corpus after a change of records alone: everything worked out from the others is shared. A word that no text has any more stays in the
 * spelling vocabulary until the corpus is built anew.
 * @param knowledge with the lexicon, thesaurus and English list of before. @param changedIds new records, and those whose content changed.
 * @param readAhead sections that are read already, by `readSections`
 */
export function changeCorpus(
  corpus: Corpus,
  knowledge: Knowledge,
  changedIds: ReadonlySet<string>,
  readAhead: ReadonlyMap<Section, SectionTokens> = NOTHING_READ,
): Corpus {
  const changed = knowledge.records.filter(({ id }) => changedIds.has(id));
  const kept = new Set<string>();
  for (const { id } of knowledge.records) if (!changedIds.has(id)) kept.add(id);
  const gone = corpus.knowledge.records.filter(({ id }) => !kept.has(id));
  const removed = new Set(gone.flatMap(({ id, sections }) => sections.map((_, at) => corpus.firstSections.get(id)! + at)));
  const added = changed.flatMap((record) => record.sections);

  const words = new VocabularyBuilder(corpus.vocabulary);
  const indexes = changeIndexes(corpus, removed, added, counting(words, corpus.thesaurus, knowledge, readAhead));
  const size = corpus.sectionIndex.size;
  const numbered: Section[] = [];
  for (let number = 0; number < size; number++) numbered.push(corpus.sectionAt(number));
  numbered.push(...added);
  const firstSections = new Map(corpus.firstSections);
  for (const { id } of gone) firstSections.delete(id);
  placeRecords(changed, size, firstSections);
  const change = { before: corpus, touched: words.touched! };
  return corpusOf(knowledge, corpus.thesaurus, { indexes, vocabulary: words.build(), numbered, firstSections, change });
}

const NOTHING_READ: ReadonlyMap<Section, SectionTokens> = new Map();

/**
 * Reads the sections of records ahead of `changeCorpus`, one with each step: most of the work of a change, which may so be done a little at a
 * time between answers.
 */
export function* readSections(corpus: Corpus, records: readonly LibraryRecord[]): Generator<void, Map<Section, SectionTokens>> {
  const read = createSectionReader(corpus.thesaurus);
  const tokens = new Map<Section, SectionTokens>();
  for (const record of records) {
    for (const section of record.sections) {
      tokens.set(section, read(section, record));
      yield;
    }
  }
  return tokens;
}

/** Tokens of a section, counted into the vocabulary on the way. */
function counting(
  words: VocabularyBuilder,
  thesaurus: Thesaurus,
  { records }: Knowledge,
  readAhead: ReadonlyMap<Section, SectionTokens> = NOTHING_READ,
): (section: Section) => SectionTokens {
  const recordOf = new Map(records.map((record) => [record.id, record]));
  const read = createSectionReader(thesaurus);
  return (section) => {
    const tokens = readAhead.get(section) ?? read(section, recordOf.get(section.documentId)!);
    words.add(section, tokens);
    return tokens;
  };
}

function corpusOf(
  knowledge: Knowledge,
  thesaurus: Thesaurus,
  { indexes, vocabulary, numbered, firstSections, change }: CorpusState,
): Corpus {
  const records = new Map(knowledge.records.map((record) => [record.id, record]));
  const sections = knowledge.records.flatMap((record) => record.sections);
  const numberOf = (id: string): number | null => {
    const record = records.get(id.slice(0, id.lastIndexOf('#')));
    const at = record === undefined ? -1 : record.sections.findIndex((section) => section.id === id);
    return at < 0 ? null : firstSections.get(record!.id)! + at;
  };
  const { sectionIndex } = indexes;
  const isKnownPair = (pair: string): boolean =>
    sectionIndex.documentFrequency('textBigrams', pair) > 0 || sectionIndex.documentFrequency('askedBigrams', pair) > 0;
  const spelling = { phrases: vocabulary.phrases, isKnownPair };
  const speller = change
    ? change.before.speller.extended(spelling, namesAdded(change.touched, knowledge))
    : createSpeller({ ...spelling, names: namesIn(vocabulary, knowledge, sectionIndex) });
  const pinyin = change
    ? change.before.pinyin.extended(wordsAdded(change.touched), (word) => frequencyOf(word, sectionIndex, vocabulary))
    : createPinyinReader(() => wordFrequencies(sectionIndex, vocabulary));

  return {
    ...indexes,
    knowledge,
    sections,
    sectionAt: (number) => numbered[number]!,
    numberOf,
    firstSections,
    recordOf: (section) => records.get(section.documentId)!,
    record: (id) => records.get(id) ?? null,
    thesaurus,
    english: knowledge.english,
    vocabulary,
    speller,
    pinyin,
    warmUp() {
      loadTagger();
      speller.correct('企页');
      pinyin.read('qiye');
      knownSections([], knowledge);
    },
    ...readersOf((number) => numbered[number]!, thesaurus),
  };
}

/** Sections in the forms they are compared in, each worked out when it is asked for. */
export function readersOf(sectionAt: (number: number) => Section, thesaurus: Thesaurus): Pick<Corpus, 'sentenceTerms' | 'readText'> {
  return {
    sentenceTerms: remembered((number) => {
      const section = sectionAt(number);
      return section.sentences.map((_, sentence): SentenceTerms => {
        const { words, bigrams, characters, concepts } = tokenise(sentenceText(section, sentence), thesaurus);
        return { words: new Set(words), bigrams: new Set(bigrams), characters: new Set(characters), concepts: new Set(concepts) };
      });
    }),
    readText: remembered((number) => readableText(sectionAt(number))),
  };
}

/** Titles and tags, and the words of the lexicon that stand in the library. */
function namesIn({ names }: Vocabulary, { lexicon }: Knowledge, sectionIndex: Indexes['sectionIndex']): string[] {
  const isUsed = (name: string): boolean =>
    [...name].every((character, at, all) => at === 0 || sectionIndex.documentFrequency('textBigrams', all[at - 1]! + character) > 0);
  return [...new Set([...names, ...lexicon.filter(isUsed)])];
}

const namesAdded = ({ names, phrases, words }: Touched, { lexicon }: Knowledge) => ({
  names: new Set([...names, ...lexicon.filter((word) => words.has(word))]),
  phrases,
});

const wordsAdded = ({ words, phrases }: Touched): Set<string> => new Set([...[...words].filter(hasHan), ...phrases]);

/** An official text counts this much more than a question: its words are what people mean, those of the questions only fill the gaps. */
const TEXT_COUNT = 3;

/** Chinese words of the library, and phrases that are no word of it, with how often they stand in it. */
function wordFrequencies(sectionIndex: Indexes['sectionIndex'], { phrases }: Vocabulary): ReadonlyMap<string, number> {
  const counts = new Map([...STOP_WORDS].map((word) => [word, 1]));
  const count = (word: string, times: number): void => {
    if (hasHan(word)) counts.set(word, (counts.get(word) ?? 0) + times);
  };
  for (const [word, times] of sectionIndex.termCounts('textWords')) count(word, TEXT_COUNT * times);
  for (const [word, times] of sectionIndex.termCounts('askedWords')) count(word, times);
  for (const [phrase, times] of phrases) if (!counts.has(phrase)) counts.set(phrase, times);
  return counts;
}

/** As `wordFrequencies` counts a word. */
const frequencyOf = (word: string, sectionIndex: Indexes['sectionIndex'], { phrases }: Vocabulary): number =>
  TEXT_COUNT * sectionIndex.termCount('textWords', word) + sectionIndex.termCount('askedWords', word) || (phrases.get(word) ?? 0);

/** Keeps what was worked out last for a bounded number of sections. */
function remembered<T>(work: (section: number) => T): (section: number) => T {
  const known = new Map<number, T>();
  return (section) => {
    let result = known.get(section);
    if (result === undefined) {
      result = work(section);
      if (known.size >= REMEMBERED_SECTIONS) known.delete(known.keys().next().value!);
      known.set(section, result);
    }
    return result;
  };
}
