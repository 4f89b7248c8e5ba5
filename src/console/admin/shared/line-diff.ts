import { diffLines } from 'diff';
import type { DiffRow } from '../api/types.ts';

/** Two texts line by line, as the API tells the difference between revisions; without marks inside the lines. */
export function lineDiff(left: string, right: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let [leftLine, rightLine] = [1, 1];
  for (const { value, added, removed } of diffLines(left, right)) {
    for (const text of value.replace(/\n$/, '').split('\n')) {
      rows.push({
        kind: added ? 'added' : removed ? 'removed' : 'same',
        left: added ? null : { line: leftLine++, text },
        right: removed ? null : { line: rightLine++, text },
        leftMarks: [],
        rightMarks: [],
      });
    }
  }
  return rows;
}
