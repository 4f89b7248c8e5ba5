import { isHan, normalise, runs } from './normalise.ts';
import { numeralSpellings } from './numerals.ts';
import { segment } from './segment.ts';
import { simplify } from './simplify.ts';
import { STOP_CHARACTERS, STOP_WORDS } from './stopwords.ts';
import type { Thesaurus } from './thesaurus.ts';

/** A text as the index sees it. Repeats are kept: they are term frequencies. */
export interface Tokens {
  /** jieba words in search mode, Latin words and numbers; stop words left out. */
  readonly words: readonly string[];
  /** Pairs of neighbouring Han characters: what still matches when words are cut differently. */
  readonly bigrams: readonly string[];
  /** `c<number>` of every thesaurus group the text speaks of. */
  readonly concepts: readonly string[];
  /** Han characters that carry meaning by themselves. */
  readonly characters: readonly string[];
}

/** The comparable form of any text: normalised and in simplified script. */
export const comparable = (text: string): string => simplify(normalise(text));

export const conceptToken = (concept: number): string => `c${concept}`;

/** Words of a comparable text, without stop words. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const run of runs(text)) {
    if (!run.isHan) {
      words.push(run.text);
      // 4g+wifi and 5g+ are names, but people also ask for their pieces.
      const pieces = run.text.split(/[.+&-]/).filter((piece) => piece !== '');
      if (pieces[0] !== run.text && !/^[\d.]+%?$/.test(run.text)) words.push(...pieces);
      continue;
    }
    for (const word of segment(run.text)) if (!STOP_WORDS.has(word)) words.push(word);
  }
  words.push(...numeralSpellings(text));
  return words;
}

/** Bigrams of the Han runs of a comparable text. */
export function bigramsOf(text: string): string[] {
  const bigrams: string[] = [];
  for (const run of runs(text)) {
    if (!run.isHan) continue;
    const characters = [...run.text];
    for (let index = 0; index + 1 < characters.length; index++) {
      const first = characters[index]!;
      const second = characters[index + 1]!;
      if (!(STOP_CHARACTERS.has(first) && STOP_CHARACTERS.has(second))) bigrams.push(first + second);
    }
  }
  return bigrams;
}

/** Han characters that carry meaning by themselves: what is left in common when the same thing is put in quite other words. */
export function charactersOf(text: string): string[] {
  return [...text].filter((character) => isHan(character) && !STOP_CHARACTERS.has(character));
}

/** Analyses a text to be indexed. */
export function tokenise(text: string, thesaurus: Thesaurus): Tokens {
  const form = comparable(text);
  return {
    words: wordsOf(form),
    bigrams: bigramsOf(form),
    concepts: thesaurus.allMatches(form).map((match) => conceptToken(match.concept)),
    characters: charactersOf(form),
  };
}
