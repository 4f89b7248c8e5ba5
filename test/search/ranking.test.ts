import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idf, saturation } from '../../src/search/bm25.ts';
import { topK } from '../../src/search/top-k.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('topK', () => {
  it('is what sorting all and taking the first k gives', () => {
    const scores = fc.array(fc.constantFrom(0, 0.5, 1, 1, 2.25, -1), { maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 45 }), fc.infiniteStream(fc.nat()), (scores, k, order) => {
        const keys = scores.map(() => order.next().value!);
        const documents = scores.map((_, document) => document).sort((a, b) => keys[a]! - keys[b]!);
        const expected = scores
          .map((score, document) => ({ document, score }))
          .sort((a, b) => b.score - a.score || a.document - b.document);
        expect(topK(documents, documents.length, scores, k)).toEqual(expected.slice(0, k));
      }),
    );
  });
});

describe('idf', () => {
  it('falls as more documents have the term, and never below zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (documents) => {
        let last = Number.POSITIVE_INFINITY;
        for (let holding = 0; holding <= documents; holding += Math.ceil(documents / 20)) {
          const value = idf(documents, holding);
          expect(value).toBeGreaterThan(0);
          expect(value).toBeLessThan(last);
          last = value;
        }
      }),
    );
  });
});

describe('saturation', () => {
  const count = fc.integer({ min: 1, max: 50 });
  it('grows with repeats but stays below one', () => {
    fc.assert(
      fc.property(count, count, (frequency, length) => {
        const parameters = { k1: 1.2, b: 0.75 };
        const value = saturation(frequency, length, 10, parameters);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
        expect(saturation(frequency + 1, length, 10, parameters)).toBeGreaterThan(value);
        expect(saturation(frequency, length + 1, 10, parameters)).toBeLessThan(value);
      }),
    );
  });

  it('counts a term once when k1 is zero, and does not look at length when b is zero', () => {
    expect(saturation(7, 30, 10, { k1: 0, b: 0 })).toBe(1);
    expect(saturation(2, 30, 10, { k1: 1.2, b: 0 })).toBe(saturation(2, 3, 10, { k1: 1.2, b: 0 }));
  });

  it('is a number even where all documents are empty', () => {
    expect(saturation(1, 1, 0, { k1: 1.2, b: 0.75 })).toBeGreaterThan(0);
  });
});
