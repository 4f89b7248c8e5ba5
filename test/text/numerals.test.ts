import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numeralSpellings, parseChineseNumeral } from '../../src/text/numerals.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const DIGITS = '零一二三四五六七八九';

/** How a number below ten thousand is written in Chinese, in the long way that keeps 一十. */
function written(value: number): string {
  if (value === 0) return '零';
  let text = '';
  let isGap = false;
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      isGap = text !== '';
      continue;
    }
    text += (isGap ? '零' : '') + DIGITS[digit]! + name;
    isGap = false;
  }
  return text;
}

describe('parseChineseNumeral', () => {
  it('reads back every number from 0 to 9999', () => {
    for (let value = 0; value <= 9999; value++) expect(parseChineseNumeral(written(value)), written(value)).toBe(value);
  });

  it('reads 十八 like 一十八', () => {
    for (let value = 10; value <= 19; value++) expect(parseChineseNumeral(written(value).slice(1))).toBe(value);
  });

  it('reads digits one by one, as in years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), (year) => {
        const digits = [...String(year)].map((digit) => DIGITS[Number(digit)]!).join('');
        expect(parseChineseNumeral(digits)).toBe(year);
        expect(parseChineseNumeral(digits.replaceAll('零', '〇'))).toBe(year);
      }),
    );
  });

  it('takes 两 for 二', () => {
    expect(parseChineseNumeral('两百')).toBe(200);
  });

  it.each(['', '十百', '二十三十', '百', '一二百', '十个', '万', 'constructor', '18'])('finds no number in %j', (text) => {
    expect(parseChineseNumeral(text)).toBeNull();
  });
});

describe('numeralSpellings', () => {
  it.each([
    ['优化营商环境十八条措施', ['18']],
    ['二〇二四年五百人以上', ['2024', '500']],
    ['十八条和十八个', ['18']],
    ['一件事和三方', []],
    ['百千万工程', []],
    ['18条', []],
  ])('of %s are %j', (text, expected) => {
    expect(numeralSpellings(text)).toEqual(expected);
  });
});
