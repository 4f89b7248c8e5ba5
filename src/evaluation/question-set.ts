import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';

const question = z.object({
  id: z.string(),
  kind: z.string(),
  q: z.string().min(1),
  /** Sections that answer it: by number, or by id (`2024-plan#6`) where the library has several documents; empty: out of scope. */
  sections: z.array(z.union([z.number().int(), z.string()])),
  /** Pieces of the text a good answer quotes. */
  evidence: z.array(z.string()).default([]),
});
const dialogue = z.object({
  id: z.string(),
  turns: z.array(z.object({ q: z.string().min(1), sections: z.array(z.union([z.number().int(), z.string()])) })).min(1),
});

export type EvaluationQuestion = z.infer<typeof question>;
export type EvaluationDialogue = z.infer<typeof dialogue>;

/** @throws {AppError} `INPUT_INVALID` with file and line. */
function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('INPUT_INVALID', `${file}: cannot be read: ${(error as Error).message}`, { hint: 'Check the path.', cause: error });
  }
  return source.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      throw new AppError('INPUT_INVALID', `${file}:${at + 1}: not a line of a question set: ${(error as Error).message.split('\n')[0]}`, {
        hint: 'One JSON object a line.',
      });
    }
  });
}

export const readQuestions = (file: string): EvaluationQuestion[] => readLines(file, question);
export const readDialogues = (file: string): EvaluationDialogue[] => readLines(file, dialogue);
