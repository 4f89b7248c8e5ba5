import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/** Tickets, what was sent about them, and who waits for an answer. */
export const handOff = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, required, textKey, sequence, create } = columnsOf(kind);
    const { schema } = db;

    await create(
      schema
        .createTable('deliveries')
        .addColumn('seq', bigint, sequence)
        .addColumn('reply_id', 'text', (column) => column.notNull().unique())
        .addColumn('about', 'text', required)
        .addColumn('channel', 'text', required)
        .addColumn('chat_id', 'text', required)
        .addColumn('status', 'text', required)
        .addColumn('code', 'text')
        .addColumn('platform_message_id', 'text')
        .addColumn('at_ms', bigint, required),
    );
    await schema.createIndex('deliveries_message').on('deliveries').columns(['channel', 'chat_id', 'platform_message_id']).execute();
    await schema.createIndex('deliveries_about').on('deliveries').columns(['about', 'channel', 'chat_id', 'seq']).execute();

    await create(schema.createTable('counters').addColumn('name', 'text', textKey).addColumn('value', bigint, required));

    await create(
      schema
        .createTable('tickets')
        .addColumn('id', 'text', textKey)
        .addColumn('number', bigint, (column) => column.notNull().unique())
        .addColumn('state', 'text', required)
        .addColumn('desk_id', 'text', required)
        .addColumn('category', 'text')
        .addColumn('turn_id', 'text')
        .addColumn('asker', 'text', required)
        .addColumn('context_key', 'text', required)
        .addColumn('created_at_ms', bigint, required)
        .addColumn('claimed_at_ms', bigint)
        .addColumn('ended_at_ms', bigint)
        .addColumn('next_step_at_ms', bigint)
        .addColumn('draft_text_id', 'text')
        .addColumn('version', bigint, required)
        .addColumn('is_erased', 'integer', required)
        .addColumn('data', 'text', required),
    );
    await schema.createIndex('tickets_state').on('tickets').columns(['state', 'number']).execute();
    await schema.createIndex('tickets_desk').on('tickets').columns(['desk_id', 'number']).execute();
    await schema.createIndex('tickets_context').on('tickets').columns(['context_key', 'number']).execute();
    await schema.createIndex('tickets_asker').on('tickets').columns(['asker', 'is_erased']).execute();
    await schema.createIndex('tickets_turn').on('tickets').column('turn_id').execute();
    await schema.createIndex('tickets_created').on('tickets').column('created_at_ms').execute();
    await schema.createIndex('tickets_ended').on('tickets').columns(['is_erased', 'ended_at_ms']).execute();
    await schema.createIndex('tickets_due').on('tickets').columns(['next_step_at_ms', 'number']).execute();
    await schema
      .createIndex('tickets_undrafted')
      .on('tickets')
      .column('number')
      .where(sql<boolean>`state = 'answered' and draft_text_id is null and is_erased = 0`)
      .execute();

    await create(
      schema
        .createTable('ticket_events')
        .addColumn('seq', bigint, sequence)
        .addColumn('ticket_id', 'text', (column) => column.notNull().references('tickets.id'))
        .addColumn('at_ms', bigint, required)
        .addColumn('kind', 'text', required)
        .addColumn('by_name', 'text', required)
        .addColumn('user_id', 'text')
        .addColumn('detail', 'text'),
    );
    await schema.createIndex('ticket_events_ticket').on('ticket_events').columns(['ticket_id', 'seq']).execute();

    await create(
      schema
        .createTable('interests')
        .addColumn('seq', bigint, sequence)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('turn_id', 'text', required)
        .addColumn('asker', 'text', required)
        .addColumn('channel', 'text', required)
        .addColumn('address', 'text', required)
        .addColumn('question', 'text', required)
        .addColumn('at_ms', bigint, required)
        .addUniqueConstraint('interests_of_asker', ['turn_id', 'asker']),
    );
    await schema.createIndex('interests_asker').on('interests').column('asker').execute();
  },
});
