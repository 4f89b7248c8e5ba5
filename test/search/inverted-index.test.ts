import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndexBuilder, InvertedIndex, type QueryTerm } from '../../src/search/inverted-index.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

type Field = 'title' | 'text';
type Texts = readonly Readonly<Record<Field, readonly string[]>>[];

const FIELDS = {
  title: { weight: 2, bm25: { k1: 0.6, b: 0.3 } },
  text: { weight: 1, bm25: { k1: 1.2, b: 0.75 } },
} as const;
const NAMES: readonly Field[] = ['title', 'text'];

function indexOf(texts: Texts) {
  const builder = new IndexBuilder<Field>(FIELDS);
  for (const text of texts) builder.add(text);
  return builder.build();
}

/** BM25 as the textbook writes it: every document looked at for every term. */
function scoreOf(texts: Texts, query: readonly QueryTerm[], document: number): number {
  let score = 0;
  for (const { field, term, weight } of query) {
    const own = FIELDS[field as Field] as (typeof FIELDS)[Field] | undefined;
    if (!own || weight <= 0) continue;
    const all = texts.map((text) => text[field as Field]);
    const filled = all.filter((list) => list.length > 0);
    const holding = all.filter((list) => list.includes(term)).length;
    const tokens = all[document]!;
    const frequency = tokens.filter((token) => token === term).length;
    if (frequency === 0) continue;
    const average = filled.reduce((sum, list) => sum + list.length, 0) / filled.length;
    const idf = Math.log(1 + (filled.length - holding + 0.5) / (holding + 0.5));
    const { k1, b } = own.bm25;
    const saturation = frequency / (frequency + k1 * (1 - b + (b * tokens.length) / average));
    score += own.weight * weight * idf * saturation;
  }
  return score;
}

const tokens = fc.array(fc.constantFrom('甲', '乙', '丙', '丁', '戊'), { maxLength: 8 });
const texts = fc.array(fc.record({ title: tokens, text: tokens }), { maxLength: 14 });
const term: fc.Arbitrary<QueryTerm> = fc.record({
  field: fc.constantFrom('title', 'text', 'nowhere'),
  term: fc.constantFrom('甲', '乙', '丙', '丁', '戊', '己'),
  weight: fc.constantFrom(0, 0.4, 1, 2.5),
});
const query = fc.array(term, { maxLength: 6 });

