import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import { codeOf, reasonOf } from './fault.ts';
import { MIGRATION_NAMES } from './migrations/index.ts';

/**
 * Puts a backup in the place of the database. The backup is checked first: whole, ours, and not from a newer version. The file it replaces is kept
 * next to it as `<name>.before-restore-<time>`. At every moment there is a whole database at `toFile`. Stop Wence before.
 * @returns the file the old database is kept in, or null when there was none
 * @throws {AppError} `INPUT_INVALID` when the backup is missing or does not pass; `CONFIG_INVALID` when the database is in use or cannot be replaced.
 *   The database is unchanged then.
 */
export async function restoreSqlite(fromFile: string, toFile: string, now: () => number = Date.now): Promise<string | null> {
  const part = `${toFile}.restoring`;
  try {
    copyWithWal(fromFile, part);
    checkAndSettle(part, fromFile);
    try {
      return replace(toFile, part, now);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('CONFIG_INVALID', `The database ${toFile} could not be replaced: ${reasonOf(error)}`, {
        hint: 'Check that this user may write to the folder, and that there is room on the disk.',
        cause: error,
      });
    }
  } finally {
    for (const file of withSidecars(part)) rmSync(file, { force: true });
  }
}

/** A database and the files SQLite keeps next to it. */
const withSidecars = (file: string): string[] => [file, `${file}-wal`, `${file}-shm`];

function invalid(fromFile: string, reason: string, cause?: unknown): AppError {
  return new AppError('INPUT_INVALID', `${basename(fromFile)} cannot be restored: ${reason}`, {
    hint: 'Name a file written by a Wence backup.',
    cause,
  });
}

/** The copy is what is checked and used: the backup itself is only read. */
function copyWithWal(fromFile: string, part: string): void {
  try {
    for (const file of withSidecars(part)) rmSync(file, { force: true });
    copyFileSync(fromFile, part);
    if (existsSync(`${fromFile}-wal`)) copyFileSync(`${fromFile}-wal`, `${part}-wal`);
  } catch (error) {
    throw invalid(fromFile, reasonOf(error), error);
  }
}

/** Checks the copy, folds its log into it and has it on the disk. */
function checkAndSettle(part: string, fromFile: string): void {
  let database: Database.Database | null = null;
  try {
    database = new Database(part, { fileMustExist: true });
    const report = String(database.pragma('integrity_check(1)', { simple: true }));
    if (report !== 'ok') throw invalid(fromFile, `it is damaged (${report.replaceAll(/\s*\n\s*/g, ' ')})`);
    const versions = database.prepare<[], { name: string }>('select name from kysely_migration order by name').all();
    if (versions.length === 0) throw invalid(fromFile, 'it holds no version of Wence');
    const unknown = versions.find(({ name }, at) => MIGRATION_NAMES[at] !== name);
    if (unknown) throw invalid(fromFile, `it was written by another version of Wence (${unknown.name})`);
    database.pragma('journal_mode = DELETE');
  } catch (error) {
    throw error instanceof AppError ? error : invalid(fromFile, `it is not a Wence database (${reasonOf(error)})`, error);
  } finally {
    database?.close();
  }
  flush(part);
}

function replace(toFile: string, part: string, now: () => number): string | null {
  const kept = existsSync(toFile) ? `${toFile}.before-restore-${new Date(now()).toISOString().replaceAll(/[-:.]/g, '')}` : null;
  if (kept !== null) {
    foldLog(toFile);
    keep(toFile, kept);
    // Left over when the old database was too damaged to fold its log in: it must not be taken for the log of the new one.
    if (existsSync(`${toFile}-wal`)) renameSync(`${toFile}-wal`, `${kept}-wal`);
    rmSync(`${toFile}-shm`, { force: true });
  }
  renameSync(part, toFile);
  flushFolder(dirname(toFile));
  return kept;
}

/** Folds the log of the old database into its file, which also shows that nobody has it open. A damaged one is taken as it is. */
function foldLog(toFile: string): void {
  let database: Database.Database | null = null;
  try {
    database = new Database(toFile, { timeout: 0, fileMustExist: true });
    database.pragma('journal_mode = DELETE');
  } catch (error) {
    if (codeOf(error)?.startsWith('SQLITE_BUSY')) {
      throw new AppError('CONFIG_INVALID', 'The database is in use.', { hint: 'Stop Wence, then restore.', cause: error });
    }
  } finally {
    database?.close();
  }
}

/** A second name for the same file, so that the first one never stands for nothing; a copy where the file system has no links. */
function keep(file: string, as: string): void {
  try {
    linkSync(file, as);
  } catch {
    copyFileSync(file, as);
  }
}

/** Waits until the file is on the disk. */
function flush(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Waits until the names in the folder are on the disk, where the system can tell (Windows cannot). */
function flushFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // The file itself is safe already.
  }
}
