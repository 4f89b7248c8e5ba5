import { lazy } from './lazy.ts';
import { FuzzyVocabulary } from '../search/fuzzy.ts';
import { runs } from '../text/normalise.ts';
import { plainSyllables, softened } from '../text/pinyin.ts';
import { segment } from '../text/segment.ts';
import { lookAlikes } from '../text/shapes.ts';
import { STOP_WORDS } from '../text/stopwords.ts';

/** One place in a question that was read as something else. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** Puts misspelt library words right: by sound, then by the look of a character, then by likeness to a name as a whole. */
export interface Speller {
  /** @example correct('高薪技术企页怎么陪育') // → { text: "高新技术企业怎么培育", corrections: [高薪技术→高新技术, …] } */
  correct(text: string): { text: string; corrections: Correction[] };
  /**
   * The speller of a library after a change: what was worked out from the others is shared. A phrase no text has any more goes on being known.
   * @param vocabulary after the change @param added names and phrases that came with it, known before or not
   */
  extended(vocabulary: Omit<SpellingVocabulary, 'names'>, added: Additions): Speller;
}

interface Additions {
  readonly names: ReadonlySet<string>;
  readonly phrases: ReadonlySet<string>;
}

/** What a misspelling may stand for. */
export interface SpellingVocabulary {
  /** Phrases of 2–6 characters and how often each stands in the library. */
  readonly phrases: ReadonlyMap<string, number>;
  /** Titles, tags and lexicon words: the few that are also recognised by likeness as a whole. */
  readonly names: readonly string[];
  /** Whether two neighbouring characters stand so anywhere in the library. */
  readonly isKnownPair: (pair: string) => boolean;
}

const MAX_SPAN = 6;
/** Shorter phrases have too many neighbours in sound once zh is z and -ng is -n. */
const MIN_SOFT_SPAN = 4;
/** Shorter phrases have too many neighbours at one changed character. */
const MIN_LIKENESS_SPAN = 4;
/** Nobody misspells more words than this in a question; a text made to do so must not keep us busy. */
const MAX_CORRECTIONS = 12;

/** What is worked out from a vocabulary, when the first question needs it: most have no misspelling at all. */
interface Tables {
  readonly sounds: () => SoundTable;
  readonly names: () => ReadonlyMap<string, readonly string[]>;
}

/** Builds the speller; cheap next to building the index. */
export function createSpeller({ phrases, names, isKnownPair }: SpellingVocabulary): Speller {
  const tables = { sounds: lazy(() => soundTable(phrases.keys(), phrases)), names: lazy(() => namesByPair(names)) };
  return spellerOf({ phrases, isKnownPair }, tables, { names: new Set(), phrases: new Set() });
}

/** @param tables of the vocabulary as it first was @param added what came since */
function spellerOf({ phrases, isKnownPair }: Omit<SpellingVocabulary, 'names'>, tables: Tables, added: Additions): Speller {
  const sinceThen: Tables = { sounds: lazy(() => soundTable(added.phrases, phrases)), names: lazy(() => namesByPair(added.names)) };
  const layers = [tables, sinceThen];

  const commonest = (table: keyof SoundTable, sound: string): string | undefined => {
    const [known, other] = layers.map(({ sounds }) => sounds()[table].get(sound));
    return known !== undefined && other !== undefined && phrases.get(other)! > phrases.get(known)! ? other : (known ?? other);
  };
  const soundsLike = (span: string): string | undefined => {
    const sound = plainSyllables(span);
    return commonest('exact', sound.join(' ')) ?? commonest('soft', sound.map(softened).join(' '));
  };

  const looksLike = (span: string): string | undefined => {
    const characters = [...span];
    let best: string | undefined;
    characters.forEach((character, at) => {
      for (const other of lookAlikes(character)) {
        const phrase = [...characters.slice(0, at), other, ...characters.slice(at + 1)].join('');
        const count = phrases.get(phrase);
        if (count !== undefined && (best === undefined || count > phrases.get(best)!)) best = phrase;
      }
    });
    return best;
  };

  const resembles = (span: string): string | undefined => {
    const alike = new Set(pairKeys(span).flatMap((key) => layers.flatMap(({ names }) => names().get(key) ?? [])));
    const near = [...alike].filter((name) => changedCharacters(name, span) === 1);
    if (near.length < 2) return near[0];
    const vocabulary = new FuzzyVocabulary(near.map((phrase) => ({ phrase, spelling: plainSyllables(phrase).join('') })));
    return vocabulary.search(span, plainSyllables(span).join(''), 1)[0]?.phrase;
  };

  /** Rewrites, longest span first, what holds a pair of characters the library does not know and leaves the question's own words whole. */
  const correctRun = (run: string, corrections: Correction[]): string => {
    let characters = [...run];
    let words = wordSpans(run);
    for (const find of [soundsLike, looksLike, resembles]) {
      for (let length = Math.min(MAX_SPAN, characters.length); length >= 2; length--) {
        for (let start = 0; start + length <= characters.length; start++) {
          const span = characters.slice(start, start + length);
          if (span.every((character, at) => at === 0 || isKnownPair(span[at - 1]! + character))) continue;
          if (cutsWord(words, start, start + length)) continue;
          const isSure = isSuspect(words, start, start + length);
          if (!isSure && (find !== soundsLike || length < MIN_SOFT_SPAN)) continue;
          if (find === resembles) {
            // A name with one wrong character keeps at least one of its pairs.
            const hasKnownPair = span.some((character, at) => at > 0 && isKnownPair(span[at - 1]! + character));
            if (!hasKnownPair || span.length < MIN_LIKENESS_SPAN) continue;
          }
          const from = span.join('');
          const to = find(from);
          if (to === undefined || to === from) continue;
          // Whole words may be misspelt into other words (高薪技术); then most of the phrase must stand as it should.
          if (!isSure && (changedCharacters(to, from) * 2 > length || plainSyllables(to).join() !== plainSyllables(from).join())) continue;
          if (corrections.length >= MAX_CORRECTIONS) return characters.join('');
          corrections.push({ from, to });
          characters = [...characters.slice(0, start), ...to, ...characters.slice(start + length)];
          words = wordSpans(characters.join(''));
        }
      }
    }
    return characters.join('');
  };

  return {
    correct(text) {
      const corrections: Correction[] = [];
      let corrected = '';
      let at = 0;
      for (const run of runs(text)) {
        corrected += text.slice(at, run.start) + (run.isHan ? correctRun(run.text, corrections) : run.text);
        at = run.start + run.text.length;
      }
      return { text: corrected + text.slice(at), corrections };
    },
    extended: (vocabulary, more) =>
      spellerOf(vocabulary, tables, {
        names: new Set([...added.names, ...more.names]),
        phrases: new Set([...added.phrases, ...more.phrases]),
      }),
  };
}

