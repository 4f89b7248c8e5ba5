import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';

/** Inbox, lanes, outbox, turns and feedback. */
export const createTables = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const bigint = kind === 'sqlite' ? 'integer' : 'bigint';
    const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
    // SQLite must not give the number of a purged row to a new one, hence `autoincrement`.
    const sequence = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
      kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedAlwaysAsIdentity();
    const create = <Name extends string, Column extends string>(table: CreateTableBuilder<Name, Column>): Promise<void> =>
      (kind === 'sqlite' ? table.modifyEnd(sql`strict`) : table).execute();
    const { schema } = db;

    await create(
      schema
        .createTable('dedupe_keys')
        .addColumn('key', 'text', (column) => column.primaryKey().notNull())
        .addColumn('at_ms', bigint, required),
    );
    await schema.createIndex('dedupe_keys_at').on('dedupe_keys').column('at_ms').execute();

    await create(
      schema
        .createTable('lanes')
        .addColumn('lane', 'text', (column) => column.primaryKey().notNull())
        .addColumn('queue', 'text', required)
        .addColumn('ready_at_ms', bigint)
        .addColumn('token', 'text')
        .addColumn('attempts', 'integer', required),
    );
    // Lanes with something in them, as workers look for them: however many are empty, a look costs the same.
    await schema
      .createIndex('lanes_ready')
      .on('lanes')
      .columns(['queue', 'ready_at_ms'])
      .where(sql.ref('ready_at_ms'), 'is not', null)
      .execute();

    await create(
      schema
        .createTable('jobs')
        .addColumn('seq', bigint, sequence)
        .addColumn('lane', 'text', required)
        .addColumn('message', 'text', required)
        .addColumn('received_at_ms', bigint, required)
        .addColumn('state', 'text', required)
        .addColumn('attempts', 'integer', required)
        .addColumn('error', 'text')
        .addColumn('ended_at_ms', bigint),
    );
    // The head of a lane; rows leave the index when they end.
    await schema.createIndex('jobs_open').on('jobs').columns(['lane', 'seq']).where(sql.ref('state'), '=', sql.lit('open')).execute();
    // Counts, dead letters and purge.
    await schema.createIndex('jobs_state').on('jobs').columns(['state', 'received_at_ms']).execute();

    await create(
      schema
        .createTable('outbox')
        .addColumn('seq', bigint, sequence)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('lane', 'text', required)
        .addColumn('channel', 'text', required)
        .addColumn('address', 'text', required)
        .addColumn('message', 'text', required)
        .addColumn('form', 'text', required)
        .addColumn('queued_at_ms', bigint, required)
        .addColumn('state', 'text', required)
        .addColumn('attempts', 'integer', required)
        .addColumn('code', 'text')
        .addColumn('platform_message_id', 'text')
        .addColumn('ended_at_ms', bigint),
    );
    await schema.createIndex('outbox_open').on('outbox').columns(['lane', 'seq']).where(sql.ref('state'), '=', sql.lit('open')).execute();
    await schema.createIndex('outbox_state').on('outbox').columns(['state', 'queued_at_ms']).execute();

    await create(
      schema
        .createTable('turns')
        .addColumn('seq', bigint, sequence)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('channel', 'text', required)
        .addColumn('context_key', 'text', required)
        .addColumn('question', 'text', required)
        .addColumn('answer', 'text')
        .addColumn('at_ms', bigint, required),
    );
    await schema.createIndex('turns_context').on('turns').columns(['context_key', 'at_ms', 'seq']).execute();

    await create(
      schema
        .createTable('feedback')
        .addColumn('turn_id', 'text', required)
        .addColumn('sender_id', 'text', required)
        .addColumn('vote', 'text', required)
        .addColumn('at_ms', bigint, required)
        .addPrimaryKeyConstraint('feedback_pk', ['turn_id', 'sender_id']),
    );

    await create(
      schema
        .createTable('probe')
        .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
        .addColumn('at_ms', bigint, required),
    );
  },
});
