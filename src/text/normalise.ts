/** Zero-width characters, soft hyphens and direction marks: copied text carries them even inside its words. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufe0f/g;

/**
 * Brings a text to the form in which texts are compared: full-width → half-width (NFKC), lower case, one kind of space,
 * no control or zero-width characters, no lone surrogates. For comparing only: never store or quote the result.
 * @example normalise('ＡＩ＋审批 怎么办？') // → "ai+审批 怎么办?"
 */
export function normalise(text: string): string {
  return normaliseSimple(text) ?? normaliseStepByStep(text);
}

/** What `normalise` promises, for any text and slowly: by it the quick way learns its characters, and is tested. */
export function normaliseStepByStep(text: string): string {
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

/*
 * Nearly every text is of characters that each become one character, whatever stands beside them. Such a text is put together from what is known of
 * its characters, ten times as fast as by going over it with one expression after the other.
 */

/** What a character becomes, by its UTF-16 unit; 0: not looked up yet. */
const FORMS = new Uint16Array(0x1_0000);
/** 1: several of them in a row become one. */
const MERGES = new Uint8Array(0x1_0000);
/** Becomes nothing or more than one, or something else beside others: marks, the parts of Hangul syllables, the capital sigma, half surrogates. */
const NOT_SIMPLE = 0xffff;
const BESIDE_OTHERS = /[\p{M}\u03a3\u1100-\u11ff\ud800-\udfff]/u;
const SPACE = 0x20;

function lookUp(unit: number): number {
  const character = String.fromCharCode(unit);
  // Between two letters, so that nothing is trimmed.
  const [one, two] = [character, character + character].map((text) => normaliseStepByStep(`x${text}x`).slice(1, -1)) as [string, string];
  const isSimple = one.length === 1 && (two === one || two === one + one) && !BESIDE_OTHERS.test(character) && !BESIDE_OTHERS.test(one);
  MERGES[unit] = isSimple && two === one ? 1 : 0;
  return (FORMS[unit] = isSimple ? one.charCodeAt(0) : NOT_SIMPLE);
}

let units = new Uint16Array(1_024);

/** Null: some character is not simple. */
function normaliseSimple(text: string): string | null {
  if (units.length < text.length) units = new Uint16Array(text.length * 2);
  let length = 0;
  /** What the character before became, if it merges with others that become the same. */
  let merging = SPACE;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const form = FORMS[unit]! || lookUp(unit);
    if (form === NOT_SIMPLE) return null;
    if (MERGES[unit] === 0) merging = 0;
    else if (merging === form) continue;
    else merging = form;
    units[length++] = form;
  }
  if (merging === SPACE && length > 0) length--;
  return stringOf(length);
}

/** Arguments of one call; many more would not fit on the stack. */
const AT_ONCE = 4_096;

function stringOf(length: number): string {
  let text = '';
  for (let from = 0; from < length; from += AT_ONCE) {
    text += String.fromCharCode.apply(null, units.subarray(from, Math.min(length, from + AT_ONCE)) as unknown as number[]);
  }
  return text;
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
