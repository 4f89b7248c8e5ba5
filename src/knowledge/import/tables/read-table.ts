import { errorAt, type Problem, warningAt } from '../problem.ts';
import type { RawRow, RawSheet } from '../raw-document.ts';
import { type Column, FAQ_COLUMNS, plainHeader, PROCEDURE_COLUMNS } from './columns.ts';

/** A row with its cells by key; columns the table does not have are ''. */
export interface KeyedRow<Key extends string> {
  readonly row: number;
  readonly cells: Readonly<Record<Key, string>>;
}

export interface KeyedTable<Key extends string> {
  /** Headers as the table has them, for telling problems. */
  readonly headers: Readonly<Partial<Record<Key, string>>>;
  readonly rows: readonly KeyedRow<Key>[];
}

/** Titles and explanations may stand above the header row. */
const HEADER_WITHIN = 10;
const FEWEST_PROCEDURE_COLUMNS = 3;
const EXAMPLE = /^[（(]?(示例|样例|例)[）):：]/;
/** What a template puts before a text that a spreadsheet would take for a formula. */
const GUARD = /^'(?=[=+\-@\t\r])/;

interface Header<Key extends string> {
  readonly at: number;
  /** Key of each column; null for a column nothing is known of. */
  readonly keys: readonly (Key | null)[];
}

/** Finds the row that names the columns: the one with most known names among the first, provided it has the required ones. */
function findHeader<Key extends string>(rows: readonly RawRow[], columns: readonly Column<Key>[]): Header<Key> | null {
  const keyOf = new Map<string, Key>();
  for (const { key, header, synonyms } of columns) for (const name of [header, ...synonyms]) if (!keyOf.has(name)) keyOf.set(name, key);
  let best: Header<Key> | null = null;
  let most = 0;
  for (const [at, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const seen = new Set<Key>();
    const keys = cells.map((cell) => {
      const key = keyOf.get(plainHeader(cell)) ?? null;
      if (key === null || seen.has(key)) return null;
      seen.add(key);
      return key;
    });
    const isComplete = columns.every(({ key, isRequired }) => !isRequired || seen.has(key));
    if (isComplete && seen.size > most) [best, most] = [{ at, keys }, seen.size];
  }
  return best;
}

export type SheetKind = 'faq' | 'procedure';

/** What a sheet is a table of; null when its header row is neither. */
export function sheetKind(sheet: RawSheet): SheetKind | null {
  if (findHeader(sheet.rows, FAQ_COLUMNS)) return 'faq';
  const procedures = findHeader(sheet.rows, PROCEDURE_COLUMNS);
  return procedures && procedures.keys.filter((key) => key !== null).length >= FEWEST_PROCEDURE_COLUMNS ? 'procedure' : null;
}

/**
 * Reads a sheet by the names of its columns; empty rows and the example of the template are passed over.
 * @param problems what is wrong with it is added here.
 */
export function readTable<Key extends string>(
  sheet: RawSheet,
  columns: readonly Column<Key>[],
  file: string,
  problems: Problem[],
): KeyedTable<Key> {
  const header = findHeader(sheet.rows, columns);
  const headers: Partial<Record<Key, string>> = {};
  if (!header) return { headers, rows: [] };
  const where = { sheet: sheet.name };
  const names = sheet.rows[header.at]!.cells;
  for (const [at, name] of names.entries()) {
    if (header.keys[at] !== null || name === '' || plainHeader(name) === '序号') continue;
    problems.push(
      warningAt(file, '这一列没有对应的字段（或与前面的列重复），没有导入', { ...where, row: sheet.rows[header.at]!.row, column: name }),
    );
  }
  const below = sheet.rows.slice(header.at + 1);
  const nameless = names.flatMap((name, at) => (name === '' && below.some(({ cells }) => (cells[at] ?? '') !== '') ? [at + 1] : []));
  if (nameless.length > 0) problems.push(warningAt(file, `第 ${nameless.join('、')} 列有内容但没有表头，没有导入`, where));
  for (const [at, key] of header.keys.entries()) if (key !== null) headers[key] = names[at]!;
  const rows = below.flatMap((row): KeyedRow<Key>[] => {
    if (row.cells.every((cell) => cell === '')) return [];
    const cells = Object.fromEntries(columns.map(({ key }) => [key, ''])) as Record<Key, string>;
    for (const [at, key] of header.keys.entries()) if (key !== null) cells[key] = (row.cells[at] ?? '').replace(GUARD, '').trim();
    const [first] = columns;
    if (first && EXAMPLE.test(cells[first.key])) return [];
    if (row.cells.length > names.length && row.cells.slice(names.length).some((cell) => cell !== '')) {
      problems.push(
        errorAt(file, `有 ${row.cells.length} 格，表头只有 ${names.length} 列；内容里有逗号时请加引号`, { ...where, row: row.row }),
      );
      return [];
    }
    const missing = columns.filter(({ key, isRequired }) => isRequired && cells[key] === '');
    for (const { key } of missing)
      problems.push(errorAt(file, '不能为空，请补写', { ...where, row: row.row, column: headers[key] ?? key }));
    return missing.length > 0 ? [] : [{ row: row.row, cells }];
  });
  return { headers, rows };
}
