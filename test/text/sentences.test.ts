import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceSpans } from '../../src/text/sentences.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const sentences = (text: string): string[] => sentenceSpans(text).map(({ start, end }) => text.slice(start, end));

describe('sentenceSpans', () => {
  it.each([
    ['甲。乙!丙?丁', ['甲。', '乙!', '丙?', '丁']],
    ['前半;后半；末尾。', ['前半;', '后半；', '末尾。']],
    ['他说“好。”然后走了。', ['他说“好。”', '然后走了。']],
    ['真的?!是的……。', ['真的?!', '是的……。']],
    ['第一行\n  第二行  \n\n', ['第一行', '第二行']],
    ['投资36.31亿元,增长20%以上。', ['投资36.31亿元,增长20%以上。']],
    ['', []],
    [' \n ', []],
  ])('cuts %j into %j', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it('are ordered, apart, without outer space, and cover all but white space', () => {
    const unit = fc.constantFrom(...'政策融资,、。!?;；\n “”()）」 a1\u3000'.split(''), '😀', '𠮷');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        const spans = sentenceSpans(text);
        let end = 0;
        let covered = '';
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          const slice = text.slice(span.start, span.end);
          expect(slice).toBe(slice.trim());
          expect(text.slice(end, span.start).trim()).toBe('');
          covered += slice;
          end = span.end;
        }
        expect(text.slice(end).trim()).toBe('');
        expect(covered.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
