import type { AppError, ErrorCode } from '../../domain/errors.ts';
import type { Note } from './raw-document.ts';

/** Something a person must correct (error: nothing is imported) or should look at (warning). */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly sheet: string | null;
  /** Row of the sheet or table, line of the text, page of the document; from 1. */
  readonly row: number | null;
  readonly line: number | null;
  readonly page: number | null;
  /** Header of the column. */
  readonly column: string | null;
  readonly message: string;
  /** Why a whole file was refused; null otherwise. */
  readonly code: ErrorCode | null;
}

type Where = Partial<Pick<Problem, 'sheet' | 'row' | 'line' | 'page' | 'column'>>;

const NOWHERE = { sheet: null, row: null, line: null, page: null, column: null, code: null };

export const errorAt = (file: string, message: string, where: Where = {}): Problem => ({
  ...NOWHERE,
  severity: 'error',
  file,
  message,
  ...where,
});

export const warningAt = (file: string, message: string, where: Where = {}): Problem => ({
  ...NOWHERE,
  severity: 'warning',
  file,
  message,
  ...where,
});

export const warningOf = (file: string, { message, at }: Note, sheet: string | null = null): Problem =>
  warningAt(file, message, { ...at, sheet });

/** A file that was refused, with what to do. Its message already names the file. */
export function refusalOf(file: string, error: AppError): Problem {
  const message = error.message.startsWith(`${file}：`) ? error.message.slice(file.length + 1) : error.message;
  return { ...errorAt(file, `${message}。${error.hint}`), code: error.code };
}

/** @example placeOf(problem) // → "faq.xlsx · 工作表“常见问题” · 第 5 行 · “答案”列" */
export function placeOf({ file, sheet, row, line, page, column }: Problem): string {
  return [
    file,
    sheet === null ? null : `工作表“${sheet}”`,
    page === null ? null : `第 ${page} 页`,
    (row ?? line) === null ? null : `第 ${row ?? line} 行`,
    column === null ? null : `“${column}”列`,
  ]
    .filter((piece) => piece !== null)
    .join(' · ');
}
