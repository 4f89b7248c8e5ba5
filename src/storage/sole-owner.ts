import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import { codeOf, reasonOf } from './fault.ts';

/**
 * Makes this process the only one that works on the database file: a lock of the operating system on a file next to it, gone with the process
 * however it ends. Others may still open the database, e.g. for a backup.
 * @returns gives the file free again
 * @throws {AppError} `CONFIG_INVALID` when another process has it
 */
export function becomeSoleOwner(file: string): () => void {
  let lock: Database.Database | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    lock = new Database(`${file}.lock`, { timeout: 0 });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('begin exclusive');
    const held = lock;
    return () => held.close();
  } catch (error) {
    lock?.close();
    if (codeOf(error)?.startsWith('SQLITE_BUSY')) {
      throw new AppError('CONFIG_INVALID', `The database ${file} is in use by another Wence.`, {
        hint: 'Stop the other one, set another DATA_DIR, or set DATABASE_URL: several processes need PostgreSQL.',
      });
    }
    throw new AppError('CONFIG_INVALID', `The database ${file} cannot be used: ${reasonOf(error)}`, {
      hint: 'Check that DATA_DIR is a folder this user may write to.',
      cause: error,
    });
  }
}
