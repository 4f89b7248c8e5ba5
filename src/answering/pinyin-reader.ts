import { isPinyin, isSyllable, MAX_SYLLABLE_LETTERS, syllables } from '../text/pinyin.ts';

/** Reads pinyin back into the words of the library. */
export interface PinyinReader {
  /**
   * The likeliest words for a run of letters, or null when less than `MIN_COVERAGE` of it can be read so.
   * @example read('rencaigangwanjihua') // → "人才港湾计划"
   */
  read(letters: string): { text: string; coverage: number } | null;
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
  let tables: ReadingTables | null = null;
  return {
    read(letters) {
      tables ??= readingTables(frequencies());
      const initials = isPinyin(letters) ? undefined : tables.byInitials.get(letters);
      if (initials) return { text: initials.word, coverage: 1 };
      const best = cheapestPath(letters, tables.byLetters);
      const coverage = best.known / (letters.length || 1);
      return coverage >= MIN_COVERAGE && best.words.length > 0 ? { text: best.words.join(''), coverage } : null;
    },
  };
}

interface ReadingTables {
  readonly byLetters: ReadonlyMap<string, Reading>;
  readonly byInitials: ReadonlyMap<string, Reading>;
}

function readingTables(frequencies: ReadonlyMap<string, number>): ReadingTables {
  const total = [...frequencies.values()].reduce((sum, count) => sum + count, 0) || 1;
  const byLetters = new Map<string, Reading>();
  const byInitials = new Map<string, Reading>();
  for (const [word, count] of frequencies) {
    const read = syllables(word);
    if (read.length !== [...word].length) continue;
    const cost = -Math.log(count / total);
    keepCheapest(byLetters, read.join(''), { word, cost });
    if (read.length >= 3) keepCheapest(byInitials, read.map((syllable) => syllable[0]).join(''), { word, cost });
  }
  return { byLetters, byInitials };
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
function cheapestPath(letters: string, readings: ReadonlyMap<string, Reading>): Path {
  const paths: (Path | undefined)[] = [{ cost: 0, words: [], known: 0 }];
  const offer = (end: number, path: Path): void => {
    if (!paths[end] || path.cost < paths[end].cost) paths[end] = path;
  };
  for (let start = 0; start < letters.length; start++) {
    const path = paths[start];
    if (!path) continue;
    for (let length = 1; length <= MAX_WORD_LETTERS && start + length <= letters.length; length++) {
      const piece = letters.slice(start, start + length);
      const reading = readings.get(piece);
      if (reading) {
        offer(start + length, { cost: path.cost + reading.cost, words: [...path.words, reading.word], known: path.known + length });
      }
      if (length <= MAX_SYLLABLE_LETTERS && isSyllable(piece)) offer(start + length, { ...path, cost: path.cost + SYLLABLE_COST });
    }
    offer(start + 1, { ...path, cost: path.cost + LETTER_COST });
  }
  return paths[letters.length]!;
}
