import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPinyin, isSyllable, plainSyllables, softened, syllables } from '../../src/text/pinyin.ts';
import { lookAlikes } from '../../src/text/shapes.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('pinyin', () => {
  it('is read in context', () => {
    expect(syllables('银行行长')).toEqual(['yin', 'hang', 'hang', 'zhang']);
    expect(syllables('绿色')).toEqual(['lv', 'se']);
  });

  it('of single characters does not depend on their neighbours', () => {
    expect(plainSyllables('银行行长')).toEqual([...'银行行长'].flatMap(plainSyllables));
  });

  it.each(['rongzi', 'baimingdan', 'xian', 'lv', 'kuayutongban', 'zhuang', 'a'])('%s can be read as pinyin', (letters) => {
    expect(isPinyin(letters)).toBe(true);
  });

  it.each(['rcep', 'gdp', 'whitelist', 'zhq', 'bod', 'x'])('%s cannot', (letters) => {
    expect(isPinyin(letters)).toBe(false);
  });

  it('of any Chinese word is recognised as such, joined or by syllable', () => {
    const unit = fc.constantFrom(...'融资白名单企业跨域通办学位医院欠薪招聘党建园区标准化女略');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 6 }), (text) => {
        const read = syllables(text);
        expect(read.every(isSyllable)).toBe(true);
        expect(isPinyin(read.join(''))).toBe(true);
      }),
    );
  });

  it.each([
    ['zhang', 'zhan'],
    ['zhi', 'zi'],
    ['chu', 'cu'],
    ['shi', 'si'],
    ['nan', 'lan'],
    ['re', 'le'],
    ['hu', 'fu'],
    ['bing', 'bin'],
    ['feng', 'fen'],
  ])('%s and %s sound alike to many', (one, other) => {
    expect(softened(one)).toBe(softened(other));
  });

  it.each([
    ['ba', 'pa'],
    ['gong', 'gon'],
    ['ha', 'fa'],
    ['ma', 'na'],
  ])('%s and %s do not', (one, other) => {
    expect(softened(one)).not.toBe(softened(other));
  });
});

describe('lookAlikes', () => {
  it('finds characters taken for one another', () => {
    expect(lookAlikes('贷')).toEqual(expect.arrayContaining(['货', '资']));
    expect(lookAlikes('未')).toContain('末');
    expect(lookAlikes('㐂')).toEqual([]);
  });

  it('is mutual, and never names the character itself', () => {
    const unit = fc.constantFrom(...'贷货资末未己已技扶政故境镜微徽帅师企全审宙');
    fc.assert(
      fc.property(unit, (character) => {
        for (const other of lookAlikes(character)) {
          expect(other).not.toBe(character);
          expect(lookAlikes(other)).toContain(character);
        }
      }),
    );
  });
});
