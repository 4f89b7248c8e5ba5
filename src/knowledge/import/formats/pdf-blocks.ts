import { joinLines } from '../join-lines.ts';
import type { Place, RawBlock } from '../raw-document.ts';
import { withoutFurniture } from './pdf-furniture.ts';
import type { PrintLine } from './pdf-lines.ts';
import { continues, isHeadingSize, type Measure, measure } from './pdf-paragraphs.ts';
import type { TableFrame } from './pdf-tables.ts';

export interface ReadTable {
  readonly frame: TableFrame;
  readonly rows: readonly (readonly string[])[];
}

export interface ReadPage {
  readonly height: number;
  readonly lines: readonly PrintLine[];
  readonly tables: readonly ReadTable[];
  readonly hasPicture: boolean;
  /** How often it prints text, and how often no text comes of it, because the font is neither embedded nor known. */
  readonly prints: number;
  readonly lostPrints: number;
}

/** The blocks of a document out of what stands on its pages: lines joined to paragraphs, larger type as headings, tables where they stand. */
export function blocksOf(pages: readonly ReadPage[]): RawBlock[] {
  const clean = withoutFurniture(pages);
  const overall = measure(clean.flatMap(({ lines }) => lines));
  const headingSizes = [
    ...new Set(clean.flatMap(({ lines }) => lines.filter((line) => isHeadingSize(line, overall)).map(({ size }) => Math.round(size)))),
  ].sort((a, b) => b - a);
  const blocks: RawBlock[] = [];
  let previous: PrintLine | null = null;
  for (const [index, { lines }] of clean.entries()) {
    const at: Place = { page: index + 1, line: null };
    // A page with few lines does not show its edges.
    const own = measure(lines);
    const page: Measure = lines.length >= 8 ? { ...overall, left: own.left, right: own.right } : overall;
    const tables = [...pages[index]!.tables];
    if (index > 0) blocks.push({ kind: 'page-break', at });
    let isNewPage = true;
    for (const line of lines) {
      while (tables[0] && tables[0].frame.top > line.y) {
        addTable(blocks, tables.shift()!, at);
        previous = null;
      }
      addLine(blocks, line, previous, { at, page, isNewPage, headingSizes });
      [previous, isNewPage] = [line, false];
    }
    for (const table of tables) {
      addTable(blocks, table, at);
      previous = null;
    }
  }
  return blocks;
}

interface LineContext {
  readonly at: Place;
  readonly page: Measure;
  readonly isNewPage: boolean;
  readonly headingSizes: readonly number[];
}

function addLine(
  blocks: RawBlock[],
  line: PrintLine,
  previous: PrintLine | null,
  { at, page, isNewPage, headingSizes }: LineContext,
): void {
  const open = blocks.findLastIndex(({ kind }) => kind !== 'page-break');
  const last = blocks[open];
  if (previous && last && 'text' in last && continues(previous, line, page, isNewPage)) {
    blocks[open] = { ...last, text: joinLines(last.text, line.text) };
    // The page ended inside a paragraph: that is no break of the text.
    if (open < blocks.length - 1) blocks.splice(open + 1);
  } else if (isHeadingSize(line, page) && line.text.length > 1) {
    blocks.push({ kind: 'heading', level: headingSizes.indexOf(Math.round(line.size)) + 1, text: line.text, at });
  } else blocks.push({ kind: 'paragraph', text: line.text, at });
}

/** Adds a table, or goes on with the one the page before ended with; a header printed again is left out. */
function addTable(blocks: RawBlock[], { rows }: ReadTable, at: Place): void {
  const open = blocks.findLastIndex(({ kind }) => kind !== 'page-break');
  const last = blocks[open];
  const isSplit = open < blocks.length - 1 && last?.kind === 'table' && last.rows[0]?.length === rows[0]?.length;
  if (!isSplit || last?.kind !== 'table') {
    blocks.push({ kind: 'table', rows, at });
    return;
  }
  const isHeaderAgain = last.rows[0]!.join('\n') === rows[0]!.join('\n');
  blocks[open] = { ...last, rows: [...last.rows, ...(isHeaderAgain ? rows.slice(1) : rows)] };
  blocks.splice(open + 1);
}
