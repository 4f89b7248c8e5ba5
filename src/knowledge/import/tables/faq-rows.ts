import type { Category } from '../../../domain/categories.ts';
import { EMPTY_DRAFT, type RecordDraft } from '../draft.ts';
import { errorAt, type Problem } from '../problem.ts';
import type { RawSheet } from '../raw-document.ts';
import { cellReader, readSource } from './cells.ts';
import { FAQ_COLUMNS } from './columns.ts';
import { readTable } from './read-table.ts';

/** A question with its answer, as filled in. Dates in ISO form. */
export interface FaqRow {
  readonly row: number;
  readonly id: string | null;
  readonly question: string;
  readonly alternates: readonly string[];
  /** Questions that sound alike but are not answered here. */
  readonly negatives: readonly string[];
  readonly answer: string;
  readonly category: Category | null;
  readonly tags: readonly string[];
  readonly source: string | null;
  readonly url: string | null;
  readonly issuedOn: string | null;
  readonly expiresOn: string | null;
}

/** Between alternate questions: line ends, semicolons, bars. Not commas: questions have them. */
const QUESTION_SEPARATORS = /[\n;；|｜]+/;
const TAG_SEPARATORS = /[\n;；|｜,，、]+/;

/** The same question, however it is spaced and marked. */
export const questionKey = (question: string): string =>
  question
    .normalize('NFKC')
    .replaceAll(/[\s?？。.!！]/g, '')
    .toLowerCase();

/** Reads a table of questions; a question that comes twice is a problem. */
export function readFaqRows(sheet: RawSheet, file: string, problems: Problem[]): FaqRow[] {
  const { headers, rows } = readTable(sheet, FAQ_COLUMNS, file, problems);
  const rowOf = new Map<string, number>();
  return rows.flatMap(({ row, cells }): FaqRow[] => {
    const key = questionKey(cells.question);
    const earlier = rowOf.get(key);
    if (earlier !== undefined) {
      problems.push(errorAt(file, `与第 ${earlier} 行的问题重复`, { sheet: sheet.name, row, column: headers.question ?? null }));
      return [];
    }
    rowOf.set(key, row);
    const before = problems.length;
    const read = cellReader(cells, { file, sheet: sheet.name, row, headers }, problems);
    const faq: FaqRow = {
      row,
      id: read.slug('id'),
      question: cells.question.replaceAll(/\s*\n\s*/g, ' '),
      alternates: read.list('alternates', QUESTION_SEPARATORS).filter((ask) => questionKey(ask) !== key),
      negatives: read.list('negatives', QUESTION_SEPARATORS).filter((ask) => questionKey(ask) !== key),
      answer: read.text('answer') ?? '',
      category: read.category('category'),
      tags: read.list('tags', TAG_SEPARATORS),
      source: read.text('source'),
      url: read.address('url'),
      issuedOn: read.date('issuedOn'),
      expiresOn: read.date('expiresOn'),
    };
    return problems.length > before ? [] : [faq];
  });
}

export function faqDraft(faq: FaqRow, file: string, sheet: string | null): RecordDraft {
  return {
    ...EMPTY_DRAFT,
    kind: 'faq',
    id: faq.id,
    title: faq.question,
    source: faq.source?.replaceAll(/\s*\n\s*/g, ' ') ?? null,
    ...readSource(faq.source),
    year: faq.issuedOn === null ? null : Number(faq.issuedOn.slice(0, 4)),
    issuedOn: faq.issuedOn,
    expiresOn: faq.expiresOn,
    url: faq.url,
    category: faq.category,
    tags: faq.tags.length > 0 ? faq.tags : null,
    questions: faq.alternates,
    negativeQuestions: faq.negatives,
    sections: [{ number: 1, title: faq.question, part: null, text: faq.answer }],
    origin: { file, sheet, row: faq.row },
  };
}
