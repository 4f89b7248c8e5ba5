import type { PrintLine } from './pdf-lines.ts';

export interface PrintedPage {
  readonly height: number;
  readonly lines: readonly PrintLine[];
}

/** Share of the page's height at each edge where headers and footers stand. */
const EDGE = 0.12;
const REPEATED_ON = 0.4;
/** They are set apart from the text: by a gap of so many type sizes, or by smaller type. */
const SET_APART = 1.9;
const OTHER_SIZE = 0.08;
const PAGE_NUMBER = /^([-—–－·.\s]*\d{1,4}[-—–－·.\s]*|第\s*\d+\s*页.*|(page\s*)?\d+\s*(\/|of|／)\s*\d+(\s*页)?|共\s*\d+\s*页.*)$/i;

const isAtEdge = (line: PrintLine, height: number): boolean => line.y < EDGE * height || line.y > (1 - EDGE) * height;
const shapeOf = (line: PrintLine): string => line.text.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, '');

/**
 * Leaves out page numbers, and lines at the edge that come back on many pages.
 * @param pages each with its lines from top to bottom
 */
export function withoutFurniture(pages: readonly PrintedPage[]): PrintedPage[] {
  const timesOf = new Map<string, number>();
  for (const { lines, height } of pages) {
    const shapes = new Set(lines.filter((line) => isAtEdge(line, height)).map(shapeOf));
    for (const shape of shapes) timesOf.set(shape, (timesOf.get(shape) ?? 0) + 1);
  }
  const often = Math.max(2, REPEATED_ON * pages.length);
  return pages.map(({ height, lines }) => {
    const isFurniture = (line: PrintLine): boolean =>
      isAtEdge(line, height) && (PAGE_NUMBER.test(line.text) || (timesOf.get(shapeOf(line)) ?? 0) >= often);
    const top = countAtEdge(lines, isFurniture);
    const bottom = countAtEdge(lines.slice(top).toReversed(), isFurniture);
    return { height, lines: lines.slice(top, lines.length - bottom) };
  });
}

/** How many lines, from the edge inwards, are furniture; none when what follows is set like their continuation. */
function countAtEdge(inwards: readonly PrintLine[], isFurniture: (line: PrintLine) => boolean): number {
  for (let count = inwards.findIndex((line) => !isFurniture(line)); count !== 0; count--) {
    if (count < 0) return inwards.length;
    const [last, text] = [inwards[count - 1]!, inwards[count]!];
    const size = Math.max(last.size, text.size);
    const isApart = Math.abs(last.y - text.y) > SET_APART * size || Math.abs(last.size - text.size) > OTHER_SIZE * size;
    if (isApart) return count;
  }
  return 0;
}
