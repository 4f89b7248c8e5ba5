import { lazy } from './lazy.ts';
import { isPinyin, isSyllable, MAX_SYLLABLE_LETTERS, syllables } from '../text/pinyin.ts';

/** Reads pinyin back into the words of the library. */
export interface PinyinReader {
  /**
   * The likeliest words for a run of letters, or null when less than `MIN_COVERAGE` of it can be read so.
   * @example read('rencaigangwanjihua') // → "人才港湾计划"
   */
  read(letters: string): { text: string; coverage: number } | null;
  /**
   * The reader of a library after a change: what was worked out from the others is shared. A word no text has any more goes on being read.
   * @param words that came with the change @param countOf how often a word stands in the library now
   */
  extended(words: ReadonlySet<string>, countOf: (word: string) => number): PinyinReader;
}

/** Less than this share of the letters read as known words is not pinyin of ours. */
const MIN_COVERAGE = 0.6;
const MAX_WORD_LETTERS = 36;
/** Cost of a syllable, and of a letter, that no known word explains: any word beats it. */
const SYLLABLE_COST = 9;
const LETTER_COST = 14;

interface Reading {
  readonly word: string;
  readonly cost: number;
}

/**
 * @param frequencies how often each word stands in the library, asked for at the first question in pinyin; commoner words win between homophones,
 * longer words over several short ones.
 */
export function createPinyinReader(frequencies: () => ReadonlyMap<string, number>): PinyinReader {
  // Built at the first question in pinyin.
  const tables = lazy(() => readingTables(frequencies()));
  return readerOf(tables, new Set(), () => 0);
}

/** @param words what was added to the tables since they were first asked for */
function readerOf(tables: () => ReadingTables, words: ReadonlySet<string>, countOf: (word: string) => number): PinyinReader {
  // How often a word that was known before stands in the library has hardly changed.
  const added = lazy(() => {
    const { total, words: known } = tables();
    return readingTables(new Map([...words].flatMap((word) => (known.has(word) ? [] : [[word, countOf(word)]]))), total);
  });
  const cheapest = (table: 'byLetters' | 'byInitials', key: string): Reading | undefined => {
    const [known, other] = [tables()[table].get(key), words.size === 0 ? undefined : added()[table].get(key)];
    return known && other ? (other.cost < known.cost ? other : known) : (known ?? other);
  };
  return {
    read(letters) {
      const initials = isPinyin(letters) ? undefined : cheapest('byInitials', letters);
      if (initials) return { text: initials.word, coverage: 1 };
      const best = cheapestPath(letters, (piece) => cheapest('byLetters', piece));
      const coverage = best.known / (letters.length || 1);
      return coverage >= MIN_COVERAGE && best.words.length > 0 ? { text: best.words.join(''), coverage } : null;
    },
    extended: (more, count) => readerOf(tables, new Set([...words, ...more]), count),
  };
}

interface ReadingTables {
  /** All words together, by how often they stand in the library. */
  readonly total: number;
  readonly words: { has(word: string): boolean };
  readonly byLetters: ReadonlyMap<string, Reading>;
  readonly byInitials: ReadonlyMap<string, Reading>;
}

function readingTables(
  frequencies: ReadonlyMap<string, number>,
  total = [...frequencies.values()].reduce((sum, count) => sum + count, 0) || 1,
): ReadingTables {
  const byLetters = new Map<string, Reading>();
  const byInitials = new Map<string, Reading>();
  for (const [word, count] of frequencies) {
    if (count === 0) continue;
    const read = syllables(word);
    if (read.length !== [...word].length) continue;
    const cost = -Math.log(count / total);
    keepCheapest(byLetters, read.join(''), { word, cost });
    if (read.length >= 3) keepCheapest(byInitials, read.map((syllable) => syllable[0]).join(''), { word, cost });
  }
  return { total, words: frequencies, byLetters, byInitials };
}

function keepCheapest(readings: Map<string, Reading>, key: string, reading: Reading): void {
  const known = readings.get(key);
  if (!known || reading.cost < known.cost) readings.set(key, reading);
}

interface Path {
  readonly cost: number;
  readonly words: readonly string[];
  /** Letters explained by words. */
  readonly known: number;
}

/** Shortest path over the letters: edges are words by their price, or, dearer, one unknown syllable or letter. */
function cheapestPath(letters: string, readingOf: (piece: string) => Reading | undefined): Path {
  const paths: (Path | undefined)[] = [{ cost: 0, words: [], known: 0 }];
  const offer = (end: number, path: Path): void => {
    if (!paths[end] || path.cost < paths[end].cost) paths[end] = path;
  };
  for (let start = 0; start < letters.length; start++) {
    const path = paths[start];
    if (!path) continue;
    for (let length = 1; length <= MAX_WORD_LETTERS && start + length <= letters.length; length++) {
      const piece = letters.slice(start, start + length);
      const reading = readingOf(piece);
      if (reading) {
        offer(start + length, { cost: path.cost + reading.cost, words: [...path.words, reading.word], known: path.known + length });
      }
      if (length <= MAX_SYLLABLE_LETTERS && isSyllable(piece)) offer(start + length, { ...path, cost: path.cost + SYLLABLE_COST });
    }
    offer(start + 1, { ...path, cost: path.cost + LETTER_COST });
  }
  return paths[letters.length]!;
}
