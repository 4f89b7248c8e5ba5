import type { Rule, Rules } from './pdf-rules.ts';

/** A ruled table on a page: the columns and rows its lines make. Rows from the top. */
export interface TableFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** The cell (merged cells as one) at a row and column of the grid. */
  readonly cellAt: (row: number, column: number) => number;
}

/** How far apart two lines may lie and still be one, in points. */
const NEAR = 2.5;
const FEWEST_CELLS = 4;

/** Finds the tables among the lines of a page, from top to bottom: groups of lines that cross, with at least two rows and two columns. */
export function tableFrames(rules: Rules): TableFrame[] {
  return groups(rules)
    .flatMap(({ horizontal, vertical }): TableFrame[] => {
      const columns = positions(vertical);
      const rows = positions(horizontal).toReversed();
      if (columns.length < 3 || rows.length < 3 || (columns.length - 1) * (rows.length - 1) < FEWEST_CELLS) return [];
      return [frame(columns, rows, horizontal, vertical)];
    })
    .sort((a, b) => b.top - a.top);
}

const touches = (horizontal: Rule, vertical: Rule): boolean =>
  vertical.at >= horizontal.from - NEAR &&
  vertical.at <= horizontal.to + NEAR &&
  horizontal.at >= vertical.from - NEAR &&
  horizontal.at <= vertical.to + NEAR;

/** Lines that belong together because they cross, directly or through others. */
function groups({ horizontal, vertical }: Rules): { horizontal: Rule[]; vertical: Rule[] }[] {
  const groupOf = horizontal.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (groupOf[root] !== root) root = groupOf[root]!;
    return (groupOf[index] = root);
  };
  const members: (number | null)[] = vertical.map((line) => {
    let group: number | null = null;
    for (const [index, other] of horizontal.entries()) {
      if (!touches(other, line)) continue;
      if (group === null) group = find(index);
      else groupOf[find(index)] = find(group);
    }
    return group;
  });
  const found = new Map<number, { horizontal: Rule[]; vertical: Rule[] }>();
  const of = (index: number) => {
    const root = find(index);
    const group = found.get(root) ?? { horizontal: [], vertical: [] };
    found.set(root, group);
    return group;
  };
  for (const [index, line] of horizontal.entries()) of(index).horizontal.push(line);
  for (const [index, line] of vertical.entries()) if (members[index] !== null) of(members[index]!).vertical.push(line);
  return [...found.values()].filter((group) => group.vertical.length > 1 && group.horizontal.length > 1);
}

/** The distinct places of lines, near ones as one, in ascending order. */
function positions(lines: readonly Rule[]): number[] {
  const found: number[] = [];
  for (const { at } of [...lines].sort((a, b) => a.at - b.at)) if (found.length === 0 || at - found.at(-1)! > NEAR) found.push(at);
  return found;
}

function frame(columns: number[], rows: number[], horizontal: readonly Rule[], vertical: readonly Rule[]): TableFrame {
  const [width, height] = [columns.length - 1, rows.length - 1];
  const cells = Array.from({ length: width * height }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (cells[root] !== root) root = cells[root]!;
    return root;
  };
  const covers = (lines: readonly Rule[], at: number, middle: number): boolean =>
    lines.some((line) => Math.abs(line.at - at) <= NEAR && line.from - NEAR <= middle && line.to + NEAR >= middle);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [(columns[column]! + columns[column + 1]!) / 2, (rows[row]! + rows[row + 1]!) / 2];
      const here = row * width + column;
      if (column + 1 < width && !covers(vertical, columns[column + 1]!, y)) cells[find(here + 1)] = find(here);
      if (row + 1 < height && !covers(horizontal, rows[row + 1]!, x)) cells[find(here + width)] = find(here);
    }
  }
  return {
    left: columns[0]!,
    right: columns.at(-1)!,
    top: rows[0]!,
    bottom: rows.at(-1)!,
    columns,
    rows,
    cellAt: (row, column) => find(row * width + column),
  };
}
