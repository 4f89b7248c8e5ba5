import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/** Who wants news of what; pieces of news, and for which chats they are. */
export const subscriptions = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, required, textKey, sequence, create } = columnsOf(kind);
    const { schema } = db;
    await create(
      schema
        .createTable('subscriptions')
        .addColumn('id', 'text', textKey)
        .addColumn('channel', 'text', required)
        .addColumn('chat_id', 'text', required)
        .addColumn('chat_kind', 'text', required)
        .addColumn('thread_id', 'text', required)
        .addColumn('asker', 'text', required)
        .addColumn('scope', 'text', required)
        .addColumn('value', 'text', required)
        .addColumn('pace', 'text', required)
        .addColumn('created_at_ms', bigint, required)
        .addUniqueConstraint('subscriptions_of_chat', ['channel', 'chat_id', 'thread_id', 'scope', 'value']),
    );
    await schema.createIndex('subscriptions_asker').on('subscriptions').column('asker').execute();
    await create(
      schema
        .createTable('news')
        .addColumn('seq', bigint, sequence)
        .addColumn('key', 'text', (column) => column.notNull().unique())
        .addColumn('kind', 'text', required)
        .addColumn('document_id', 'text', required)
        .addColumn('title', 'text', required)
        .addColumn('at_ms', bigint, required),
    );
    await create(
      schema
        .createTable('news_items')
        .addColumn('seq', bigint, sequence)
        .addColumn('news_key', 'text', required)
        .addColumn('channel', 'text', required)
        .addColumn('chat_id', 'text', required)
        .addColumn('chat_kind', 'text', required)
        .addColumn('thread_id', 'text', required)
        .addColumn('subscription_id', 'text', required)
        .addColumn('due_at_ms', bigint, required)
        .addColumn('reply_id', 'text')
        // A chat is told of a piece of news once, however many of its topics match.
        .addUniqueConstraint('news_items_once', ['news_key', 'channel', 'chat_id', 'thread_id']),
    );
    const waits = sql<boolean>`reply_id is null`;
    await schema
      .createIndex('news_items_waiting')
      .on('news_items')
      .columns(['due_at_ms', 'channel', 'chat_id', 'thread_id', 'news_key'])
      .where(waits)
      .execute();
    // For forgetting them.
    await schema.createIndex('news_items_due').on('news_items').column('due_at_ms').execute();
    await schema.createIndex('news_items_subscription').on('news_items').column('subscription_id').where(waits).execute();
  },
});
