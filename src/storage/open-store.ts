import type { Log } from '../domain/log.ts';
import { openPostgres, type PostgresOptions } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';
import { SqlStore, type SqlStoreOptions } from './sql-store.ts';

/** Which database: a file of our own, or a PostgreSQL server that several processes share. */
export type StoreLocation = { readonly kind: 'sqlite'; readonly file: string } | ({ readonly kind: 'postgres' } & PostgresOptions);

/**
 * Opens the store and brings its tables up to date; several processes may do so at once. Close it after everything that uses it.
 * @example const store = await openStore({ kind: 'sqlite', file: 'data/wence.db' }, { log, now: Date.now, newId });
 * @throws {AppError} `CONFIG_INVALID` when the database cannot be used, `STORE_UNAVAILABLE` when its server cannot be reached
 */
export async function openStore(location: StoreLocation, { log, ...options }: SqlStoreOptions & { readonly log: Log }): Promise<SqlStore> {
  const engine = await (location.kind === 'sqlite' ? openSqlite(location.file) : openPostgres(location, log, options.newId));
  return new SqlStore(engine, options);
}
