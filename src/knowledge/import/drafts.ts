import type { Category } from '../../domain/categories.ts';
import { NO_FACTS } from '../../domain/policy-facts.ts';
import { documentKind } from './document-kind.ts';
import { EMPTY_DRAFT, type RecordDraft } from './draft.ts';
import { readFacts } from './facts.ts';
import { outlineOf } from './outline.ts';
import { errorAt, type Problem, warningOf } from './problem.ts';
import type { FileContent, RawDocument, RawSheet } from './raw-document.ts';
import { faqDraft, readFaqRows } from './tables/faq-rows.ts';
import { procedureDraft, readProcedureRows } from './tables/procedure-rows.ts';
import { sheetKind } from './tables/read-table.ts';

/** More than any document has; more are a list that should be a table. */
const MOST_SECTIONS = 2_000;

/** What the person who imports says; it wins over what is read. */
export interface DraftOptions {
  readonly id?: string;
  readonly category?: Category;
  readonly issuingBody?: string;
  readonly year?: number;
}

/** The records a file holds: one document, or the rows of its tables. */
export function draftsOf(
  content: Exclude<FileContent, { kind: 'record' }>,
  file: string,
  options: DraftOptions,
  problems: Problem[],
): RecordDraft[] {
  const drafts =
    content.kind === 'document' ? documentDrafts(content.document, file, problems) : sheetDrafts(content.sheets, file, problems);
  const { id, category, issuingBody, year } = options;
  return drafts.map((draft) => ({
    ...draft,
    id: id ?? draft.id,
    category: draft.category ?? category ?? null,
    issuingBody: issuingBody ?? draft.issuingBody,
    year: year ?? draft.year,
  }));
}

function documentDrafts(document: RawDocument, file: string, problems: Problem[]): RecordDraft[] {
  const { outline, meta, notes } = outlineOf(document, file);
  for (const note of [...document.notes, ...notes]) problems.push(warningOf(file, note));
  if (outline.sections.length === 0) {
    problems.push(errorAt(file, '没有识别到正文'));
    return [];
  }
  const { opening, sections } = outline;
  if (sections.length > MOST_SECTIONS) {
    problems.push(errorAt(file, `识别出 ${sections.length} 节，超过 ${MOST_SECTIONS} 节，请拆分文件`));
    return [];
  }
  const { authority, ...kind } = documentKind(outline);
  const issuingBody = meta.issuingBody ?? authority;
  const facts = kind.kind === 'policy' ? readFacts(outline) : NO_FACTS;
  return [{ ...EMPTY_DRAFT, ...meta, ...kind, issuingBody, facts, opening, sections, origin: { file, sheet: null, row: null } }];
}

function sheetDrafts(sheets: readonly RawSheet[], file: string, problems: Problem[]): RecordDraft[] {
  const drafts: RecordDraft[] = [];
  for (const sheet of sheets) {
    for (const note of sheet.notes) problems.push(warningOf(file, note));
    if (sheet.rows.every(({ cells }) => cells.every((cell) => cell === ''))) continue;
    const before = problems.length;
    const kind = sheetKind(sheet);
    const own =
      kind === 'faq'
        ? readFaqRows(sheet, file, problems).map((row) => faqDraft(row, file, sheet.name))
        : kind === 'procedure'
          ? readProcedureRows(sheet, file, problems).map((row) => procedureDraft(row, file, sheet.name))
          : [];
    if (kind === null) {
      const message = '没有找到表头：问答表需要“问题”“答案”两列，办事指南表需要“事项名称”和至少两列内容；可先下载模板';
      problems.push(errorAt(file, message, { sheet: sheet.name }));
    } else if (own.length === 0 && !problems.slice(before).some(({ severity }) => severity === 'error')) {
      problems.push(errorAt(file, '表头下面没有内容', { sheet: sheet.name }));
    }
    drafts.push(...own);
  }
  if (drafts.length === 0 && problems.every((problem) => problem.file !== file)) problems.push(errorAt(file, '文件里没有内容'));
  return drafts;
}
