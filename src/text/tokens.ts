import { isHan, normalise, runs } from './normalise.ts';
import { numeralSpellings } from './numerals.ts';
import { segmentOnce } from './segment.ts';
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

/** Most Chinese characters are known by their range; only of others is the table asked. */
function isChinese(word: string): boolean {
  const unit = word.charCodeAt(0);
  if (unit >= 0x4e00 && unit <= 0x9fff) return true;
  return unit >= 0x2e80 && isHan(word);
}

/** Terms of a comparable text. */
export function termsOf(text: string): Terms {
  const words: string[] = [];
  const pairs: string[] = [];
  const bigrams: string[] = [];
  const characters: string[] = [];
  let before = '';
  // One call for the whole text: each costs more than the words of a short run.
  for (const word of segmentOnce(text)) {
    if (!isChinese(word)) {
      before = '';
      continue;
    }
    if (!STOP_WORDS.has(word)) words.push(word);
    if (before.length > 1 && word.length > 1) pairs.push(before + word);
    before = word;
  }
  for (const run of runs(text)) {
    if (run.isHan) addCharacters(run.text, bigrams, characters);
    else addLatin(run.text, words);
  }
  words.push(...numeralSpellings(text));
  return { words, pairs, bigrams, characters };
}

function addLatin(run: string, words: string[]): void {
  words.push(run);
  if (/^[\d.]+%?$/.test(run)) return;
  // 4g+wifi and 5g+ are names, but people also ask for their pieces.
  const pieces = run.split(/[.+&-]/).filter((piece) => piece !== '');
  if (pieces[0] !== run) words.push(...pieces);
}

/** Adds the characters of a Han run, and its pairs of neighbours; a pair of two characters that say nothing says nothing either. */
function addCharacters(run: string, bigrams: string[], characters: string[]): void {
  let start = -1;
  let wasStop = true;
  for (let at = 0; at < run.length; ) {
    // Rare characters take two units.
    const end = at + (run.codePointAt(at)! > 0xffff ? 2 : 1);
    const character = run.slice(at, end);
    const isStop = STOP_CHARACTERS.has(character);
    if (start >= 0 && !(wasStop && isStop)) bigrams.push(run.slice(start, end));
    if (!isStop) characters.push(character);
    start = at;
    wasStop = isStop;
    at = end;
  }
}

/** Analyses a text to be indexed. */
export function tokenise(text: string, thesaurus: Thesaurus): Tokens {
  const form = comparable(text);
  return { ...termsOf(form), concepts: thesaurus.allMatches(form).map((match) => conceptToken(match.concept)) };
}
