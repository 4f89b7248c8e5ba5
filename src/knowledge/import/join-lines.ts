/** Characters beside which Chinese writing puts no space: ideographs, full-width punctuation and forms. */
const WIDE = /[\u2e80-\u303f\u3100-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’—…·\u{20000}-\u{3ffff}]/u;

/** A line that ends so may be the end of a paragraph. */
export const ENDS_SENTENCE = /[。！？；：!?;:…][”’」』）)》]*$/;

/**
 * One line out of two that the page broke apart: without a space where either side is Chinese.
 * @example joinLines('全区企业', '均可申报') // → "全区企业均可申报"
 * @example joinLines('see the', 'annex') // → "see the annex"
 */
export function joinLines(before: string, after: string): string {
  if (before === '' || after === '') return before + after;
  const [last, first] = [[...before].at(-1)!, [...after][0]!];
  return WIDE.test(last) || WIDE.test(first) ? before + after : `${before} ${after}`;
}

const HAN = '\\p{Script=Han}';
const BETWEEN_HAN = new RegExp(`(?<=${HAN})[ \\u00a0]+(?=${HAN})`, 'gu');
const PAIR_OF_HAN = new RegExp(`(?<=${HAN})(?=${HAN})`, 'gu');
const BESIDE_SIGN =
  /(?<=[\u3001-\u301f\uff00-\uff0f\uff1a-\uff20“”‘’])[ \u00a0]+|[ \u00a0]+(?=[\u3001-\u301f\uff00-\uff0f\uff1a-\uff20”’])/g;
const BESIDE_DIGITS = [
  new RegExp(`(?<=${WIDE.source}) (?=\\d+ ${WIDE.source})`, 'gu'),
  new RegExp(`(?<=${WIDE.source}\\d{1,9}) (?=${WIDE.source})`, 'gu'),
];

/**
 * Takes out spaces that are not the author's: beside full-width signs, around digits between Chinese characters (some PDF writers set them
 * apart), and between all characters of a line that is spaced out. A single space between two words stays.
 * @example withoutInnerSpaces('第 1 问，奖励') // → "第1问，奖励"
 * @example withoutInnerSpaces('奖 励 办 法') // → "奖励办法"
 */
export function withoutInnerSpaces(text: string): string {
  const spaced = text.match(BETWEEN_HAN)?.length ?? 0;
  const isSpacedOut = spaced > (text.match(PAIR_OF_HAN)?.length ?? 0);
  const joined = isSpacedOut ? text.replaceAll(BETWEEN_HAN, '') : text;
  return BESIDE_DIGITS.reduce((rest, form) => rest.replaceAll(form, ''), joined.replaceAll(BESIDE_SIGN, ''));
}

export const isWide = (character: string): boolean => WIDE.test(character);
