import { isHan, normalise } from './normalise.ts';
import { NUMERAL_CHARACTERS, numeralSpellings } from './numerals.ts';
import { segment } from './segment.ts';
import { simplify } from './simplify.ts';
import { STOP_CHARACTERS, STOP_WORDS } from './stopwords.ts';
import type { Thesaurus } from './thesaurus.ts';

/** A text as terms. Repeats are kept: they are frequencies. */
export interface Terms {
  /** jieba words, Latin words and numbers; stop words left out. */
  readonly words: readonly string[];
  /** Neighbouring words of two or more characters each, joined: 高新 + 技术. Not searched; the spelling of such phrases is known by them. */
  readonly pairs: readonly string[];
  /** Pairs of neighbouring Han characters: what still matches when words are cut differently. */
  readonly bigrams: readonly string[];
  /** Han characters that carry meaning by themselves: what is left in common when the same thing is put in quite other words. */
  readonly characters: readonly string[];
}

/** A text as the index sees it. */
export interface Tokens extends Terms {
  /** `c<number>` of every thesaurus group the text speaks of. */
  readonly concepts: readonly string[];
}

/** The comparable form of any text: normalised and in simplified script. */
export const comparable = (text: string): string => simplify(normalise(text));

export const conceptToken = (concept: number): string => `c${concept}`;

const HAN = 1;
/** Of the Han characters: one that says nothing by itself, and one that may belong to a numeral. */
const STOP = 2;
const NUMERAL = 4;
const LATIN = 8;
/** Half of a character beyond the common ones. */
const SURROGATE = 16;

/** What each UTF-16 unit is; made at the first use, in about 10 ms. */
let kinds: Uint8Array | null = null;
function kindsOfUnits(): Uint8Array {
  const found = new Uint8Array(0x1_0000);
  for (let unit = 0x2e80; unit < found.length; unit++) if (isHan(String.fromCharCode(unit))) found[unit] = HAN;
  for (const character of STOP_CHARACTERS) found[character.charCodeAt(0)]! |= STOP;
  for (const character of NUMERAL_CHARACTERS) found[character.charCodeAt(0)]! |= NUMERAL;
  for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789') found[character.charCodeAt(0)] = LATIN;
  return found.fill(SURROGATE, 0xd800, 0xdc00);
}

const LATIN_RUN = /[a-z0-9]+(?:[.+&-][a-z0-9]+)*[+%]?/y;

/** Terms of a comparable text. */
export function termsOf(text: string): Terms {
  kinds ??= kindsOfUnits();
  const words: string[] = [];
  const pairs: string[] = [];
  let before = '';
  // One call for the whole text: each costs more than the words of a short run.
  for (const word of segment(text)) {
    const kind = kinds[word.charCodeAt(0)]!;
    if ((kind & HAN) === 0 && !(kind === SURROGATE && isHan(word))) {
      before = '';
      continue;
    }
    if (!STOP_WORDS.has(word)) words.push(word);
    if (before.length > 1 && word.length > 1) pairs.push(before + word);
    before = word;
  }
  return { words, pairs, ...charactersOf(text, kinds, words) };
}

/** Reads a text character by character. Adds its Latin words and numbers, and its numerals as numbers, to `words`. */
function charactersOf(text: string, kindOf: Uint8Array, words: string[]): Pick<Terms, 'bigrams' | 'characters'> {
  const bigrams: string[] = [];
  const characters: string[] = [];
  /** One of two characters or more: others are none. */
  let hasNumeral = false;
  let wasNumeral = false;
  /** Where the Han character just before begins; below 0: none stands there. */
  let start = -1;
  let wasStop = true;
  for (let at = 0; at < text.length; ) {
    const kind = kindOf[text.charCodeAt(at)]!;
    if (kind === LATIN) {
      LATIN_RUN.lastIndex = at;
      const run = LATIN_RUN.exec(text)![0];
      addLatin(run, words);
      at += run.length;
      start = -1;
      continue;
    }
    const end = at + (kind === SURROGATE && text.codePointAt(at)! > 0xffff ? 2 : 1);
    if (kind === 0 || (kind === SURROGATE && !isHan(text.slice(at, end)))) {
      start = -1;
    } else {
      // A pair of two characters that say nothing says nothing either.
      const isStop = (kind & STOP) !== 0;
      if (start >= 0 && !(wasStop && isStop)) bigrams.push(text.slice(start, end));
      if (!isStop) characters.push(text.slice(at, end));
      const isNumeral = (kind & NUMERAL) !== 0;
      hasNumeral ||= isNumeral && wasNumeral && start >= 0;
      wasNumeral = isNumeral;
      start = at;
      wasStop = isStop;
    }
    at = end;
  }
  if (hasNumeral) words.push(...numeralSpellings(text));
  return { bigrams, characters };
}

function addLatin(run: string, words: string[]): void {
  words.push(run);
  if (/^[\d.]+%?$/.test(run)) return;
  // 4g+wifi and 5g+ are names, but people also ask for their pieces.
  const pieces = run.split(/[.+&-]/).filter((piece) => piece !== '');
  if (pieces[0] !== run) words.push(...pieces);
}

/** Analyses a text to be indexed. */
export function tokenise(text: string, thesaurus: Thesaurus): Tokens {
  const form = comparable(text);
  return { ...termsOf(form), concepts: thesaurus.concepts(form).map(conceptToken) };
}
