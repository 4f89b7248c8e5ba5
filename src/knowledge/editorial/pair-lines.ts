/** Lines less alike than this are not two forms of one line. */
const ALIKE_FROM = 0.4;
/** Blocks with more pairs than this to compare are paired in order. */
const MAX_PAIRS = 40_000;

/** A line of the left side, of the right side, or of both. */
export type Pair = readonly [left: string | null, right: string | null];

/**
 * Sets the lines of a rewritten block side by side: each with the one it became, so that the likenesses together are greatest; both sides keep
 * their order.
 */
export function pairLines(left: readonly string[], right: readonly string[]): Pair[] {
  if (left.length * right.length > MAX_PAIRS) return pairInOrder(left, right);
  const [leftSets, rightSets] = [left.map(pairsOf), right.map(pairsOf)];
  const likeness = leftSets.map((a) => rightSets.map((b) => diceOf(a, b)));
  // best[i][j]: the most that lines from i and j on can have in common.
  const best = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1));
  const gain = (i: number, j: number): number => (likeness[i]![j]! >= ALIKE_FROM ? likeness[i]![j]! + best[i + 1]![j + 1]! : -1);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, gain(i, j));
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (gain(i, j) === best[i]![j]) pairs.push([left[i++]!, right[j++]!]);
    else if (best[i + 1]![j] === best[i]![j]) pairs.push([left[i++]!, null]);
    else pairs.push([null, right[j++]!]);
  }
  for (; i < left.length; i++) pairs.push([left[i]!, null]);
  for (; j < right.length; j++) pairs.push([null, right[j]!]);
  return pairs;
}

const pairInOrder = (left: readonly string[], right: readonly string[]): Pair[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [left[at] ?? null, right[at] ?? null]);

/** Pairs of neighbouring characters, spaces aside. */
function pairsOf(line: string): Set<string> {
  const characters = line.replace(/\s+/g, '');
  const pairs = new Set<string>();
  for (let at = 0; at < characters.length - 1; at++) pairs.add(characters.slice(at, at + 2));
  if (characters.length === 1) pairs.add(characters);
  return pairs;
}

/** From 0 to 1: the share of pairs two lines have in common. */
function diceOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return (2 * common) / (a.size + b.size);
}
