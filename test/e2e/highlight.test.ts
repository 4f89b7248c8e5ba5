import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretches } from '../../src/console/full-text/highlight.ts';

const SECTION = {
  text: '甲甲。乙乙。丙丙。',
  sentences: [
    { start: 0, end: 3 },
    { start: 3, end: 6 },
    { start: 6, end: 9 },
  ],
};
const marked = (quotes: readonly string[]): string[] =>
  stretches(SECTION, quotes).flatMap(({ text, isQuoted }) => (isQuoted ? [text] : []));

describe('marking quotes in the full text', () => {
  it('marks the sentences of a quote as one stretch', () => {
    expect(marked(['乙乙。丙丙。'])).toEqual(['乙乙。丙丙。']);
  });

  it('marks the whole sentence when part of it is quoted', () => {
    expect(marked(['乙'])).toEqual(['乙乙。']);
  });

  it('marks each piece of a quote that leaves sentences out', () => {
    expect(marked(['甲甲。\n…\n丙丙。'])).toEqual(['甲甲。', '丙丙。']);
  });

  it('marks nothing for a quote from elsewhere, or for none', () => {
    expect(marked(['丁', ''])).toEqual([]);
    expect(marked([])).toEqual([]);
  });

  it('never changes the text, whatever the sentences and quotes', () => {
    const span = fc.tuple(fc.nat(30), fc.nat(30)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(span), fc.array(fc.string({ maxLength: 3 })), (text, sentences, quotes) => {
        const inside = sentences.map(({ start, end }) => ({ start: Math.min(start, text.length), end: Math.min(end, text.length) }));
        const found = stretches({ text, sentences: inside }, quotes);
        expect(found.map((stretch) => stretch.text).join('')).toBe(text);
      }),
    );
  });
});
