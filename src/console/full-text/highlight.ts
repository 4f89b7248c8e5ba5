import type { SectionView } from '../../channels/web/schemas.ts';

export interface Stretch {
  readonly start: number;
  readonly text: string;
  readonly isQuoted: boolean;
}

/**
 * The text cut into quoted and other stretches. A sentence is quoted when a quote covers any of it; neighbours are joined.
 * @example stretches({ text: '甲。乙。', sentences: [{ start: 0, end: 2 }, { start: 2, end: 4 }] }, ['乙。'])
 *          // → [{ start: 0, text: '甲。', isQuoted: false }, { start: 2, text: '乙。', isQuoted: true }]
 */
export function stretches({ text, sentences }: Pick<SectionView, 'text' | 'sentences'>, quotes: readonly string[]): Stretch[] {
  const ranges = quotes.flatMap(piecesOf).flatMap((piece) => {
    const start = text.indexOf(piece);
    return start < 0 ? [] : [{ start, end: start + piece.length }];
  });
  const isQuoted = (start: number, end: number): boolean => ranges.some((range) => range.start < end && start < range.end);

  const found: Stretch[] = [];
  const add = (start: number, end: number, quoted: boolean): void => {
    if (start >= end) return;
    const last = found.at(-1);
    if (last?.isQuoted === quoted) found[found.length - 1] = { ...last, text: text.slice(last.start, end) };
    else found.push({ start, text: text.slice(start, end), isQuoted: quoted });
  };
  let at = 0;
  for (const { start, end } of sentences) {
    const begin = Math.max(start, at);
    add(at, begin, false);
    if (end > begin) add(begin, end, text.slice(begin, end).trim() !== '' && isQuoted(begin, end));
    at = Math.max(at, end);
  }
  add(at, text.length, false);
  return found;
}

/** A quote of sentences that do not stand together has a line "…" where others are left out. */
function piecesOf(quote: string): string[] {
  return quote
    .split(/\n…\n/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}
