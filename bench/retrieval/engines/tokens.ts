import { runs } from '../../../src/text/normalise.ts';
import { segment, segmentForSearch } from '../../../src/text/segment.ts';
import { comparable } from '../../../src/text/tokens.ts';
import type { Passage } from '../passage.ts';

/** A passage as every engine but Wence sees it: title and text as one, in the normal form that Wence compares texts in. */
export const bodyOf = ({ title, text }: Passage): string => comparable(`${title}\n${text}`);

/** Words of a normalised text: jieba's in search mode (words inside words too), Latin words and numbers. Repeats are kept. */
export const wordsOf = (text: string): string[] => runs(text).flatMap((run) => (run.isHan ? segmentForSearch(run.text) : [run.text]));

/**
 * Words, and every pair of neighbouring Han characters. A word of two characters is there twice, as word and as pair: of the ways to join the two
 * (pairs marked as such, pairs only where they are no word) this one finds most.
 */
export function wordsAndBigramsOf(text: string): string[] {
  const terms = wordsOf(text);
  for (const run of runs(text)) {
    if (!run.isHan) continue;
    const characters = [...run.text];
    for (let at = 0; at + 1 < characters.length; at++) terms.push(`${characters[at]}${characters[at + 1]}`);
  }
  return terms;
}

/** Loads the dictionary and jieba. */
export function loadWords(): void {
  segment('问策');
  segmentForSearch('问策');
}
