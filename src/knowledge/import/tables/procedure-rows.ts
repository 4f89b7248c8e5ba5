import type { Category } from '../../../domain/categories.ts';
import { EMPTY_DRAFT, type RecordDraft } from '../draft.ts';
import { ENDS_SENTENCE } from '../join-lines.ts';
import type { OutlineSection } from '../outline.ts';
import { errorAt, type Problem } from '../problem.ts';
import type { RawSheet } from '../raw-document.ts';
import { cellReader } from './cells.ts';
import { PROCEDURE_COLUMNS, type ProcedureKey } from './columns.ts';
import { readTable } from './read-table.ts';

/** Keys that are texts of the guide; the others say what it is filed under. */
type TextKey = Exclude<ProcedureKey, 'name' | 'itemCode' | 'category' | 'tags' | 'url'>;

/** A service guide (办事指南) as filled in. */
export interface ProcedureRow {
  readonly row: number;
  readonly name: string;
  readonly itemCode: string | null;
  /** What is filled in, by key. */
  readonly texts: Readonly<Partial<Record<TextKey, string>>>;
  readonly category: Category | null;
  readonly tags: readonly string[];
  readonly url: string | null;
}

/** The aspects people ask for, each a section, and what stands in it. A section of one column needs no label. */
const ASPECTS: readonly (readonly [string, readonly TextKey[]])[] = [
  ['受理条件', ['conditions']],
  ['申请材料', ['materials']],
  ['办理流程', ['steps', 'specialSteps']],
  ['办理时限', ['promisedTime', 'statutoryTime', 'caseType']],
  ['收费标准', ['fee']],
  ['办理地点与时间', ['place', 'window', 'hours', 'channel', 'visits', 'scope']],
  ['办理结果', ['result', 'delivery']],
  ['咨询与监督', ['contact', 'complaint', 'remedies']],
  ['基本信息', ['itemType', 'applicant', 'authority']],
  ['设定依据', ['legalBasis']],
  ['常见问题', ['questions']],
];

const LABEL = new Map<string, string>(PROCEDURE_COLUMNS.map(({ key, header }) => [key, header]));

/** Reads a table of service guides; a name or a code that comes twice is a problem. */
export function readProcedureRows(sheet: RawSheet, file: string, problems: Problem[]): ProcedureRow[] {
  const { headers, rows } = readTable(sheet, PROCEDURE_COLUMNS, file, problems);
  const rowOf = new Map<string, number>();
  return rows.flatMap(({ row, cells }): ProcedureRow[] => {
    const place = { sheet: sheet.name, row };
    for (const key of ['name', 'itemCode'] as const) {
      const value = `${key} ${cells[key]}`;
      const earlier = rowOf.get(value);
      if (cells[key] !== '' && earlier !== undefined) {
        problems.push(errorAt(file, `与第 ${earlier} 行重复`, { ...place, column: headers[key] ?? null }));
        return [];
      }
      rowOf.set(value, row);
    }
    const before = problems.length;
    const read = cellReader(cells, { file, ...place, headers }, problems);
    const texts: Partial<Record<TextKey, string>> = {};
    for (const [, keys] of ASPECTS) {
      for (const key of keys) {
        const text = read.text(key);
        if (text !== null) texts[key] = text;
      }
    }
    if (Object.keys(texts).length === 0) problems.push(errorAt(file, '除名称外没有填写任何内容', place));
    const procedure: ProcedureRow = {
      row,
      name: cells.name.replaceAll(/\s*\n\s*/g, ' '),
      itemCode: read.text('itemCode'),
      texts,
      category: read.category('category'),
      tags: read.list('tags', /[\n;；|｜,，、]+/),
      url: read.address('url'),
    };
    return problems.length > before ? [] : [procedure];
  });
}

const ended = (text: string): string => (ENDS_SENTENCE.test(text) ? text : `${text}。`);

export function procedureDraft(procedure: ProcedureRow, file: string, sheet: string | null): RecordDraft {
  const sections = ASPECTS.flatMap(([title, keys]): Omit<OutlineSection, 'number'>[] => {
    const filled = keys.filter((key) => procedure.texts[key] !== undefined);
    if (filled.length === 0) return [];
    const text = filled
      .map((key) => (keys.length === 1 || LABEL.get(key) === title ? procedure.texts[key]! : `${LABEL.get(key)}：${procedure.texts[key]!}`))
      .map((piece) =>
        piece
          .split('\n')
          .map((line) => ended(line.trim()))
          .join('\n'),
      )
      .join('\n');
    return [{ title, part: null, text }];
  });
  return {
    ...EMPTY_DRAFT,
    kind: 'procedure',
    title: procedure.name,
    issuingBody: procedure.texts.authority ?? null,
    url: procedure.url,
    category: procedure.category,
    tags: procedure.tags.length > 0 ? procedure.tags : null,
    itemCode: procedure.itemCode,
    sections: sections.map((section, at) => ({ number: at + 1, ...section })),
    origin: { file, sheet, row: procedure.row },
  };
}
