import { AppError } from '../../domain/errors.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { kindOfSource, readText } from '../text-source.ts';
import { faults } from './faults.ts';
import { isLanguageId } from './revision.ts';
import type { Readable } from './steps.ts';

/** A text that can be read, and which text it is. */
export interface ReadSource extends Readable {
  readonly id: string;
  /** Null for the texts that are not records. */
  readonly record: LibraryRecord | null;
}

/** What the file of a text is called: shown with its mistakes. */
const fileNameOf = (textId: string | null): string => (textId === null ? '新内容' : isLanguageId(textId) ? textId : `${textId}.md`);

/**
 * Reads a source as that of a text.
 * @param textId null: a new record, named by its source
 * @throws {AppError} `INPUT_INVALID` when it cannot be read, or is of another text
 */
export function readSource(source: string, textId: string | null): ReadSource {
  const file = fileNameOf(textId);
  const read = readable(() => readText(source, kindOfSource(source, file), file));
  if (textId !== null && read.id !== textId) throw faults.invalid(`编号应为“${textId}”，写的却是“${read.id}”：同一份内容的编号不能更改。`);
  return { ...read, source };
}

function readable<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'KNOWLEDGE_UNREADABLE') throw faults.invalid(error.message, error);
    throw error;
  }
}
