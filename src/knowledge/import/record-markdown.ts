import { stringify } from 'yaml';
import type { Category } from '../../domain/categories.ts';
import { AppError } from '../../domain/errors.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { parseRecord } from '../markdown.ts';
import type { QuestionsMeta } from '../record-schema.ts';
import type { RecordDraft } from './draft.ts';

/** What people add to a section in the library. */
export interface SectionMeta {
  readonly number: number;
  readonly category: Category | readonly Category[];
  readonly tags: readonly string[];
  readonly questions: QuestionsMeta;
}

/** A draft with all that a file of the library needs. */
export interface ReadyRecord extends RecordDraft {
  readonly id: string;
  readonly category: Category;
  readonly tags: readonly string[];
  readonly sectionMetas: readonly SectionMeta[];
  readonly faqQuestions: QuestionsMeta;
}

export const FOLDER_OF = { policy: 'policies', procedure: 'procedures', faq: 'faq' } as const;

/**
 * A record as a file of the library, ready to be reviewed: `parseRecord` reads it back with the same texts.
 * @throws {AppError} `INPUT_INVALID` when it would not be accepted there, or would read otherwise.
 */
export function recordMarkdown(ready: ReadyRecord): string {
  const markdown = `---\n${frontMatter(ready)}---\n${body(ready)}\n`;
  let record: LibraryRecord;
  try {
    record = parseRecord(markdown, `${ready.id}.md`);
  } catch (error) {
    throw new AppError('INPUT_INVALID', (error as Error).message, { hint: 'Correct the option or the document named.', cause: error });
  }
  const textOf = (number: number): string | undefined => record.sections.find((section) => section.number === number)?.text;
  const changed = ready.sections.find((section) => textOf(section.number) !== section.text);
  if (changed || (ready.opening ?? undefined) !== textOf(0)) {
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

/** Fields that are seldom known stand in the file only when they are. */
function frontMatter(ready: ReadyRecord): string {
  const known = (fields: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  return stringify(
    {
      id: ready.id,
      kind: ready.kind,
      title: ready.title,
      issuingBody: ready.issuingBody,
      ...known({ documentNumber: ready.documentNumber }),
      year: ready.year,
      ...known({ issuedOn: ready.issuedOn, effectiveOn: ready.effectiveOn, expiresOn: ready.expiresOn, url: ready.url }),
      category: ready.category,
      tags: ready.tags,
      ...(ready.kind === 'procedure' ? known({ itemCode: ready.itemCode }) : {}),
      ...(ready.kind === 'faq' ? { questions: ready.faqQuestions } : { sections: ready.sectionMetas }),
    },
    { lineWidth: 0 },
  );
}

function body(ready: ReadyRecord): string {
  if (ready.kind === 'faq') return ready.sections.map(({ text }) => text).join('\n');
  const lines: string[] = [`# ${ready.title}`];
  if (ready.opening !== null) lines.push(ready.opening);
  let part: string | null = null;
  for (const section of ready.sections) {
    if (section.part !== part && section.part !== null) lines.push(`## ${section.part}`);
    part = section.part;
    lines.push(`### ${section.number}. ${section.title}`, section.text);
  }
  return lines.join('\n\n');
}
