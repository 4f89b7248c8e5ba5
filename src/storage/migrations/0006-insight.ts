import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/** What was made of questions that were not answered well, and scheduled work that is done. */
export const insight = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, required, textKey, create } = columnsOf(kind);
    await create(
      db.schema
        .createTable('marks')
        .addColumn('question', 'text', textKey)
        .addColumn('state', 'text', required)
        .addColumn('at_ms', bigint, required),
    );
    await create(
      db.schema
        .createTable('schedule_runs')
        .addColumn('job', 'text', required)
        .addColumn('slot', 'text', required)
        .addColumn('at_ms', bigint, required)
        .addPrimaryKeyConstraint('schedule_runs_pk', ['job', 'slot']),
    );
  },
});
