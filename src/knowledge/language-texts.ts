import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { parseSectionId } from '../domain/record.ts';
import type { ThesaurusGroup } from '../text/thesaurus.ts';
import { parseYaml } from './front-matter.ts';

const phrases = z.array(z.union([z.string().trim().min(2), z.number().transform(String)])).default([]);
const thesaurusSchema = z.array(
  z.strictObject({ official: phrases.refine((list) => list.length > 0), colloquial: phrases, ambiguous: phrases }),
);
const englishSchema = z.record(z.string().min(1), z.array(z.string().min(1)).min(1));

/** Words to be kept whole, one a line; `#` begins a remark. */
export const readLexicon = (source: string): string[] =>
  source
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((word) => word.length > 1);

/** @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason. */
export const readThesaurus = (source: string, file = 'thesaurus.yaml'): ThesaurusGroup[] =>
  parseYaml(source.trim() === '' ? '[]' : source, thesaurusSchema, file, 1).data;

/** English term → Chinese terms. @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason. */
export const readEnglish = (source: string, file = 'english.yaml'): Map<string, string[]> =>
  new Map(Object.entries(parseYaml(source.trim() === '' ? '{}' : source, englishSchema, file, 1, { hasManyKeys: true }).data));

const question = z.strictObject({
  id: z.string().min(1),
  kind: z.string().min(1),
  q: z.string().trim().min(1),
  /** Sections that answer it (`2024-plan#6`); empty: nothing in the library does. */
  sections: z.array(z.string().refine((id) => parseSectionId(id) !== null, 'expected the id of a section, such as 2024-plan#6')),
  /** Pieces of the text a good answer quotes. */
  evidence: z.array(z.string().min(1)).default([]),
});

/** A question by which answers are judged. */
export type LibraryQuestion = z.infer<typeof question>;

/** A question set: one JSON object a line. @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason. */
export function readQuestionSet(source: string, file = 'questions.jsonl'): LibraryQuestion[] {
  const seen = new Map<string, number>();
  return source.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '') return [];
    const unreadable = (problem: string): AppError => new AppError('KNOWLEDGE_UNREADABLE', `${file}:${at + 1}: ${problem}`);
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      throw unreadable('expected one JSON object a line.');
    }
    const read = question.safeParse(json);
    if (!read.success) throw unreadable(`${read.error.issues[0]!.path.join('.')}: ${read.error.issues[0]!.message}`);
    const earlier = seen.get(read.data.id);
    if (earlier !== undefined) throw unreadable(`expected each id once, but "${read.data.id}" is that of line ${earlier}.`);
    seen.set(read.data.id, at + 1);
    return [read.data];
  });
}
