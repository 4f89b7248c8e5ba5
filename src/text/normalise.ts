/** Zero-width characters, soft hyphens and direction marks: copied text carries them even inside its words. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufe0f/g;

/**
 * Brings a text to the form in which texts are compared: full-width → half-width (NFKC), lower case, one kind of space,
 * no control or zero-width characters, no lone surrogates. For comparing only: never store or quote the result.
 * @example normalise('ＡＩ＋审批 怎么办？') // → "ai+审批 怎么办?"
 */
export function normalise(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(INVISIBLE, '')
      .normalize('NFKC')
      .toLowerCase()
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
      .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/g, ' ')
      .replaceAll(/[“”„‟"「」『』《》〈〉]/g, '"')
      .replaceAll(/[‘’‚‛]/g, "'")
      .replaceAll(/[—–―─]+/g, '-')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}

const HAN = /\p{Script=Han}/u;
const LATIN_OR_DIGIT = /[a-z0-9]/i;

export const isHan = (character: string): boolean => HAN.test(character);

export const hasHan = (text: string): boolean => HAN.test(text);

/** Maximal runs of Han characters, and of Latin letters and digits, in order; everything else separates. */
export function runs(text: string): { text: string; isHan: boolean; start: number }[] {
  const found: { text: string; isHan: boolean; start: number }[] = [];
  for (const match of text.matchAll(/\p{Script=Han}+|[a-z0-9]+(?:[.+&-][a-z0-9]+)*[+%]?/giu)) {
    found.push({ text: match[0], isHan: HAN.test(match[0]), start: match.index });
  }
  return found;
}

export const isLatinOrDigit = (character: string): boolean => LATIN_OR_DIGIT.test(character);
