import { ENDS_SENTENCE, isWide } from '../join-lines.ts';
import { readMark } from '../marks.ts';
import type { PrintLine } from './pdf-lines.ts';

/** What a page is set like; all in points. */
export interface Measure {
  readonly left: number;
  readonly right: number;
  readonly bodySize: number;
  /** Usual distance between two lines of one paragraph. */
  readonly pitch: number;
}

const HEADING_RATIO = 1.2;
const SAME_SIZE = 0.08;
const SHORT_BY = 1.6;
const ROOM_SLACK = 0.6;
const INDENT = 1.2;
const FAR_RIGHT = 3.5;
const GAP = 1.6;

/** The value that stands for most of a list of numbers, rounded to `step`; the fallback when there are none. */
function commonest(values: readonly number[], step: number, fallback: number): number {
  const times = new Map<number, number>();
  for (const value of values) {
    const rounded = Math.round(value / step) * step;
    times.set(rounded, (times.get(rounded) ?? 0) + 1);
  }
  let [best, most] = [fallback, 0];
  for (const [value, count] of times) if (count > most) [best, most] = [value, count];
  return best;
}

/** Measures the text of a document, or of one page. */
export function measure(lines: readonly PrintLine[]): Measure {
  const bodySize = commonest(
    lines.flatMap((line) => Array<number>(Math.max(1, line.text.length)).fill(line.size)),
    0.5,
    12,
  );
  const body = lines.filter((line) => Math.abs(line.size - bodySize) <= SAME_SIZE * bodySize);
  const right = Math.max(0, ...body.map((line) => line.right));
  // Lines that run to the right edge and start where others do are the middle of paragraphs: they show the left edge.
  const full = body.filter((line) => line.right > right - SHORT_BY * bodySize);
  const left = Math.min(
    commonest(
      full.map((line) => line.left),
      2,
      Number.POSITIVE_INFINITY,
    ),
    commonest(
      body.map((line) => line.left),
      2,
      0,
    ),
  );
  const steps = body.flatMap((line, at) => {
    const next = body[at + 1];
    return next && line.y > next.y ? [line.y - next.y] : [];
  });
  return { left, right, bodySize, pitch: commonest(steps, 0.5, bodySize * 1.5) };
}

export const isHeadingSize = (line: PrintLine, { bodySize }: Measure): boolean => line.size >= HEADING_RATIO * bodySize;

/** What a line may not begin with, and what it may not end with: it moves with the character beside it. */
const NOT_FIRST = '、，。；：！？）》」』】〕”’…—·,.;:!?)\\]}%％';
const NOT_LAST = '（《「『【〔“‘([{';
const FIRST_UNIT = new RegExp(`^[${NOT_LAST.replaceAll('[', '\\\\[')}]*(?:[\\w.%+/'-]+|.)[${NOT_FIRST}]*`, 'u');
const LATIN_WIDTH = 0.55;

/** Width, in type sizes, of what cannot be parted at the start of a line: as long as it would have fitted above, that line ended of itself. */
function leadWidth(text: string): number {
  const [unit = ''] = FIRST_UNIT.exec(text) ?? [];
  return [...unit].reduce((width, character) => width + (isWide(character) ? 1 : LATIN_WIDTH), 0);
}

/** Whether a line goes on with the sentence or paragraph of the line before it. */
export function continues(previous: PrintLine, line: PrintLine, page: Measure, isNewPage: boolean): boolean {
  const size = page.bodySize;
  if (Math.abs(previous.size - line.size) > SAME_SIZE * Math.max(previous.size, line.size)) return false;
  const gap = previous.y - line.y;
  if (!isNewPage && gap > GAP * Math.max(page.pitch, line.size)) return false;
  const isMarked = readMark(line.text) !== null;
  if (isHeadingSize(line, page)) return !isNewPage && !isMarked && !ENDS_SENTENCE.test(previous.text) && gap < 2 * line.size;
  // What was set to the right or in the middle (signature, date) ends with its line.
  const room = (page.right - previous.right) / size;
  if (room > leadWidth(line.text) + ROOM_SLACK || previous.left > line.left + FAR_RIGHT * size) return false;
  const isIndented = line.left > page.left + INDENT * size && line.left > previous.left - 1;
  const ended = ENDS_SENTENCE.test(previous.text);
  if (isIndented && (ended || isMarked)) return false;
  if (isIndented && line.left > previous.left + INDENT * size && readMark(previous.text) === null) return false;
  return !(isMarked && ended);
}
