import { FAQ_COLUMNS, PROCEDURE_COLUMNS } from './columns.ts';
import type { SheetKind } from './read-table.ts';

/**
 * A cell of a CSV file as text: a spreadsheet would run what begins with = + - @ as a formula, so an apostrophe goes before it (the importer
 * takes it off again).
 * @example csvCell('=1+1') // → "'=1+1"
 */
export function csvCell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Rows as CSV that Excel opens with its Chinese intact: UTF-8 with byte order mark, `\r\n`. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** The table to fill in: its header, and one example row, which the importer passes over. */
export function tableTemplate(kind: SheetKind): string {
  const columns = kind === 'faq' ? FAQ_COLUMNS : PROCEDURE_COLUMNS;
  return csvText([columns.map(({ header }) => header), columns.map(({ example }) => example)]);
}
