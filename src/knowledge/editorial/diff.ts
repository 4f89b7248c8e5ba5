import { diffArrays } from 'diff';
import { lineMarks, type Mark } from './line-marks.ts';
import { pairLines } from './pair-lines.ts';

interface Side {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** One row of two texts side by side; a side that has no such line is null. */
export interface DiffRow {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly left: Side | null;
  readonly right: Side | null;
  /** What differs within a changed line. */
  readonly leftMarks: readonly Mark[];
  readonly rightMarks: readonly Mark[];
}

/** Texts further apart than this many lines are set side by side as one rewritten block. */
const MAX_CHANGED_LINES = 1_000;

const linesOf = (source: string): string[] => (source === '' ? [] : source.split('\n'));

/**
 * Two texts side by side, line by line. The left sides of the rows, joined by line ends, are the left text; the right sides the right one.
 * @example diffSources('一\n二', '一\n三').map(({ kind }) => kind) // → ['same', 'removed', 'added']
 */
export function diffSources(left: string, right: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let [leftLine, rightLine] = [0, 0];
  const push = (leftText: string | null, rightText: string | null): void => {
    rows.push(
      rowOf(
        leftText === null ? null : { line: ++leftLine, text: leftText },
        rightText === null ? null : { line: ++rightLine, text: rightText },
      ),
    );
  };
  let removed: readonly string[] = [];
  let added: readonly string[] = [];
  const flush = (): void => {
    for (const pair of pairLines(removed, added)) push(...pair);
    removed = [];
    added = [];
  };
  const [from, to] = [linesOf(left), linesOf(right)];
  for (const block of diffArrays(from, to, { maxEditLength: MAX_CHANGED_LINES }) ?? [
    { value: from, removed: true, added: false },
    { value: to, removed: false, added: true },
  ]) {
    if (block.removed) removed = [...removed, ...block.value];
    else if (block.added) added = [...added, ...block.value];
    else {
      flush();
      for (const line of block.value) push(line, line);
    }
  }
  flush();
  return rows;
}

function rowOf(left: Side | null, right: Side | null): DiffRow {
  if (left && right) {
    if (left.text === right.text) return { kind: 'same', left, right, leftMarks: [], rightMarks: [] };
    const marks = lineMarks(left.text, right.text);
    return { kind: 'changed', left, right, leftMarks: marks.left, rightMarks: marks.right };
  }
  return { kind: left ? 'removed' : 'added', left, right, leftMarks: [], rightMarks: [] };
}

const WORDS = [
  ['changed', '修改'],
  ['added', '新增'],
  ['removed', '删去'],
] as const;

/** How much differs, in words. @example diffWords(diffSources('一', '一\n二')) // → ['新增 1 行'] */
export function diffWords(rows: readonly DiffRow[]): string[] {
  const words = WORDS.flatMap(([kind, verb]) => {
    const count = rows.filter((row) => row.kind === kind).length;
    return count === 0 ? [] : [`${verb} ${count} 行`];
  });
  return words.length === 0 ? ['两版内容相同'] : words;
}
