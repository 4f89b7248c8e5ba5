import { buildCorpus, changeCorpus, type Corpus, type Knowledge } from '../answering/corpus.ts';
import type { SectionTokens } from '../answering/section-tokens.ts';
import type { AnsweringState } from '../answering/state.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { splitByValidity } from '../domain/validity.ts';
import type { Library } from '../knowledge/library.ts';

/** A day, and where it is that day. */
export interface Day {
  /** ISO. */
  readonly today: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** One consistent state of all that is answered from. */
export interface LibraryState extends AnsweringState {
  /** Counts up with each publication; 0: read from a folder, never published. */
  readonly version: number;
  /** All of it, whether in force or not. */
  readonly library: Library;
}

interface Split {
  readonly today: string;
  readonly inForce: readonly LibraryRecord[];
  readonly lapsed: readonly LibraryRecord[];
}

/** By the records of a library: how they were split last. */
const splits = new WeakMap<readonly LibraryRecord[], Split>();

function splitOn(records: readonly LibraryRecord[], today: string): Split {
  const known = splits.get(records);
  if (known?.today === today) return known;
  const split = { today, ...splitByValidity(records, today) };
  splits.set(records, split);
  return split;
}

/** @param build makes the corpus of the records in force, then that of the lapsed ones */
export function createState(
  library: Library,
  version: number,
  today: string,
  build: (knowledge: Knowledge, part: 'in-force' | 'lapsed') => Corpus = buildCorpus,
): LibraryState {
  const { inForce, lapsed } = splitOn(library.records, today);
  return {
    version,
    today,
    library,
    corpus: build({ ...library, records: inForce }, 'in-force'),
    lapsed: lapsed.length === 0 ? null : build({ ...library, records: lapsed }, 'lapsed'),
  };
}

/**
 * The state of another library, or of another day; whatever did not change is shared.
 * @param library with the lexicon, thesaurus and English list of before; records that did not change are the same objects
 * @param readAhead sections read before, by `readSections`
 */
export function changeState(
  state: LibraryState,
  library: Library,
  version: number,
  today: string,
  readAhead?: ReadonlyMap<Section, SectionTokens>,
): LibraryState {
  return createState(library, version, today, (knowledge, part) =>
    corpusAfter(part === 'in-force' ? state.corpus : state.lapsed, knowledge, readAhead),
  );
}

function corpusAfter(corpus: Corpus | null, knowledge: Knowledge, readAhead?: ReadonlyMap<Section, SectionTokens>): Corpus {
  if (!corpus) return buildCorpus(knowledge);
  const changed = newIn(corpus, knowledge.records);
  const isSame = changed.length === 0 && knowledge.records.length === corpus.knowledge.records.length;
  return isSame ? corpus : changeCorpus(corpus, knowledge, new Set(changed.map(({ id }) => id)), readAhead);
}

/** Records that a corpus does not hold, or holds in another state. */
function newIn(corpus: Corpus | null, records: readonly LibraryRecord[]): LibraryRecord[] {
  const before = new Set(corpus?.knowledge.records);
  return records.filter((record) => !before.has(record));
}

/** Records that have to be read for a change: those that came, changed, or moved from one corpus to the other. */
export function recordsToRead(state: LibraryState, library: Library, today: string): LibraryRecord[] {
  const { inForce, lapsed } = splitOn(library.records, today);
  return [...newIn(state.corpus, inForce), ...newIn(state.lapsed, lapsed)];
}

/** How much there is to read in some records, in characters: reading takes about 10 µs for each. */
export const weightOf = (records: readonly LibraryRecord[]): number =>
  records.reduce(
    (sum, { sections }) =>
      sections.reduce(
        (total, { text, questions }) => questions.reduce((all, question) => all + question.text.length, total + text.length),
        sum,
      ),
    0,
  );
