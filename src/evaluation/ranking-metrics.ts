/** What an engine found for one question, best first and each only once, and what it should have found. */
export interface Ranking<Id> {
  readonly ranked: readonly Id[];
  readonly relevant: ReadonlySet<Id>;
}

/** Means over some questions, from 0 to 1; all 0 over none. */
export interface RankingFigures {
  readonly questions: number;
  /** Share of questions with a right one in the first place. */
  readonly recallAt1: number;
  /** Share of questions with a right one among the first five. */
  readonly recallAt5: number;
  readonly mrrAt10: number;
  readonly ndcgAt10: number;
}

/**
 * Place of the first right one, from 1; null when none of the first `depth` is right.
 * @example firstRightPlace({ ranked: ['b', 'a'], relevant: new Set(['a']) }, 10) // → 2
 */
export function firstRightPlace<Id>({ ranked, relevant }: Ranking<Id>, depth: number): number | null {
  const at = ranked.slice(0, depth).findIndex((id) => relevant.has(id));
  return at < 0 ? null : at + 1;
}

/** 1 when one of the first `depth` is right, else 0. Over questions with one right answer its mean is recall, over others the success rate. */
export const hitAt = <Id>(ranking: Ranking<Id>, depth: number): number => (firstRightPlace(ranking, depth) === null ? 0 : 1);

/** 1 / place of the first right one, 0 when none of the first `depth` is right. */
export const reciprocalRank = <Id>(ranking: Ranking<Id>, depth: number): number => 1 / (firstRightPlace(ranking, depth) ?? Infinity);

/**
 * Normalised discounted cumulative gain with right and wrong as the only grades: each right one counts 1 / log₂(place + 1), and the sum is divided
 * by that of the best possible order. 0 when nothing is right.
 */
export function ndcg<Id>({ ranked, relevant }: Ranking<Id>, depth: number): number {
  let gain = 0;
  for (const [at, id] of ranked.slice(0, depth).entries()) if (relevant.has(id)) gain += discount(at);
  let best = 0;
  for (let at = 0; at < Math.min(depth, relevant.size); at++) best += discount(at);
  return best === 0 ? 0 : gain / best;
}

const discount = (at: number): number => 1 / Math.log2(at + 2);

/** The usual figures of a ranking engine over some questions. */
export function rankingFigures<Id>(rankings: readonly Ranking<Id>[]): RankingFigures {
  const mean = (metric: (ranking: Ranking<Id>) => number): number =>
    rankings.length === 0 ? 0 : rankings.reduce((sum, ranking) => sum + metric(ranking), 0) / rankings.length;
  return {
    questions: rankings.length,
    recallAt1: mean((ranking) => hitAt(ranking, 1)),
    recallAt5: mean((ranking) => hitAt(ranking, 5)),
    mrrAt10: mean((ranking) => reciprocalRank(ranking, 10)),
    ndcgAt10: mean((ranking) => ndcg(ranking, 10)),
  };
}

/**
 * Two-sided sign test: how likely a difference at least as large is when neither of the two is better, from 0 to 1.
 * @param won questions only the first got right.
 * @param lost questions only the second got right.
 * @example signTest(8, 2) // → 0.109…
 */
export function signTest(won: number, lost: number): number {
  const tosses = won + lost;
  let tail = 0;
  let logWays = -tosses * Math.LN2;
  for (let heads = 0; heads <= Math.min(won, lost); heads++) {
    tail += Math.exp(logWays);
    logWays += Math.log(tosses - heads) - Math.log(heads + 1);
  }
  return Math.min(1, 2 * tail);
}
