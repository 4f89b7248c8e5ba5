import { isWide, withoutInnerSpaces } from '../join-lines.ts';
import { withoutLookAlikes } from './kangxi.ts';

/** A piece of text as PDF.js gives it: the matrix holds size and place of its baseline, origin at the bottom left. */
export interface TextPiece {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** One line of print. */
export interface PrintLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Height of the baseline above the bottom of the page. */
  readonly y: number;
  /** Size of its type in points. */
  readonly size: number;
}

export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** Parts of the type size: baselines nearer than this are one line; gaps wider than these are spaces. */
const SAME_LINE = 0.45;
const LATIN_GAP = 0.2;
const WIDE_GAP = 1;

/** Upright text with its place; white space, and text that is turned (watermarks), are left out. */
export function placedTexts(pieces: readonly TextPiece[]): PlacedText[] {
  return pieces.flatMap(({ str, transform, width }): PlacedText[] => {
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = transform;
    if (str.trim() === '' || Math.abs(b) > 0.1 * Math.abs(a)) return [];
    return [{ text: withoutLookAlikes(str), left: x, right: x + width, y, size: Math.abs(d) || Math.abs(a) }];
  });
}

/** Puts the pieces of a page, or of a cell, together to lines, from top to bottom. */
export function printLines(texts: readonly PlacedText[]): PrintLine[] {
  const rows: PlacedText[][] = [];
  for (const text of [...texts].sort((a, b) => b.y - a.y)) {
    const row = rows.at(-1);
    const size = Math.max(text.size, ...(row ?? []).map((piece) => piece.size));
    if (row && row[0]!.y - text.y < SAME_LINE * size) row.push(text);
    else rows.push([text]);
  }
  return rows.map(lineOf);
}

function lineOf(pieces: readonly PlacedText[]): PrintLine {
  const sorted = [...pieces].sort((a, b) => a.left - b.left);
  let text = '';
  let right = Number.NEGATIVE_INFINITY;
  for (const piece of sorted) {
    // The same text printed twice at one place is a bold face made by hand.
    if (piece.left < right - 0.5 * piece.size && text.endsWith(piece.text)) continue;
    const gap = (piece.left - right) / piece.size;
    const isWideGap = isWide(text.at(-1) ?? '') || isWide(piece.text[0] ?? '') ? gap > WIDE_GAP : gap > LATIN_GAP;
    text += text !== '' && isWideGap && !/\s$/.test(text) ? ` ${piece.text}` : piece.text;
    right = Math.max(right, piece.right);
  }
  const sizes = sorted.toSorted((a, b) => b.text.length - a.text.length);
  return { text: withoutInnerSpaces(text).trim(), left: sorted[0]!.left, right, y: sorted[0]!.y, size: sizes[0]!.size };
}
