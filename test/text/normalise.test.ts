import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHan, isHan, isLatinOrDigit, normalise, normaliseStepByStep, runs } from '../../src/text/normalise.ts';
import { simplify } from '../../src/text/simplify.ts';
import { comparable } from '../../src/text/tokens.ts';
import { anyText } from '../support/any-text.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('normalise', () => {
  it('is the same however a text is gone through', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit);
      for (const text of [character, `融${character}${character}A`, `${character} ${character}—`]) {
        if (normalise(text) !== normaliseStepByStep(text))
          expect.fail(`U+${unit.toString(16)}: ${JSON.stringify([text, normalise(text)])}`);
      }
    }
    const beside = fc.constantFrom(...'融资Ａe\u0301Σσさﾞ\u1100\u1161—–- \u3000\t“《①ﬁ￥\u200b\ufffd😀'.split(''));
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.string({ unit: beside, maxLength: 12 })), (text) => {
        expect(normalise(text)).toBe(normaliseStepByStep(text));
      }),
    );
    expect(normalise('融Ａ　'.repeat(20_000))).toBe('融a '.repeat(20_000).trim());
  });

  it.each([
    ['ＡＩ＋审批　怎么办？', 'ai+审批 怎么办?'],
    ['ＲＣＥＰ规则', 'rcep规则'],
    ['　前后　空格　', '前后 空格'],
    ['多\t种\n空\r\n白', '多 种 空 白'],
    ['“白名单”《办法》「技改贷」', '"白名单""办法""技改贷"'],
    ['‘单引号’', "'单引号'"],
    ['初创—高企――巨人', '初创-高企-巨人'],
    ['３６．３１亿', '36.31亿'],
    ['①②', '12'],
  ])('%j becomes %j', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it('joins a word that zero-width and direction marks stand in', () => {
    expect(normalise('融\u200b资\u200d白\ufeff名\u2060\u00ad单\u200e\u202a\u202c\u2066\ufe0f')).toBe('融资白名单');
  });

  it('turns NUL, other control characters and line separators into one space', () => {
    expect(normalise('融资\u0000\u0007白\u2028名单\u007f')).toBe('融资 白 名单');
  });

  it('drops lone surrogates and keeps paired ones', () => {
    expect(normalise('融资\ud83d')).toBe('融资');
    expect(normalise('\udc00融资')).toBe('融资');
    expect(normalise('𠮷野家😀')).toBe('𠮷野家😀');
  });

  it('of any text is well-formed, without control characters and without doubled or outer spaces', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const form = normalise(text);
        expect(form.isWellFormed()).toBe(true);
        expect(form).toBe(form.trim());
        expect(form).not.toMatch(/\s\s|[\p{Cc}\ufffd\u200b\ufeff]/u);
      }),
    );
  });

  it('changes nothing any more in a text of Chinese, letters and digits once normalised', () => {
    const unit = fc.constantFrom(...'融资白名单ＡａZ９0＋％　 。？“”—\u200b\u0000'.split(''));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
    );
  });
});

describe('simplify', () => {
  it.each([
    ['開發區醫院', '开发区医院'],
    ['融資白名單怎麼進', '融资白名单怎么进'],
    ['頭髮與發展', '头发与发展'],
    ['跨域通办', '跨域通办'],
    // Simplified already: 坏土 must not be read as the traditional 壞土, which OpenCC writes 坯土.
    ['破坏土地', '破坏土地'],
    ['RCEP 2024', 'RCEP 2024'],
  ])('%s becomes %s', (text, expected) => {
    expect(simplify(text)).toBe(expected);
  });

  it('is part of the comparable form', () => {
    expect(comparable('ＲＣＥＰ　規則')).toBe('rcep 规则');
  });
});

describe('runs', () => {
  it('are Han runs and names of letters and digits, in order, with their places', () => {
    expect(runs('用4g+wifi上云,增长20%!')).toEqual([
      { text: '用', isHan: true, start: 0 },
      { text: '4g+wifi', isHan: false, start: 1 },
      { text: '上云', isHan: true, start: 8 },
      { text: '增长', isHan: true, start: 11 },
      { text: '20%', isHan: false, start: 13 },
    ]);
  });

  it('stand verbatim at their places and hold every Han character', () => {
    const unit = fc.constantFrom(...'融资政策aZ9.+-%& ,。😀𠮷'.split(/(?:)/u));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const found = runs(text);
        let end = 0;
        for (const run of found) {
          expect(text.slice(run.start, run.start + run.text.length)).toBe(run.text);
          expect(run.start).toBeGreaterThanOrEqual(end);
          expect(hasHan(run.text)).toBe(run.isHan);
          end = run.start + run.text.length;
        }
        const han = found.filter((run) => run.isHan).map((run) => run.text);
        expect(han.join('')).toBe([...text].filter(isHan).join(''));
      }),
    );
  });

  it('tell Latin letters and digits from the rest', () => {
    expect([...'aZ9融。'].map(isLatinOrDigit)).toEqual([true, true, true, false, false]);
  });
});
