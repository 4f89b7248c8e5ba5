import { stringify } from 'yaml';
import type { Category } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { Outline } from './import/outline.ts';
import { parseRecord } from './markdown.ts';

export interface PolicyMeta {
  readonly id: string;
  readonly category: Category;
  readonly issuingBody: string | null;
  readonly year: number | null;
}

/**
 * An imported outline as a file of `knowledge/policies`, ready to be reviewed: `parseRecord` reads it back with the same texts.
 * @throws {AppError} `INPUT_INVALID` when the metadata would not be accepted there.
 */
export function policyMarkdown(outline: Outline, meta: PolicyMeta): string {
  const sections = outline.sections.map(({ number }) => ({ number, category: meta.category, tags: [], questions: [] }));
  const front = stringify(
    {
      id: meta.id,
      kind: 'policy',
      title: outline.title,
      issuingBody: meta.issuingBody,
      year: meta.year,
      category: meta.category,
      tags: [],
      sections,
    },
    { lineWidth: 0 },
  );
  const body: string[] = [`# ${outline.title}`];
  if (outline.opening !== null) body.push(outline.opening);
  let part: string | null = null;
  for (const section of outline.sections) {
    if (section.part !== part && section.part !== null) body.push(`## ${section.part}`);
    part = section.part;
    body.push(`### ${section.number}. ${section.title}`, section.text);
  }
  const markdown = `---\n${front}---\n${body.join('\n\n')}\n`;
  let record: LibraryRecord;
  try {
    record = parseRecord(markdown, `${meta.id}.md`);
  } catch (error) {
    throw new AppError('INPUT_INVALID', (error as Error).message, { hint: 'Correct the option or the document named.', cause: error });
  }
  const textOf = (number: number): string | undefined => record.sections.find((section) => section.number === number)?.text;
  const changed = outline.sections.find((section) => textOf(section.number) !== section.text);
  if (changed || (outline.opening ?? undefined) !== textOf(0)) {
    throw new AppError(
      'INPUT_INVALID',
      `Section ${changed?.number ?? 0} would read otherwise in Markdown: does a line of it start with "#"?`,
      {
        hint: 'Correct the document.',
      },
    );
  }
  return markdown;
}
