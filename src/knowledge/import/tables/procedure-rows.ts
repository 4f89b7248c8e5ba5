import type { Category } from '../../../domain/categories.ts';
import { GUIDE_TEXT_FROM, type ProcedureGuide } from '../../../domain/guide.ts';
import { EMPTY_DRAFT, type RecordDraft } from '../draft.ts';
import { readAsked, readMaterial, readSteps } from '../guide-items.ts';
import { splitItems } from '../items.ts';
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

const TEXT_KEYS = PROCEDURE_COLUMNS.map(({ key }) => key).filter(
  (key): key is TextKey => !['name', 'itemCode', 'category', 'tags', 'url'].includes(key),
);

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
    for (const key of TEXT_KEYS) {
      const text = read.text(key);
      if (text !== null) texts[key] = text;
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

const inOneLine = (text: string | undefined): string | null => text?.replaceAll(/\s*\n\s*/g, ' ') ?? null;
const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

/** The cells as the fields of a guide; questions that cannot be told from their answers are left out. */
function guideOf({ texts }: ProcedureRow): ProcedureGuide {
  const one = (key: TextKey): string | null => inOneLine(texts[key]);
  const items = (key: TextKey): string[] => splitItems(texts[key] ?? '');
  const online = texts.onlineUrl ?? '';
  const ways = [one('channel'), isAddress(online) ? null : one('onlineUrl')].filter((way) => way !== null);
  return {
    itemType: one('itemType'),
    applicant: one('applicant'),
    authority: one('authority'),
    level: one('level'),
    legalBasis: items('legalBasis'),
    conditions: items('conditions'),
    materials: items('materials').map(readMaterial),
    steps: readSteps(texts.steps ?? ''),
    specialSteps: items('specialSteps'),
    statutoryTime: one('statutoryTime'),
    promisedTime: one('promisedTime'),
    caseType: one('caseType'),
    fee: one('fee'),
    place: one('place'),
    window: one('window'),
    hours: one('hours'),
    channel: ways.length === 0 ? null : ways.join('；'),
    onlineUrl: isAddress(online) ? online : null,
    visits: one('visits'),
    scope: one('scope'),
    result: one('result'),
    delivery: one('delivery'),
    phone: one('contact'),
    complaint: one('complaint'),
    remedies: one('remedies'),
    faq: readAsked(texts.questions ?? '') ?? [],
  };
}

export function procedureDraft(procedure: ProcedureRow, file: string, sheet: string | null): RecordDraft {
  const guide = guideOf(procedure);
  const asked = procedure.texts.questions;
  const isLeftOver = asked !== undefined && guide.faq.length === 0;
  return {
    ...EMPTY_DRAFT,
    kind: 'procedure',
    title: procedure.name,
    issuingBody: guide.authority,
    url: procedure.url,
    category: procedure.category,
    tags: procedure.tags.length > 0 ? procedure.tags : null,
    itemCode: procedure.itemCode,
    guide,
    sections: isLeftOver ? [{ number: GUIDE_TEXT_FROM + 1, title: '常见问题', part: null, text: asked }] : [],
    origin: { file, sheet, row: procedure.row },
  };
}