describe('an inverted index', () => {
  it('scores like BM25 worked out over all documents, and leaves out those without a match', () => {
    fc.assert(
      fc.property(texts, query, (texts, query) => {
        const hits = indexOf(texts).search(query, texts.length);
        const expected = new Map(
          texts.map((_, document) => [document, scoreOf(texts, query, document)] as const).filter(([, score]) => score > 0),
        );
        expect(new Set(hits.map(({ document }) => document))).toEqual(new Set(expected.keys()));
        for (const { document, score } of hits) expect(score).toBeCloseTo(expected.get(document)!, 5);
      }),
    );
  });

  it('puts the best first, of equals the one added first, and at most k', () => {
    fc.assert(
      fc.property(texts, query, fc.integer({ min: 0, max: 6 }), (texts, query, k) => {
        const index = indexOf(texts);
        const all = index.search(query, texts.length);
        const sorted = [...all].sort((a, b) => b.score - a.score || a.document - b.document);
        expect(all).toEqual(sorted);
        expect(index.search(query, k)).toEqual(sorted.slice(0, k));
      }),
    );
  });

  it('gives twins the same score, the one added first before the other', () => {
    fc.assert(
      fc.property(fc.record({ title: tokens, text: tokens }), query, (twin, query) => {
        const hits = indexOf([twin, { title: [], text: ['别'] }, twin]).search(query, 3);
        expect(hits.map(({ document }) => document)).toEqual(hits.length === 0 ? [] : [0, 2]);
        expect(hits[0]?.score).toBe(hits[1]?.score);
      }),
    );
  });

  it('gives the same answer to the same query again: no score is left over', () => {
    fc.assert(
      fc.property(texts, query, query, (texts, first, second) => {
        const index = indexOf(texts);
        const before = index.search(first, 5);
        index.search(second, 5);
        expect(index.search(first, 5)).toEqual(before);
      }),
    );
  });

  it('explains a score as the sum of its terms, the largest first', () => {
    fc.assert(
      fc.property(texts, query, (texts, query) => {
        const index = indexOf(texts);
        for (const { document, score } of index.search(query, texts.length)) {
          const scores = index.explain(query, document).map((part) => part.score);
          expect(scores.reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 4);
          expect(scores).toEqual([...scores].sort((a, b) => b - a));
        }
      }),
    );
  });

  it('knows how many documents have a term, and its weight in each', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...NAMES), fc.constantFrom<string>('甲', '己'), (texts, field, term) => {
        const index = indexOf(texts);
        const holding = texts.flatMap((text, document) => (text[field].some((token) => token === term) ? [document] : []));
        expect(index.documentFrequency(field, term)).toBe(holding.length);
        texts.forEach((_, document) => expect(index.impact(field, term, document) > 0).toBe(holding.includes(document)));
        expect(index.size).toBe(texts.length);
      }),
    );
  });

  it('values a term nobody has like the rarest', () => {
    const index = indexOf([
      { title: [], text: ['甲', '乙'] },
      { title: [], text: ['甲'] },
    ]);
    expect(index.idf('text', '己')).toBeGreaterThan(index.idf('text', '乙'));
    expect(index.idf('text', '乙')).toBeGreaterThan(index.idf('text', '甲'));
    expect(index.idf('text', '甲')).toBeGreaterThan(0);
  });

  it('finds the same with pruning as by adding up everything', () => {
    // Many documents and few wanted, so that most terms are only looked up.
    const many = fc.array(fc.record({ title: tokens, text: fc.array(fc.constantFrom(...'甲乙丙丁戊己庚辛壬癸'), { maxLength: 12 }) }), {
      minLength: 40,
      maxLength: 120,
    });
    const long = fc.array(
      fc.record({
        field: fc.constantFrom('title', 'text'),
        term: fc.constantFrom(...'甲乙丙丁戊己庚辛壬癸'),
        weight: fc.constantFrom(0.1, 1, 1, 5, 30),
      }),
      { minLength: 4, maxLength: 14 },
    );
    fc.assert(
      fc.property(many, long, fc.integer({ min: 1, max: 5 }), (texts, query, k) => {
        const expected = texts
          .map((_, document) => ({ document, score: scoreOf(texts, query, document) }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score || a.document - b.document);
        const hits = indexOf(texts).search(query, k);
        expect(hits.length).toBe(Math.min(k, expected.length));
        // Documents of equal score may change places by rounding; scores may not.
        hits.forEach(({ document, score }, at) => {
          expect(score).toBeCloseTo(expected[at]!.score, 9);
          expect(score).toBeCloseTo(scoreOf(texts, query, document), 9);
        });
      }),
    );
  });

  it('is the same after any changes as one built anew, whatever was merged on the way', () => {
    const change = fc.record({ remove: fc.array(fc.nat({ max: 40 }), { maxLength: 6 }), add: texts });
    fc.assert(
      fc.property(texts, fc.array(change, { maxLength: 6 }), query, (texts, changes, query) => {
        let index = indexOf(texts);
        const all: (Texts[number] | null)[] = [...texts];
        for (const { remove, add } of changes) {
          const before = index;
          const foundBefore = before.search(query, 50);
          index = index.with({ remove, add });
          expect(before.search(query, 50)).toEqual(foundBefore);
          for (const document of remove) if (document < all.length) all[document] = null;
          all.push(...add);
        }
        const live = all.flatMap((text, document) => (text ? [{ text, document }] : []));
        const fresh = indexOf(live.map(({ text }) => text));
        const expected = fresh.search(query, live.length);
        const hits = index.search(query, all.length);
        expect(index.size).toBe(all.length);
        const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
        expect(sorted(hits.map(({ document }) => document))).toEqual(sorted(expected.map(({ document }) => live[document]!.document)));
        for (const { document, score } of expected) {
          expect(hits.find((hit) => hit.document === live[document]!.document)!.score).toBeCloseTo(score, 9);
        }
        for (const field of NAMES) {
          const freshMasses = fresh.idfMasses(field);
          const masses = index.idfMasses(field);
          live.forEach(({ document }, at) => expect(masses[document]).toBeCloseTo(freshMasses[at]!, 9));
          for (const term of '甲乙己') expect(index.documentFrequency(field, term)).toBe(fresh.documentFrequency(field, term));
        }
        const { segments, removed } = index.contents;
        expect(InvertedIndex.of(FIELDS, segments, removed).search(query, all.length)).toEqual(hits);
      }),
    );
  });

  it('finds nothing without documents', () => {
    expect(indexOf([]).search([{ field: 'text', term: '甲', weight: 1 }], 5)).toEqual([]);
  });
});
