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

/** Every migration, oldest first. The name is the version: never change one that was released, add the next. */
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
