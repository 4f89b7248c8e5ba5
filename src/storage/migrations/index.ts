import type { Migration, MigrationProvider } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { createTables } from './0001-create-tables.ts';
import { libraryTexts } from './0002-library-texts.ts';
import { consoleAccounts } from './0003-console-accounts.ts';
import { turnsAndFeedback } from './0004-turns-and-feedback.ts';
import { handOff } from './0005-hand-off.ts';
import { insight } from './0006-insight.ts';
import { subscriptions } from './0007-subscriptions.ts';
import { replicas } from './0008-replicas.ts';
import { largeLibraries } from './0009-large-libraries.ts';

/**
 * Every migration, oldest first. The name is the version: never change one that was released, add the next.
 *
 * In a rolling upgrade the version before works on while this one has migrated the database already. So a migration adds: tables, indexes, columns that may be
 * null or have a default. What is no longer used is dropped by the version after. `test/app/upgrade.test.ts` runs both versions together.
 */
const MIGRATIONS: Readonly<Record<string, (kind: EngineKind) => Migration>> = {
  '0001-create-tables': createTables,
  '0002-library-texts': libraryTexts,
  '0003-console-accounts': consoleAccounts,
  '0004-turns-and-feedback': turnsAndFeedback,
  '0005-hand-off': handOff,
  '0006-insight': insight,
  '0007-subscriptions': subscriptions,
  '0008-replicas': replicas,
  '0009-large-libraries': largeLibraries,
};

/**
 * The last migration of the version before, which may use a database of this one. Set it at each release, when `npm run release:keep` keeps that version
 * for the test.
 */
export const OLDEST_COMPATIBLE = '0008-replicas';

/** Names of the migrations this program knows, oldest first. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** The migrations of one engine, from code: a bundled program has no folder to read. */
export function migrationProvider(kind: EngineKind): MigrationProvider {
  return {
    async getMigrations() {
      return Object.fromEntries(Object.entries(MIGRATIONS).map(([name, create]) => [name, create(kind)]));
    },
  };
}
