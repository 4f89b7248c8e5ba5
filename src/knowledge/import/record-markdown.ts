import { AppError } from '../../domain/errors.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { recordText } from '../front-matter-text.ts';
import { parseRecord } from '../markdown.ts';
import type { RecordMeta } from '../record-schema.ts';
import type { OutlineSection } from './outline.ts';

/** All that a file of the library needs. */
export interface ReadyRecord {
  readonly meta: RecordMeta;
  readonly opening: string | null;
  readonly sections: readonly OutlineSection[];
}

/**
 * A record as a file of the library, ready to be reviewed: `parseRecord` reads it back with the same texts.
 * @throws {AppError} `INPUT_INVALID` when it would not be accepted there, or would read otherwise.
 */
export function recordMarkdown(ready: ReadyRecord): string {
  const markdown = recordText(ready.meta, body(ready));
  let record: LibraryRecord;
  try {
    record = parseRecord(markdown, `${ready.meta.id}.md`);
  } catch (error) {
    throw new AppError('INPUT_INVALID', (error as Error).message, { hint: 'Correct the option or the document named.', cause: error });
  }
  const textOf = (number: number): string | undefined => record.sections.find((section) => section.number === number)?.text;
  const changed = ready.sections.find((section) => textOf(section.number) !== section.text);
  if (changed || (ready.opening ?? undefined) !== textOf(0)) {
    throw new AppError(
      'INPUT_INVALID',
      `Section ${changed?.number ?? 0} would read otherwise in Markdown: does a line of it start with "#"?`,
      { hint: 'Correct the document.' },
    );
  }
  return markdown;
}

function body({ meta, opening, sections }: ReadyRecord): string {
  if (meta.kind === 'faq') return sections.map(({ text }) => text).join('\n');
  if (opening === null && sections.length === 0) return '';
  const lines: string[] = [`# ${meta.title}`];
  if (opening !== null) lines.push(opening);
  let part: string | null = null;
  for (const section of sections) {
    if (section.part !== part && section.part !== null) lines.push(`## ${section.part}`);
    part = section.part;
    lines.push(`### ${section.number}. ${section.title}`, section.text);
  }
  return lines.join('\n\n');
}
