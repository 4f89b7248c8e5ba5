import { Button } from 'antd';
import { useState } from 'react';
import type { Diff, DiffRow } from '../api/types.ts';
import { foldRows } from './fold-rows.ts';

type Side = DiffRow['left'];

/** Two texts side by side, line by line; one below the other where there is no room. Long stretches without a change are folded. */
export function DiffTable({
  diff,
  leftTitle,
  rightTitle,
}: {
  readonly diff: Diff;
  readonly leftTitle: string;
  readonly rightTitle: string;
}) {
  const [isWhole, setWhole] = useState(false);
  const pieces = isWhole ? [{ kind: 'rows' as const, rows: diff.rows }] : foldRows(diff.rows);
  const hasFolds = pieces.some((piece) => piece.kind === 'fold');
  return (
    <div className="diff">
      {diff.words.length > 0 && (
        <ul className="diff-words" aria-label="改动一览">
          {diff.words.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <table className="diff-table">
        <caption className="visually-hidden">
          {leftTitle}与{rightTitle}的逐行对照
        </caption>
        <thead>
          <tr>
            <th scope="col">{leftTitle}</th>
            <th scope="col">{rightTitle}</th>
          </tr>
        </thead>
        <tbody>
          {pieces.map((piece) =>
            piece.kind === 'fold' ? (
              <tr key={`fold-${piece.from}`} className="diff-fold">
                <td colSpan={2}>有 {piece.count} 行没有变化</td>
              </tr>
            ) : (
              piece.rows.map((row) => <Row key={`${row.left?.line ?? ''}-${row.right?.line ?? ''}`} row={row} />)
            ),
          )}
        </tbody>
      </table>
      {(hasFolds || isWhole) && (
        <Button type="link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? '只看改动' : '展开全文'}
        </Button>
      )}
    </div>
  );
}

function Row({ row }: { readonly row: DiffRow }) {
  return (
    <tr className={`diff-${row.kind}`}>
      <Cell side={row.left} marks={row.leftMarks} tag="del" sign={row.kind === 'same' ? '' : '原'} />
      <Cell side={row.right} marks={row.rightMarks} tag="ins" sign={row.kind === 'same' ? '' : '新'} />
    </tr>
  );
}

interface CellProps {
  readonly side: Side;
  readonly marks: readonly (readonly [number, number])[];
  readonly tag: 'del' | 'ins';
  readonly sign: string;
}

function Cell({ side, marks, tag: Mark, sign }: CellProps) {
  if (side === null) return <td className="diff-empty" />;
  const pieces: { readonly text: string; readonly isMarked: boolean; readonly at: number }[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start > at) pieces.push({ text: side.text.slice(at, start), isMarked: false, at });
    pieces.push({ text: side.text.slice(start, end), isMarked: true, at: start });
    at = end;
  }
  if (at < side.text.length) pieces.push({ text: side.text.slice(at), isMarked: false, at });
  return (
    <td>
      <div className="diff-line">
        <span className="diff-number" aria-hidden="true">
          {side.line}
        </span>
        {sign !== '' && <span className="visually-hidden">{sign}：</span>}
        <span className="diff-text">
          {pieces.map(({ text, isMarked, at }) => (isMarked ? <Mark key={at}>{text}</Mark> : <span key={at}>{text}</span>))}
        </span>
      </div>
    </td>
  );
}
