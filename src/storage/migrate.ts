import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { AppError } from '../domain/errors.ts';
import type { EngineKind } from './engine.ts';
import { reasonOf } from './fault.ts';
import { MIGRATION_NAMES, migrationProvider, OLDEST_COMPATIBLE } from './migrations/index.ts';
import type { Tables } from './schema.ts';

/**
 * Brings the tables up to date. Safe when several processes start at once: one migrates, the others wait and find it done. SQLite is locked by an
 * immediate transaction around everything, PostgreSQL by Kysely's advisory lock.
 * @returns migrations of a newer version that the database has had, and with which this one may go on: a rolling upgrade is under way
 * @throws {AppError} `CONFIG_INVALID` when the database was written by a version too new, or the migration fails. Nothing is changed then.
 */
export const migrate = (db: Kysely<Tables>, kind: EngineKind): Promise<readonly string[]> =>
  kind === 'sqlite' ? db.transaction().execute((tx) => bringUpToDate(tx, kind)) : bringUpToDate(db, kind);

async function bringUpToDate(db: Kysely<Tables>, kind: EngineKind): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: migrationProvider(kind) });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) {
    await declareCompatibility(db);
    return [];
  }
  if (!/previously executed migration .* is missing/.test(reasonOf(error))) throw migrationFault(error);
  const ahead = await migrationsAhead(db);
  if (ahead === null) throw tooNew(error);
  return ahead;
}

/** Says, for older versions that start later, which of them may use what this one has made. */
async function declareCompatibility(db: Kysely<Tables>): Promise<void> {
  const row = { latest: MIGRATION_NAMES.at(-1)!, oldest: OLDEST_COMPATIBLE };
  await db
    .insertInto('schema_compatibility')
    .values(row)
    .onConflict((conflict) => conflict.column('latest').doUpdateSet({ oldest: row.oldest }))
    .execute();
}

/** Migrations this version does not know but may go on with, as whoever made the last of them says; null when it may not. */
async function migrationsAhead(db: Kysely<Tables>): Promise<readonly string[] | null> {
  const executed = (await db.selectFrom('kysely_migration').select('name').orderBy('name').execute()).map(({ name }) => name);
  const said = await db.selectFrom('schema_compatibility').select('oldest').where('latest', '=', executed.at(-1)!).executeTakeFirst();
  const hasAllOfOurs = MIGRATION_NAMES.every((name) => executed.includes(name));
  return said && hasAllOfOurs && MIGRATION_NAMES.at(-1)! >= said.oldest ? executed.filter((name) => !MIGRATION_NAMES.includes(name)) : null;
}

const tooNew = (cause: unknown): AppError =>
  new AppError('CONFIG_INVALID', 'The database was written by a newer version of Wence, more than one ahead of this one.', {
    hint: 'Run that version or a later one, or restore a backup made before the update.',
    cause,
  });

const migrationFault = (error: unknown): AppError =>
  new AppError('CONFIG_INVALID', `The tables could not be brought up to date: ${reasonOf(error)}`, {
    hint: 'Nothing was changed. Check that the database user may create tables, and that there is room on the disk.',
    cause: error,
  });
