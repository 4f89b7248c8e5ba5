import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstRightPlace,
  hitAt,
  ndcg,
  type Ranking,
  rankingFigures,
  reciprocalRank,
  signTest,
} from '../../src/evaluation/ranking-metrics.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const ranking = (ranked: string, relevant: string): Ranking<string> => ({ ranked: [...ranked], relevant: new Set(relevant) });

describe('figures of a ranking worked out by hand', () => {
  it.each([
    // ranked, relevant, place, R@1, R@5, MRR@10, nDCG@10
    ['abc', 'a', 1, 1, 1, 1, 1],
    ['bac', 'a', 2, 0, 1, 1 / 2, 1 / Math.log2(3)],
    ['bcdefa', 'a', 6, 0, 0, 1 / 6, 1 / Math.log2(7)],
    ['bcdefghijka', 'a', null, 0, 0, 0, 0],
    ['', 'a', null, 0, 0, 0, 0],
    ['xyz', 'a', null, 0, 0, 0, 0],
    ['abc', '', null, 0, 0, 0, 0],
    ['xaybz', 'ab', 2, 0, 1, 1 / 2, (1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3))],
    ['ab', 'abc', 1, 1, 1, 1, (1 + 1 / Math.log2(3)) / (1 + 1 / Math.log2(3) + 1 / 2)],
  ])('%s for %s', (ranked, relevant, place, first, five, mrr, gain) => {
    const one = ranking(ranked, relevant);
    expect(firstRightPlace(one, 10)).toBe(place);
    expect(hitAt(one, 1)).toBe(first);
    expect(hitAt(one, 5)).toBe(five);
    expect(reciprocalRank(one, 10)).toBeCloseTo(mrr, 12);
    expect(ndcg(one, 10)).toBeCloseTo(gain, 12);
  });

  it('are means over the questions', () => {
    const figures = rankingFigures([ranking('abc', 'a'), ranking('bac', 'a'), ranking('bcdefa', 'a'), ranking('xyz', 'a')]);
    expect(figures).toMatchObject({ questions: 4, recallAt1: 1 / 4, recallAt5: 2 / 4 });
    expect(figures.mrrAt10).toBeCloseTo((1 + 1 / 2 + 1 / 6) / 4, 12);
    expect(figures.ndcgAt10).toBeCloseTo((1 + 1 / Math.log2(3) + 1 / Math.log2(7)) / 4, 12);
  });

  it('are 0 over no question', () => {
    expect(rankingFigures([])).toEqual({ questions: 0, recallAt1: 0, recallAt5: 0, mrrAt10: 0, ndcgAt10: 0 });
  });
});

/** Twelve passages in any order, some or all of them found, and any of them right. */
const anyRanking = fc
  .record({
    order: fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, id) => id),
      { minLength: 0, maxLength: 12 },
    ),
    relevant: fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 12 }),
  })
  .map(({ order, relevant }): Ranking<number> => ({ ranked: order, relevant: new Set(relevant) }));
const depth = fc.integer({ min: 1, max: 13 });

/** What a list of grades is worth, as the textbook writes it. */
const gainOf = (grades: readonly number[]): number => grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);

describe('figures of any ranking', () => {
  it('are what their definitions say', () => {
    fc.assert(
      fc.property(anyRanking, depth, (one, depth) => {
        const grades = one.ranked.map((id) => (one.relevant.has(id) ? 1 : 0)).slice(0, depth);
        const hits: number[] = [];
        for (let place = 1; place <= grades.length; place++) if (grades[place - 1] === 1) hits.push(place);
        expect(hitAt(one, depth)).toBe(hits.length > 0 ? 1 : 0);
        expect(reciprocalRank(one, depth)).toBe(hits.length > 0 ? 1 / Math.min(...hits) : 0);
        const ideal = Array.from({ length: one.relevant.size }, () => 1).slice(0, depth);
        expect(ndcg(one, depth)).toBeCloseTo(gainOf(grades) / gainOf(ideal), 10);
      }),
    );
  });

  it('lie between 0 and 1, and never fall when more places are looked at or the right ones come first', () => {
    fc.assert(
      fc.property(anyRanking, depth, (one, depth) => {
        const rightFirst = [...one.ranked].sort((a, b) => Number(one.relevant.has(b)) - Number(one.relevant.has(a)));
        const best = { ranked: rightFirst, relevant: one.relevant };
        for (const metric of [hitAt, reciprocalRank, ndcg]) {
          expect(metric(one, depth)).toBeGreaterThanOrEqual(0);
          expect(metric(best, depth)).toBeGreaterThanOrEqual(metric(one, depth));
          expect(metric(best, depth)).toBeLessThanOrEqual(1);
        }
        expect(hitAt(one, depth + 1)).toBeGreaterThanOrEqual(hitAt(one, depth));
        expect(reciprocalRank(one, depth + 1)).toBeGreaterThanOrEqual(reciprocalRank(one, depth));
        expect(reciprocalRank(one, 1)).toBe(hitAt(one, 1));
      }),
    );
  });

  it('do not depend on wrong ones below the depth', () => {
    fc.assert(
      fc.property(anyRanking, depth, (one, depth) => {
        const cut = { ...one, ranked: one.ranked.slice(0, depth) };
        for (const metric of [hitAt, reciprocalRank, ndcg]) expect(metric(cut, depth)).toBe(metric(one, depth));
      }),
    );
  });
});

describe('the sign test', () => {
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [5, 5, 1],
    [5, 0, 0.0625],
    [8, 2, 0.109375],
    [2, 8, 0.109375],
  ])('of %d won and %d lost gives %d', (won, lost, p) => expect(signTest(won, lost)).toBeCloseTo(p, 10));

  it('counts how many of all series of tosses are at least as uneven', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), (won, lost) => {
        const tosses = won + lost;
        let uneven = 0;
        for (let series = 0; series < 2 ** tosses; series++) {
          const heads = series.toString(2).replaceAll('0', '').length;
          if (Math.abs(2 * heads - tosses) >= Math.abs(won - lost)) uneven++;
        }
        expect(signTest(won, lost)).toBeCloseTo(uneven / 2 ** tosses, 9);
      }),
    );
  });

  it('stands large numbers', () => {
    expect(signTest(3_000, 3_000)).toBeCloseTo(1, 6);
    expect(signTest(4_000, 1_000)).toBeLessThan(1e-6);
    expect(signTest(4_000, 1_000)).toBeGreaterThanOrEqual(0);
  });
});
