import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { FOLDER_OF } from '../folders.ts';
import { parseRecord } from '../markdown.ts';

/** A file of the library as it stands now. */
export interface ShelvedRecord {
  /** Path inside the knowledge folder, with `/`. */
  readonly path: string;
  readonly source: string;
  readonly record: LibraryRecord;
}

/** The records an import is compared with. */
export type Shelf = readonly ShelvedRecord[];

/**
 * Reads the record files of a knowledge folder with their sources. A folder that does not exist is an empty library.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason.
 */
export async function readShelf(folder: string): Promise<Shelf> {
  const shelf: ShelvedRecord[] = [];
  for (const name of Object.values(FOLDER_OF)) {
    const entries = await readdir(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new AppError('KNOWLEDGE_UNREADABLE', `${name}: cannot be read: ${error.message}`, { cause: error });
    });
    for (const entry of entries.filter((file) => file.endsWith('.md')).sort()) {
      const path = `${name}/${entry}`;
      const source = await readFile(join(folder, path), 'utf8');
      shelf.push({ path, source, record: parseRecord(source, path) });
    }
  }
  return shelf;
}
