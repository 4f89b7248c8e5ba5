import { decodeText } from '../decode-text.ts';
import { joinLines } from '../join-lines.ts';
import { readMark } from '../marks.ts';
import type { RawBlock, RawDocument, SourceFile } from '../raw-document.ts';
import { refuse } from '../refusals.ts';

/** Lines of a text wrapped at a fixed width are nearly all of that width; shorter than this a width says nothing. */
const SHORTEST_WRAP = 20;
const WRAPPED_SHARE = 0.6;
const WRAP_SLACK = 3;
const FEWEST_WRAPPED = 4;

/**
 * Reads plain text, UTF-8 or GBK: each line a paragraph, except in a text wrapped at a fixed width, whose lines are joined again.
 * @throws {AppError} `IMPORT_WRONG_TYPE`, `IMPORT_DAMAGED`
 */
export function readPlainText({ name, bytes, charset }: SourceFile): RawDocument {
  const text = decodeText(bytes, { charset });
  if (text === null) throw refuse('unknown-encoding', name);
  const lines = text.split(/\n|\f/);
  const width = wrapWidth(lines);
  const blocks: RawBlock[] = [];
  let isOpen = false;
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const previous = blocks.at(-1);
    if (line === '') isOpen = false;
    else if (isOpen && previous?.kind === 'paragraph' && !readMark(line) && !/^[\s　]{2}/.test(raw)) {
      blocks[blocks.length - 1] = { ...previous, text: joinLines(previous.text, line) };
    } else blocks.push({ kind: 'paragraph', text: line, at: { page: null, line: index + 1 } });
    if (line !== '') isOpen = width !== null && raw.trimEnd().length >= width - WRAP_SLACK;
  }
  if (blocks.length === 0) throw refuse('no-text', name);
  return { blocks, meta: {}, pages: null, notes: [] };
}

/** The width a text is wrapped at; null when each line is a paragraph of its own. */
function wrapWidth(lines: readonly string[]): number | null {
  const lengths = lines.map((line) => line.trimEnd().length).filter((length) => length >= SHORTEST_WRAP);
  const width = Math.max(0, ...lengths);
  const full = lengths.filter((length) => length >= width - WRAP_SLACK).length;
  return full >= FEWEST_WRAPPED && full / lengths.length >= WRAPPED_SHARE ? width : null;
}
