import type { CheerioAPI } from 'cheerio';

const tables = ($: CheerioAPI) => $('table').toArray();

/** An element, as the HTML parser names it. */
export type HtmlElement = ReturnType<typeof tables>[number];

const WIDEST = 100;
const TALLEST = 5_000;

const span = (written: string | undefined, most: number): number => {
  const value = Number(written ?? 1);
  return Number.isInteger(value) && value > 0 ? Math.min(value, most) : 1;
};

/**
 * The grid of a table: rows of equal length, a merged cell repeated in every cell it covers.
 * @param textOf the text of a cell.
 */
export function tableGrid($: CheerioAPI, table: HtmlElement, textOf: (cell: HtmlElement) => string): string[][] {
  const grid: (string | undefined)[][] = [];
  const rows = $(table)
    .find('tr')
    .toArray()
    .filter((row) => $(row).closest('table')[0] === table);
  for (const [at, row] of rows.entries()) {
    const line = (grid[at] ??= []);
    let column = 0;
    for (const cell of $(row).children('td, th').toArray()) {
      while (line[column] !== undefined) column++;
      const text = textOf(cell);
      const across = span($(cell).attr('colspan'), WIDEST - column);
      const down = span($(cell).attr('rowspan'), Math.min(TALLEST, rows.length - at));
      for (let y = 0; y < down; y++) {
        const target = (grid[at + y] ??= []);
        for (let x = 0; x < across; x++) target[column + x] ??= text;
      }
      column += across;
      if (column >= WIDEST) break;
    }
  }
  const width = Math.max(0, ...grid.map((line) => line.length));
  return grid
    .map((line) => Array.from({ length: width }, (_, column) => line[column] ?? ''))
    .filter((line) => line.some((text) => text !== ''));
}

const LONG_CELL = 400;

/** Whether a table only arranges the page: it has one cell, holds other tables, or holds whole passages. */
export function isLayoutTable($: CheerioAPI, table: HtmlElement): boolean {
  if ($(table).find('table').length > 0) return true;
  const cells = $(table).find('td, th');
  if (cells.length <= 1) return true;
  const hasHeadings = $(table).find('h1, h2, h3, h4').length > 0;
  const rows = $(table).find('tr').length;
  const longest = Math.max(...cells.toArray().map((cell) => $(cell).text().trim().length));
  const total = $(table).text().trim().length;
  return hasHeadings || (longest > LONG_CELL && longest > 0.8 * total) || (rows === 1 && cells.length <= 2 && longest > LONG_CELL);
}
