const DIGITS: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/**
 * The value of a Chinese numeral below ten thousand, or null when the characters do not form one.
 * @example parseChineseNumeral('十八') // → 18
 * @example parseChineseNumeral('二〇二四') // → 2024
 */
export function parseChineseNumeral(text: string): number | null {
  if (text === '') return null;
  if ([...text].every((character) => character in DIGITS)) {
    return Number([...text].map((character) => DIGITS[character]).join(''));
  }
  let total = 0;
  let digit: number | null = null;
  let lastUnit = Number.POSITIVE_INFINITY;
  for (const character of text) {
    if (character in DIGITS) {
      if (digit !== null && digit !== 0) return null;
      digit = DIGITS[character]!;
    } else {
      const unit = UNITS[character];
      if (unit === undefined || unit >= lastUnit) return null;
      if (digit === null && !(unit === 10 && total === 0)) return null;
      total += (digit ?? 1) * unit;
      lastUnit = unit;
      digit = null;
    }
  }
  return total + (digit ?? 0);
}

export const NUMERAL_CHARACTERS: readonly string[] = [...Object.keys(DIGITS), ...Object.keys(UNITS)];

/** Numerals of two or more characters: single ones stand in too many words (一件事, 三方, 七彩). */
const NUMERAL = /[零〇一二两三四五六七八九十百千]{2,}/g;

/**
 * Digits for every Chinese numeral in a text, each once: the second spelling under which "十八条" is found by "18条".
 * @example numeralSpellings('优化营商环境十八条措施') // → ["18"]
 */
export function numeralSpellings(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(NUMERAL)) {
    const value = parseChineseNumeral(match[0]);
    if (value !== null) found.add(String(value));
  }
  return [...found];
}
