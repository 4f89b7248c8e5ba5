import { type Mark, readMark } from './marks.ts';
import { isPageFurniture } from './page-text.ts';
import type { Place, RawBlock } from './raw-document.ts';
import { tableSentences } from './table-text.ts';

/** A line of a document, on the way to its outline. */
export interface DocLine {
  readonly text: string;
  /** Level of the heading it is by style; null for body text. */
  readonly heading: number | null;
  readonly mark: Mark | null;
  readonly isTable: boolean;
  /** Whether it is the first on a new page. */
  readonly afterBreak: boolean;
  readonly at: Place;
}

/** The lines of a document: paragraphs, list items and rows of tables; without the furniture of the page. */
export function linesOf(blocks: readonly RawBlock[]): DocLine[] {
  const lines: DocLine[] = [];
  let afterBreak = false;
  const add = (raw: string, at: Place, heading: number | null, isTable: boolean): void => {
    const text = readable(raw);
    if (text === '' || isPageFurniture(text)) return;
    lines.push({ text, heading, mark: isTable ? null : readMark(text), isTable, afterBreak, at });
    afterBreak = false;
  };
  for (const block of blocks) {
    if (block.kind === 'page-break') afterBreak = true;
    else if (block.kind === 'table') for (const sentence of tableSentences(block.rows)) add(sentence, block.at, null, true);
    else if (block.kind === 'list') for (const item of block.items) for (const text of item.split('\n')) add(text, block.at, null, false);
    else if (block.kind === 'heading') add(block.text.replaceAll('\n', ''), block.at, block.level, false);
    else {
      block.text.split('\n').forEach((text, index) => {
        add(text, block.at.line === null ? block.at : { ...block.at, line: block.at.line + index }, null, false);
      });
    }
  }
  return lines;
}

// oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** A number sign at the start would make a heading of the line in the library's Markdown. */
const readable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(INVISIBLE, '')
    .trim()
    .replace(/^#+(?=\s)/, (signs) => '＃'.repeat(signs.length));
