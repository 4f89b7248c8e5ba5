import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { AppError } from '../domain/errors.ts';
import type { EngineKind } from './engine.ts';
import { reasonOf } from './fault.ts';
import { migrationProvider } from './migrations/index.ts';

/**
 * Brings the tables up to date. Safe when several processes start at once: one migrates, the others wait and find it done. SQLite is locked by an
 * immediate transaction around everything, PostgreSQL by Kysely's advisory lock.
 * @throws {AppError} `CONFIG_INVALID` when the database was written by a newer version, or the migration fails. Nothing is changed then.
 */
export async function migrate<DB>(db: Kysely<DB>, kind: EngineKind): Promise<void> {
  const run = async (on: Kysely<DB>): Promise<void> => {
    const { error } = await new Migrator({ db: on, provider: migrationProvider(kind) }).migrateToLatest();
    if (error !== undefined) throw migrationFault(error);
  };
  await (kind === 'sqlite' ? db.transaction().execute(run) : run(db));
}

function migrationFault(error: unknown): AppError {
  const reason = reasonOf(error);
  if (/previously executed migration .* is missing/.test(reason)) {
    return new AppError('CONFIG_INVALID', 'The database was written by a newer version of Wence.', {
      hint: 'Run that version or a later one, or restore a backup made before the update.',
      cause: error,
    });
  }
  return new AppError('CONFIG_INVALID', `The tables could not be brought up to date: ${reason}`, {
    hint: 'Nothing was changed. Check that the database user may create tables, and that there is room on the disk.',
    cause: error,
  });
}
