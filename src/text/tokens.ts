import { normalise, runs } from './normalise.ts';
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

/** Terms of a comparable text. */
export function termsOf(text: string): Terms {
  const words: string[] = [];
  const pairs: string[] = [];
  const bigrams: string[] = [];
  const characters: string[] = [];
  for (const run of runs(text)) {
    if (!run.isHan) {
      addLatin(run.text, words);
      continue;
    }
    let before = '';
    for (const word of segmentOnce(run.text)) {
      if (!STOP_WORDS.has(word)) words.push(word);
      if (before.length > 1 && word.length > 1) pairs.push(before + word);
      before = word;
    }
    addCharacters(run.text, bigrams, characters);
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
