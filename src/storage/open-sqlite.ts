import { closeSync, mkdirSync, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { AppError } from '../domain/errors.ts';
import { backupSqlite } from './backup-sqlite.ts';
import type { Engine } from './engine.ts';
import { codeOf, reasonOf } from './fault.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';
import { StatementCache } from './statement-cache.ts';

/** How long a write waits for another process to finish its own. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * A commit writes to the log and returns; the store then has the log put on the disk, and only after that says that something is stored. It is what
 * `FULL` does within the commit, where the whole process would stand still for it.
 */
const SYNCED_BY_US = 'synchronous = NORMAL';

/**
 * Opens the database file, creating it (readable by its owner only) and its folder when they are missing, and brings its tables up to date.
 * What is committed survives a crash of the process, and once `sync` has resolved also one of the machine.
 * @throws {AppError} `CONFIG_INVALID` when the file cannot be opened or is not ours
 */
export async function openSqlite(file: string): Promise<Engine> {
  const database = await openFile(file);
  let log: FileHandle | null = null;
  try {
    const db = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect({ database: new StatementCache(database) }) });
    await migrate(db, 'sqlite');
    // The same file for as long as the database is open.
    log = file === ':memory:' ? null : await open(`${file}-wal`, 'r+');
    await log?.datasync();
    return {
      kind: 'sqlite',
      db,
      sync: async () => log?.datasync(),
      // Other processes may look into the file, but none waits for work in it.
      announce() {},
      onAnnounced() {},
      backup: (to) => backupSqlite(database, to),
      async close() {
        await log?.close();
        await db.destroy();
      },
    };
  } catch (error) {
    await log?.close();
    database.close();
    throw error;
  }
}

async function openFile(file: string): Promise<Database.Database> {
  let database: Database.Database | null = null;
  try {
    if (file !== ':memory:') {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      closeSync(openSync(file, 'a', 0o600));
    }
    database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    await switchToWal(database);
    database.pragma(SYNCED_BY_US);
    database.pragma('foreign_keys = ON');
    database.pragma('journal_size_limit = 67108864');
    return database;
  } catch (error) {
    database?.close();
    throw new AppError('CONFIG_INVALID', `The database ${file} cannot be opened: ${reasonOf(error)}`, {
      hint: 'Check that DATA_DIR is a folder this user may write to and that the file is a Wence database, or restore a backup.',
      cause: error,
    });
  }
}

/** The switch needs the file for itself and does not wait for it: when several processes create the same file, all but one are refused at first. */
async function switchToWal(database: Database.Database): Promise<void> {
  const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!codeOf(error)?.startsWith('SQLITE_BUSY') || performance.now() > giveUpAt) throw error;
      await sleep(20);
    }
  }
}
