import { closeSync, mkdirSync, openSync } from 'node:fs';
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
 * A commit is on the disk when it returns, and the whole process stands still for it. What arrives in this time after one shares the next: the
 * more waits, the less each costs.
 */
const GATHER_MS = 2;

/** The driver's default is NORMAL in WAL mode: what was acknowledged would be lost with the power. */
const SYNCHRONOUS = 'synchronous = FULL';

/**
 * Opens the database file, creating it (readable by its owner only) and its folder when they are missing, and brings its tables up to date.
 * What is committed survives a crash of the process and of the machine.
 * @throws {AppError} `CONFIG_INVALID` when the file cannot be opened or is not ours
 */
export async function openSqlite(file: string): Promise<Engine> {
  const database = await openFile(file);
  try {
    const db = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect({ database: new StatementCache(database) }) });
    await migrate(db, 'sqlite');
    return {
      kind: 'sqlite',
      db,
      sync: () => sleep(GATHER_MS),
      // Other processes may look into the file, but none waits for work in it.
      announce() {},
      onAnnounced() {},
      backup: (to) => backupSqlite(database, to),
      async close() {
        await db.destroy();
      },
    };
  } catch (error) {
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
    database.pragma(SYNCHRONOUS);
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
