import type { LibraryRecord, Section } from '../domain/record.ts';
import type { CollectionCounts } from '../search/inverted-index.ts';
import { type Corpus, readersOf } from './corpus.ts';
import { type SectionField, sectionDocument } from './indexes.ts';
import type { SectionTokens } from './section-tokens.ts';

/** Some records of a collection that is kept elsewhere, each with those of its sections that matter now. */
export interface Fetched {
  readonly records: readonly LibraryRecord[];
  readonly tokensOf: (section: Section, record: LibraryRecord) => SectionTokens;
  /** What the whole collection counts, these records included. */
  readonly whole: CollectionCounts<SectionField>;
}

const NOTHING_ADDED = { names: new Set<string>(), phrases: new Set<string>() };

/**
 * The corpus with some sections of a larger collection, which rank as if all of that were in it. Browsing, alternate questions and what is named go
 * on to be the library's own. Costs what the sections hold; meant for one question.
 */
export function enlargeCorpus(corpus: Corpus, { records, tokensOf, whole }: Fetched): Corpus {
  const size = corpus.sectionIndex.size;
  const byId = new Map(records.map((record) => [record.id, record]));
  const added = records.flatMap((record) => record.sections);
  const numbers = new Map(added.map(({ id }, at) => [id, size + at]));
  const documents = added.map((section) => sectionDocument(tokensOf(section, byId.get(section.documentId)!)));
  const sectionIndex = corpus.sectionIndex.enlarged(documents, whole);
  const isKnownPair = (pair: string): boolean =>
    sectionIndex.documentFrequency('textBigrams', pair) > 0 || sectionIndex.documentFrequency('askedBigrams', pair) > 0;
  const own = readersOf((number) => added[number - size]!, corpus.thesaurus);
  return {
    ...corpus,
    sectionIndex,
    // No questions are bound to their sentences: none has a topic.
    firstTopics: corpus.firstTopics.concat(added.map(() => corpus.topicIndex.size)),
    sectionAt: (number) => (number < size ? corpus.sectionAt(number) : added[number - size]!),
    numberOf: (id) => numbers.get(id) ?? corpus.numberOf(id),
    recordOf: (section) => byId.get(section.documentId) ?? corpus.recordOf(section),
    record: (id) => byId.get(id) ?? corpus.record(id),
    speller: corpus.speller.extended({ phrases: corpus.vocabulary.phrases, isKnownPair }, NOTHING_ADDED),
    sentenceTerms: (number) => (number < size ? corpus.sentenceTerms : own.sentenceTerms)(number),
    readText: (number) => (number < size ? corpus.readText : own.readText)(number),
  };
}
