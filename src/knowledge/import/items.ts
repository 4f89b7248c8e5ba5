const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** How items are counted: each form with the number it gives. */
const COUNTED: readonly (readonly [RegExp, (mark: string) => number])[] = [
  [/(?<![\d.])(\d{1,2})[.．、](?!\d)/g, Number],
  [/[（(](\d{1,2})[）)]/g, Number],
  [new RegExp(`([${CIRCLED}])`, 'g'), (mark) => CIRCLED.indexOf(mark) + 1],
  [/[（(]([一二三四五六七八九十])[）)]/g, (mark) => CHINESE.indexOf(mark) + 1],
  [/(?<=^|[\n；;。])([一二三四五六七八九十])、/g, (mark) => CHINESE.indexOf(mark) + 1],
];

const bare = (item: string): string =>
  item
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/^[\s·•●▪-]+/, '')
    .replace(/[\s；;。，,]+$/, '');

/** Pieces between marks that count 1, 2, 3 … from the start of the text; null when it is not counted so. */
function countedItems(text: string): string[] | null {
  for (const [form, numberOf] of COUNTED) {
    const cuts: { readonly from: number; readonly to: number }[] = [];
    for (const match of text.matchAll(form)) {
      if (numberOf(match[1]!) === cuts.length + 1) cuts.push({ from: match.index, to: match.index + match[0].length });
    }
    if (cuts[0]?.from === 0) return cuts.map(({ to }, at) => text.slice(to, cuts[at + 1]?.from));
  }
  return null;
}

/**
 * The items of a list people wrote into one cell: by their numbers, else by line, else by semicolon. What shows none of them is one item.
 * @example splitItems('1.申请表；2.公司章程') // → ['申请表', '公司章程']
 */
export function splitItems(text: string): string[] {
  const trimmed = text.trim();
  const pieces = countedItems(trimmed) ?? (trimmed.includes('\n') ? trimmed.split('\n') : trimmed.split(/[；;]/));
  return pieces.map(bare).filter((item) => item !== '');
}
