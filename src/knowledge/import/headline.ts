import type { DocLine } from './lines.ts';

/** A line that opens a section, taken apart. */
export interface Headline {
  /** With its number as printed, except where the number becomes that of the section (7.标题). */
  readonly title: string;
  /** The same without any number. */
  readonly bare: string;
  /** Text of the section that stands on the line itself. */
  readonly inline: string;
  /** Whether the document itself gives a title; otherwise it is the first clause of the text, which stays in the text. */
  readonly isTitled: boolean;
}

const LONGEST_STANDING = 50;
const LONGEST_CLAUSE = 24;
const LONGEST_HEADING = 70;
const BRACKETED = /^[【（(〔［[]([^】）)〕］\]]{2,30})[】）)〕］\]]\s*(.*)$/s;
/** 标题。正文 or 标题：正文 on one line; a title has no comma. */
const RUN_IN = /^([^。，,；;：:！？]{2,40})。(.*)$/s;
const RUN_IN_COLON = /^([^。，,；;：:！？]{2,20})[：:](.+)$/s;

/**
 * Reads the title, and the text behind it, of a line that starts with a number or is a heading by style.
 * @param hasBody whether lines of text follow it: without, a short sentence is not a title but the text itself.
 */
export function headlineOf({ text, heading, mark }: DocLine, hasBody: boolean): Headline {
  const label = mark?.label ?? '';
  const rest = mark?.rest ?? text;
  const titled = (title: string, inline: string): Headline => ({
    title: printed(label, title, mark?.kind),
    bare: title || label,
    inline,
    isTitled: true,
  });
  if (mark?.kind === 'chapter' || mark?.kind === 'chapter-part') return titled(rest, '');
  const runIn = RUN_IN.exec(rest) ?? RUN_IN_COLON.exec(rest);
  const isStyled = heading !== null && rest.length <= LONGEST_HEADING && !(runIn && runIn[2] !== '');
  if (isStyled) return titled(rest.replace(/[。：:]$/, ''), '');
  const bracketed = mark?.kind === 'article' ? BRACKETED.exec(rest) : null;
  if (bracketed) return titled(bracketed[1]!, bracketed[2]!.trim());
  if (mark?.kind !== 'article') {
    if (runIn && (hasBody || runIn[2] !== '')) return titled(runIn[1]!.trim(), runIn[2]!.trim());
    if (rest.length <= LONGEST_STANDING && !/[。；;：:，,、！？]$/.test(rest)) return titled(rest, '');
  }
  const clause = clauseOf(rest);
  return { title: printed(label, clause, mark?.kind), bare: clause || label, inline: rest, isTitled: false };
}

const printed = (label: string, title: string, kind: string | undefined): string => {
  if (kind === 'decimal') return title || label;
  return /[条章节编]$/.test(label) && title !== '' ? `${label} ${title}` : label + title;
};

/** The first clause, for want of a title. */
function clauseOf(text: string): string {
  const clause = text.split(/[，。；：、？！,;:!?\n]/)[0]!.trim();
  return clause.length <= LONGEST_CLAUSE ? clause : `${clause.slice(0, LONGEST_CLAUSE)}…`;
}
