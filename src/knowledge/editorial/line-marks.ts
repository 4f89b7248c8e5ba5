import { diffArrays } from 'diff';

/** A stretch of a line, [start, end) in UTF-16 units. */
export type Mark = readonly [start: number, end: number];

export interface LineMarks {
  readonly left: readonly Mark[];
  readonly right: readonly Mark[];
}

/** Lines that have more changes than this are told apart as a whole: single marks would say nothing any more. */
const MAX_CHANGES = 400;

/** Words and numbers of the Latin script, and every other character for itself: Chinese is compared character by character. */
const TOKENS = /[A-Za-z]+|\d+|[^]/gu;
export const tokensOf = (line: string): string[] => line.match(TOKENS) ?? [];

/** What differs between two forms of a line. */
export function lineMarks(left: string, right: string): LineMarks {
  const changes = diffArrays(tokensOf(left), tokensOf(right), { maxEditLength: MAX_CHANGES });
  if (!changes) return { left: [[0, left.length]], right: [[0, right.length]] };
  const marks = { left: [] as Mark[], right: [] as Mark[] };
  let [leftAt, rightAt] = [0, 0];
  for (const { value, added, removed } of changes) {
    const length = value.reduce((sum, token) => sum + token.length, 0);
    if (removed) marks.left.push([leftAt, leftAt + length]);
    if (added) marks.right.push([rightAt, rightAt + length]);
    if (!added) leftAt += length;
    if (!removed) rightAt += length;
  }
  return marks;
}
