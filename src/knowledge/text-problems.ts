import { AppError } from '../domain/errors.ts';
import type { TextKind } from './editorial/revision.ts';
import { inChinese } from './problem-words.ts';
import { readText } from './read-text.ts';

/** Something to put right (error: the text cannot be used) or to look at (warning). */
export interface TextProblem {
  readonly severity: 'error' | 'warning';
  /** Line of the source, from 1; null when it is about the whole. */
  readonly line: number | null;
  /** In Chinese. */
  readonly message: string;
}

/** What is wrong with a source; nothing when it is fine. @param today ISO date, by which a text that has expired is told */
export function textProblems(source: string, kind: TextKind, today: string | null = null): TextProblem[] {
  try {
    const { record } = readText(source, kind);
    if (record === null) return [];
    const warn = (message: string): TextProblem => ({ severity: 'warning', line: null, message });
    const hasQuestions = record.sections.some(({ questions }) => questions.length > 0);
    return [
      ...(today !== null && record.expiresOn !== null && record.expiresOn < today
        ? [warn(`已于${record.expiresOn}失效，发布后不会用来回答`)]
        : []),
      ...(hasQuestions ? [] : [warn('还没有相似问：加上大家平时的问法，更容易找到')]),
      ...(record.verifiedOn === null ? [warn('没有填写最后核对日期，答复将以发布日期为准')] : []),
      ...(record.kind === 'policy' && record.documentNumber === null ? [warn('没有填写文号')] : []),
    ];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const place = /^[^:]*:(\d+): (.*)$/s.exec(error.message);
    return [{ severity: 'error', line: place ? Number(place[1]) : null, message: inChinese(place?.[2] ?? error.message) }];
  }
}
