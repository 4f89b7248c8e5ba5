import { closeSync, openSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import { reasonOf } from './fault.ts';

/**
 * Copies the database as it is at one moment into `file`, readable by its owner only, while others go on reading and writing. An older `file` is replaced
 * once the copy is complete.
 * @throws {AppError} `INPUT_INVALID` when `file` cannot be written or is the database itself
 */
export async function backupSqlite(database: Database.Database, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    const target = join(realpathSync(dirname(file)), basename(file));
    if (!database.memory && target === realpathSync(database.name)) throw new Error('it is the database itself');
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', 0o600));
    await database.backup(part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new AppError('INPUT_INVALID', `No backup could be written to ${file}: ${reasonOf(error)}`, {
      hint: 'Name a file in an existing folder with enough room.',
      cause: error,
    });
  }
}
