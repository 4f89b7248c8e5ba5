import { parseChineseNumeral } from '../../text/numerals.ts';

/** The kinds of numbering official documents use, from the highest down. */
export const MARK_KINDS = ['chapter', 'chapter-part', 'article', 'numeral', 'bracketed-numeral', 'decimal', 'bracketed-decimal'] as const;

export type MarkKind = (typeof MARK_KINDS)[number];

/** The number at the start of a line. */
export interface Mark {
  readonly kind: MarkKind;
  /** As printed: 第三条, 一、, （二）, 7. */
  readonly label: string;
  readonly value: number | null;
  /** What follows it, without the space between. */
  readonly rest: string;
}

const NUMERAL = '[零〇一二三四五六七八九十百千]{1,7}';

/** A name in the running text (第三条规定的…, 第一章所称…) is no number of the line. */
const IN_TEXT = '(?!规定|中[的所]|[的所和及与、至到或款项之])';

const FORMS: readonly (readonly [MarkKind, RegExp])[] = [
  ['chapter', new RegExp(`^(第(${NUMERAL}|\\d{1,3})[编章])${IN_TEXT}[\\s　：:]*(.*)$`, 's')],
  ['chapter-part', new RegExp(`^(第(${NUMERAL}|\\d{1,3})节)${IN_TEXT}[\\s　：:]*(.*)$`, 's')],
  ['article', new RegExp(`^(第(${NUMERAL}|\\d{1,3})条)${IN_TEXT}[\\s　：:]*(.*)$`, 's')],
  ['numeral', new RegExp(`^((${NUMERAL})、)\\s*(.*)$`, 's')],
  ['bracketed-numeral', new RegExp(`^([（(](${NUMERAL})[）)])[\\s　、.．]*(.*)$`, 's')],
  ['decimal', /^((\d{1,3})(?:[.．](?!\d)|、))\s*(.*)$/s],
  ['bracketed-decimal', /^((?:[（(](\d{1,3})[）)])|(?:(\d{1,3})[）)]))\s*(.*)$/s],
];

/**
 * Reads the number a line starts with; null when it starts with none.
 * @example readMark('（二）首次升规奖励。') // → { kind: 'bracketed-numeral', label: '（二）', value: 2, rest: '首次升规奖励。' }
 */
export function readMark(line: string): Mark | null {
  for (const [kind, form] of FORMS) {
    const match = form.exec(line);
    if (!match) continue;
    const printed = match[2] ?? match[3] ?? '';
    const value = /^\d+$/.test(printed) ? Number(printed) : parseChineseNumeral(printed);
    return { kind, label: match[1]!, value, rest: match.at(-1)!.trim() };
  }
  return null;
}
