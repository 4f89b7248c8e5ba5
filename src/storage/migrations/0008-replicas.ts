import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/** What several processes have to know of each other: who leads, how often somebody has asked, until when a chat is left alone. */
export const replicas = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, required, textKey, create } = columnsOf(kind);
    const { schema } = db;
    await create(
      schema
        .createTable('leases')
        .addColumn('name', 'text', textKey)
        .addColumn('holder', 'text', required)
        .addColumn('until_ms', bigint, required),
    );
    await schema.createIndex('leases_until').on('leases').column('until_ms').execute();
    await create(
      schema
        .createTable('rate_windows')
        .addColumn('key', 'text', textKey)
        .addColumn('started_at_ms', bigint, required)
        .addColumn('count', 'integer', required),
    );
    await schema.createIndex('rate_windows_started').on('rate_windows').column('started_at_ms').execute();
    // A process of the version before knows nothing of it, and writes lanes all the same.
    await schema
      .alterTable('lanes')
      .addColumn('quiet_until_ms', bigint, (column) => column.notNull().defaultTo(0))
      .execute();
  },
});
