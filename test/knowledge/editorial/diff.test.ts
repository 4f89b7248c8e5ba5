import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffRow, diffSources } from '../../../src/knowledge/editorial/diff.ts';

const column = (rows: readonly DiffRow[], side: 'left' | 'right'): string =>
  rows.flatMap((row) => (row[side] ? [row[side].text] : [])).join('\n');
const marked = (row: DiffRow, side: 'left' | 'right'): string[] =>
  (side === 'left' ? row.leftMarks : row.rightMarks).map(([start, end]) => row[side]!.text.slice(start, end));

describe('two texts side by side', () => {
  it('pairs a line with what became of it, and marks what differs by characters and numbers', () => {
    const rows = diffSources(
      '# 园区办法\n参展补贴每家5万元。\n租金补贴两年。\n附则',
      '# 园区办法\n参展补贴每家10万元，逐年发放。\n附则\n本办法自发布之日起施行。',
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['same', 'changed', 'removed', 'same', 'added']);
    const changed = rows[1]!;
    expect([marked(changed, 'left'), marked(changed, 'right')]).toEqual([['5'], ['10', '，逐年发放']]);
    expect(rows.map(({ left, right }) => [left?.line, right?.line])).toEqual([
      [1, 1],
      [2, 2],
      [3, undefined],
      [4, 3],
      [undefined, 4],
    ]);
  });

  it('does not pair lines that have nothing to do with each other', () => {
    expect(diffSources('一\n二', '一\n三').map(({ kind }) => kind)).toEqual(['same', 'removed', 'added']);
  });

  it('shows a new text as added and a text without changes as the same', () => {
    expect(diffSources('', '甲\n乙').map(({ kind, left }) => [kind, left])).toEqual([
      ['added', null],
      ['added', null],
    ]);
    expect(diffSources('甲\n', '甲\n').every(({ kind }) => kind === 'same')).toBe(true);
    expect(diffSources('', '')).toEqual([]);
  });

  it('stands texts that have nothing in common side by side, however long', () => {
    const text = (start: number): string => Array.from({ length: 4_000 }, (_, at) => `${start + at}`).join('\n');
    const [left, right] = [text(0), text(100_000)];
    const rows = diffSources(left, right);
    expect([column(rows, 'left'), column(rows, 'right')]).toEqual([left, right]);
  });

  it('holds both texts whole, with marks that lie within their lines', () => {
    const line = fc.oneof(
      fc.constantFrom('', '补贴5万元', '补贴10万元', '租金', '申报 until 2024-12-31', '𠮷野家\r'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const rows = diffSources(left, right);
        expect(column(rows, 'left')).toBe(left);
        expect(column(rows, 'right')).toBe(right);
        for (const row of rows) {
          expect(row.kind === 'same').toBe(row.left?.text === row.right?.text);
          for (const side of ['left', 'right'] as const) {
            const marks = side === 'left' ? row.leftMarks : row.rightMarks;
            marks.forEach(([start, end], at) => {
              expect(start).toBeLessThan(end);
              expect(start).toBeGreaterThanOrEqual(at === 0 ? 0 : marks[at - 1]![1]);
              expect(end).toBeLessThanOrEqual(row[side]!.text.length);
            });
          }
          if (row.kind === 'changed') {
            const rest = (side: 'left' | 'right'): string => {
              const marks = side === 'left' ? row.leftMarks : row.rightMarks;
              return marks.reduceRight((text, [start, end]) => text.slice(0, start) + text.slice(end), row[side]!.text);
            };
            expect(rest('left')).toBe(rest('right'));
          }
        }
      }),
    );
  });
});
