import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/** The console's people: users, sessions, tokens, bound chats, one-time codes, failures, settings; and the runs of the question set. */
export const consoleAccounts = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, required, textKey, sequence, create } = columnsOf(kind);
    const { schema } = db;
    const userId = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
      column.notNull().references('users.id').onDelete('cascade');

    await create(
      schema
        .createTable('users')
        .addColumn('id', 'text', textKey)
        .addColumn('name', 'text', (column) => column.notNull().unique())
        .addColumn('display_name', 'text', required)
        .addColumn('role', 'text', required)
        .addColumn('password_hash', 'text', required)
        .addColumn('totp_secret', 'text')
        .addColumn('pending_totp', 'text')
        .addColumn('totp_used', bigint)
        .addColumn('must_change_password', 'integer', required)
        .addColumn('created_at_ms', bigint, required)
        .addColumn('disabled_at_ms', bigint),
    );

    await create(
      schema
        .createTable('sessions')
        .addColumn('digest', 'text', textKey)
        .addColumn('user_id', 'text', userId)
        .addColumn('csrf_token', 'text', required)
        .addColumn('created_at_ms', bigint, required)
        .addColumn('seen_at_ms', bigint, required)
        .addColumn('visitor_from', 'text', required)
        .addColumn('agent', 'text', required),
    );
    await schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
    await schema.createIndex('sessions_seen').on('sessions').column('seen_at_ms').execute();

    await create(
      schema
        .createTable('api_tokens')
        .addColumn('id', 'text', textKey)
        .addColumn('user_id', 'text', userId)
        .addColumn('name', 'text', required)
        .addColumn('digest', 'text', (column) => column.notNull().unique())
        .addColumn('role', 'text', required)
        .addColumn('created_at_ms', bigint, required)
        .addColumn('expires_at_ms', bigint)
        .addColumn('used_at_ms', bigint)
        .addColumn('revoked_at_ms', bigint),
    );
    await schema.createIndex('api_tokens_user').on('api_tokens').column('user_id').execute();

    await create(
      schema
        .createTable('chat_bindings')
        .addColumn('channel', 'text', required)
        .addColumn('sender_id', 'text', required)
        .addColumn('user_id', 'text', userId)
        .addColumn('bound_at_ms', bigint, required)
        .addPrimaryKeyConstraint('chat_bindings_pk', ['channel', 'sender_id']),
    );
    await schema.createIndex('chat_bindings_user').on('chat_bindings').column('user_id').execute();

    await create(
      schema
        .createTable('one_time_codes')
        .addColumn('digest', 'text', textKey)
        .addColumn('purpose', 'text', required)
        .addColumn('user_id', 'text', (column) => column.references('users.id').onDelete('cascade'))
        .addColumn('expires_at_ms', bigint, required),
    );
    await schema.createIndex('one_time_codes_user').on('one_time_codes').column('user_id').execute();
    await schema.createIndex('one_time_codes_expires').on('one_time_codes').column('expires_at_ms').execute();

    await create(
      schema
        .createTable('failures')
        .addColumn('seq', bigint, sequence)
        .addColumn('key', 'text', required)
        .addColumn('at_ms', bigint, required),
    );
    await schema.createIndex('failures_key').on('failures').columns(['key', 'at_ms']).execute();
    await schema.createIndex('failures_at').on('failures').column('at_ms').execute();

    await create(schema.createTable('settings').addColumn('key', 'text', textKey).addColumn('value', 'text', required));

    await create(
      schema
        .createTable('evaluation_runs')
        .addColumn('seq', bigint, sequence)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('at_ms', bigint, required)
        .addColumn('user_id', 'text')
        .addColumn('library_version', bigint, required)
        .addColumn('summary', 'text', required)
        .addColumn('results', 'text', required),
    );
    await schema.createIndex('evaluation_runs_at').on('evaluation_runs').columns(['at_ms', 'seq']).execute();
  },
});