/** The pairs of neighbouring characters of a phrase, each with its place and the phrase's length: a name with one wrong character keeps some. */
const pairKeys = (phrase: string): string[] =>
  Array.from({ length: phrase.length - 1 }, (_, at) => `${phrase.length}/${at}/${phrase.slice(at, at + 2)}`);

function namesByPair(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    for (const key of pairKeys(name)) {
      const known = found.get(key);
      if (known) known.push(name);
      else found.set(key, [name]);
    }
  }
  return found;
}

interface SoundTable {
  readonly exact: ReadonlyMap<string, string>;
  readonly soft: ReadonlyMap<string, string>;
}

/** The commonest phrase for each sound, exact and softened. */
function soundTable(phrases: Iterable<string>, counts: ReadonlyMap<string, number>): SoundTable {
  const exact = new Map<string, string>();
  const soft = new Map<string, string>();
  const keep = (table: Map<string, string>, key: string, phrase: string): void => {
    const known = table.get(key);
    if (known === undefined || counts.get(phrase)! > counts.get(known)!) table.set(key, phrase);
  };
  for (const phrase of phrases) {
    const sound = plainSyllables(phrase);
    keep(exact, sound.join(' '), phrase);
    if (sound.length >= MIN_SOFT_SPAN) keep(soft, sound.map(softened).join(' '), phrase);
  }
  return { exact, soft };
}

/** Where the dictionary words of a run stand, in characters. */
interface WordSpans {
  /** Whether a word starts or ends at a position. */
  readonly isBoundary: readonly boolean[];
  /** Suspect words that start before a position. */
  readonly suspectsBefore: readonly number[];
}

function wordSpans(run: string): WordSpans {
  const isBoundary = [true];
  const suspectsBefore = [0];
  for (const word of segment(run)) {
    const length = [...word].length;
    // Left over between words, as misspelt words are; or a long word of its own (高薪技术), which may be one too.
    const isSuspect = length >= 4 || (length === 1 && !STOP_WORDS.has(word));
    const count = suspectsBefore.at(-1)! + (isSuspect ? 1 : 0);
    for (let at = 1; at <= length; at++) {
      isBoundary.push(at === length);
      suspectsBefore.push(count);
    }
  }
  return { isBoundary, suspectsBefore };
}

/** Whether an end of [start, end) falls inside a dictionary word. */
const cutsWord = ({ isBoundary }: WordSpans, start: number, end: number): boolean => isBoundary[start] !== true || isBoundary[end] !== true;

/** Whether [start, end) holds something suspect. */
const isSuspect = ({ suspectsBefore }: WordSpans, start: number, end: number): boolean => suspectsBefore[end]! > suspectsBefore[start]!;

/** Places at which two texts of one length differ. */
function changedCharacters(a: string, b: string): number {
  const other = [...b];
  return [...a].filter((character, at) => character !== other[at]).length;
}
