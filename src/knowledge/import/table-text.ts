import { ENDS_SENTENCE } from './join-lines.ts';

/** Cells that say "nothing here". */
const EMPTY = /^[\s/\\—–\-―]*$/;
/** Columns that only count the rows. */
const COUNTING = /^(序号|编号|No\.?)$/i;
const ENDS = /(?<=[。！？；!?;\n])/;
const LONGEST_LABEL = 16;

/**
 * A table as sentences, one or more a row, each with the headers of what it says: a single quoted row makes sense alone.
 * Rows are equally long; a merged cell is repeated in every cell it covers.
 * @example tableSentences([['奖项', '标准'], ['升规', '10万元']]) // → ["奖项：升规，标准：10万元。"]
 */
export function tableSentences(rows: readonly (readonly string[])[]): string[] {
  const table = rows.map((row) => row.map((cell) => cell.trim()));
  const captions: string[] = [];
  while (table.length > 1 && isMergedRow(table[0]!)) captions.push(table.shift()![0]!);
  const body = isForm(table) ? formLines(table) : rowLines(table);
  return [...captions, ...body];
}

/** A row that is one merged cell: the caption of the table, or of the rows below it. */
const isMergedRow = (row: readonly string[]): boolean => row.length > 1 && row[0] !== '' && row.every((cell) => cell === row[0]);

/** A form: no header row, but labels on the left of what belongs to them (事项名称 | …), once or twice a row. */
function isForm(table: readonly (readonly string[])[]): boolean {
  const width = table[0]?.length ?? 0;
  if (width !== 2 && width !== 4) return false;
  const header = table[0]!;
  if (header.some((cell) => COUNTING.test(cell))) return false;
  if (width === 2 && /^(项目|内容|名称|类别|要素|栏目)$/.test(header[0]!) && /^(内容|说明|具体内容|填写内容)$/.test(header[1]!))
    return true;
  const labels = table.flatMap((row) => (width === 2 ? [row[0]!] : [row[0]!, row[2]!])).filter((label) => label !== '');
  const values = table.flatMap((row) => (width === 2 ? [row[1]!] : [row[1]!, row[3]!]));
  const areShort = labels.every((label) => label.length <= LONGEST_LABEL && !/\d|[，。；]/.test(label));
  const known = labels.filter((label) => FORM_LABEL.test(label)).length;
  return areShort && known >= 2 && known >= labels.length / 3 && values.length > 0;
}

const FORM_LABEL =
  /(名称|编码|类型|对象|主体|依据|条件|材料|流程|程序|时限|期限|收费|费用|地点|地址|时间|电话|方式|窗口|部门|单位|机构|结果|姓名|联系人|信用代码|邮编|备注)$/;

function formLines(table: readonly (readonly string[])[]): string[] {
  const lines: string[] = [];
  for (const row of table) {
    for (let at = 0; at + 1 < row.length; at += 2) {
      const [label, value] = [row[at]!, row[at + 1]!];
      if (label === '' || label === value) {
        if (label !== '') lines.push(label);
      } else if (!EMPTY.test(value)) lines.push(...value.split('\n').map((line, first) => ended(first === 0 ? `${label}：${line}` : line)));
    }
  }
  return lines;
}

function rowLines(table: readonly (readonly string[])[]): string[] {
  const [headers, body] = readHeaders(table);
  return body.flatMap((row) => {
    if (isMergedRow(row)) return [row[0]!];
    const filled = row.flatMap((cell, at) => (EMPTY.test(cell) || COUNTING.test(headers[at]!) ? [] : [{ header: headers[at]!, cell }]));
    // A merged cell that spans columns says its text once.
    const cells = filled.filter(({ cell, header }, at) => filled[at - 1]?.cell !== cell || filled[at - 1]?.header !== header);
    return sentencesOf(cells.map(({ header, cell }) => (header === '' ? cell : `${header}：${cell}`)));
  });
}

/** Headers of the columns, two rows joined where the first has merged cells over several; and the rows below. */
function readHeaders(table: readonly (readonly string[])[]): [string[], readonly (readonly string[])[]] {
  const [first = [], second] = table;
  const isDouble =
    second !== undefined &&
    table.length > 2 &&
    first.some((cell, at) => at > 0 && cell !== '' && cell === first[at - 1] && second[at] !== second[at - 1]) &&
    first.some((cell, at) => cell === second[at]);
  if (!isDouble) return [[...first], table.slice(1)];
  return [
    first.map((cell, at) => (cell === second[at] || second[at] === '' ? cell : cell === '' ? second[at]! : `${cell}（${second[at]!}）`)),
    table.slice(2),
  ];
}

/** One sentence; where a cell holds several, one for each of them, led by the cells before it so that none stands without its subject. */
function sentencesOf(cells: readonly string[]): string[] {
  const parts = cells.map((cell) => cell.split(ENDS).flatMap((piece) => piece.trim() || []));
  const isLong = (at: number): boolean => at > 0 && parts[at]!.length > 1;
  const simple = parts.map((pieces, at) => (isLong(at) ? null : pieces.map(unended).join('，')));
  const firstLong = simple.indexOf(null);
  if (firstLong < 0) return cells.length === 0 ? [] : [ended(simple.join('，'))];
  const lines = simple.slice(firstLong).some((text) => text !== null) ? [ended(simple.filter((text) => text !== null).join('，'))] : [];
  for (const [at, pieces] of parts.entries()) {
    if (!isLong(at)) continue;
    const before = simple.slice(0, at).filter((text) => text !== null);
    const header = /^[^：\n]{1,30}：/.exec(cells[at]!)?.[0] ?? '';
    for (const [index, piece] of pieces.entries()) lines.push(ended([...before, index === 0 ? piece : header + piece].join('，')));
  }
  return lines;
}

const unended = (text: string): string => text.replace(/[。；;]$/, '');
const ended = (text: string): string => (ENDS_SENTENCE.test(text) && !/[：:]$/.test(text) ? text : `${text}。`);
