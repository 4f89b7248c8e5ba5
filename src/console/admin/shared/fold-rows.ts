import type { DiffRow } from '../api/types.ts';

export type DiffPiece =
  | { readonly kind: 'rows'; readonly rows: readonly DiffRow[] }
  | { readonly kind: 'fold'; readonly from: number; readonly count: number };

/** Unchanged lines shown before and after a change. */
const AROUND = 3;

/** Rows with the long stretches in which nothing changes folded away. */
export function foldRows(rows: readonly DiffRow[]): DiffPiece[] {
  const isShown = rows.map((_, index) => rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'));
  const pieces: DiffPiece[] = [];
  let start = 0;
  while (start < rows.length) {
    let end = start;
    while (end < rows.length && isShown[end] === isShown[start]) end++;
    const stretch = rows.slice(start, end);
    // Folding one line away saves nothing.
    if (isShown[start] || stretch.length === 1) pieces.push({ kind: 'rows', rows: stretch });
    else pieces.push({ kind: 'fold', from: start, count: stretch.length });
    start = end;
  }
  return pieces;
}
