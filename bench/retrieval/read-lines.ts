import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';

/** A fault in a file of test data. `line` from 1; null: the file as a whole. */
export const badFile = (file: string, line: number | null, problem: string, hint: string): AppError =>
  new AppError('INPUT_INVALID', `${file}${line === null ? '' : `:${line}`}: ${problem}`, { hint });

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * The lines of a text file, packed with gzip or not, with their numbers; blank ones are left out.
 * @throws {AppError} `INPUT_INVALID` when it cannot be read.
 */
export function readLines(file: string, hint: string): { readonly line: number; readonly text: string }[] {
  let source: string;
  try {
    const bytes = readFileSync(file);
    source = (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw badFile(file, null, `expected a file to read: ${(error as Error).message}`, hint);
  }
  return source
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((text, at) => ({ line: at + 1, text: text.trimEnd() }))
    .filter(({ text }) => text !== '');
}

/** A value and the line it stood on. */
export interface OnLine<T> {
  readonly value: T;
  readonly line: number;
}

/** Reads JSON lines. @throws {AppError} `INPUT_INVALID` with file and line: not JSON, or not of the shape. */
export function readJsonLines<T>(file: string, schema: z.ZodType<T>, shape: string): OnLine<T>[] {
  const hint = `Every line must be one JSON object such as ${shape}.`;
  return readLines(file, hint).map(({ line, text }) => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw badFile(file, line, `expected one JSON object, got ${JSON.stringify(text.slice(0, 60))}`, hint);
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return { value: parsed.data, line };
    const issue = parsed.error.issues[0]!;
    throw badFile(file, line, `expected ${shape}: ${issue.path.join('.') || 'the line'}: ${issue.message}`, hint);
  });
}
