import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { idOf, type NamedSection } from './ask-question-set.ts';

/** By its number, of a policy, whose sections people know by number; or by id (`2024-plan#6`), of any document. */
const wantedSection = z.union([z.number().int(), z.string()]);
const question = z.object({
  id: z.string(),
  kind: z.string(),
  q: z.string().min(1),
  /** Sections that answer it; empty: out of scope. */
  sections: z.array(wantedSection),
  /** Pieces of the text a good answer quotes. */
  evidence: z.array(z.string()).default([]),
});
const dialogue = z.object({
  id: z.string(),
  turns: z.array(z.object({ q: z.string().min(1), sections: z.array(wantedSection) })).min(1),
});

export type WantedSection = z.infer<typeof wantedSection>;
export type EvaluationQuestion = z.infer<typeof question>;
export type EvaluationDialogue = z.infer<typeof dialogue>;

/** Whether a section is one of those wanted. */
export const isWanted = (found: NamedSection, wanted: readonly WantedSection[]): boolean =>
  wanted.some((section) => (typeof section === 'number' ? isOfPolicy(found) && found.section === section : idOf(found) === section));

const isOfPolicy = ({ kind = 'policy' }: NamedSection): boolean => kind === 'policy';

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
