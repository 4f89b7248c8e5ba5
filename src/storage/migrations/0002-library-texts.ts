import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { makeAuditLogAppendOnly } from './append-only.ts';
import { columnsOf } from './columns.ts';

/** The library's texts with their revisions, and the audit log. */
export const libraryTexts = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, required, textKey, sequence, create } = columnsOf(kind);
    const { schema } = db;

    await create(
      schema
        .createTable('library_state')
        .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
        .addColumn('version', bigint, required),
    );
    await sql`insert into library_state (id, version) values (1, 0)`.execute(db);

    await create(
      schema
        .createTable('texts')
        .addColumn('id', 'text', textKey)
        .addColumn('kind', 'text', required)
        .addColumn('title', 'text', required)
        .addColumn('created_at_ms', bigint, required)
        .addColumn('published', 'integer')
        .addColumn('latest', 'integer', required)
        .addColumn('file_digest', 'text')
        .addColumn('version', bigint, required)
        .addColumn('changed_in', bigint, required),
    );
    // What a process has not taken in yet: asked after every publication.
    await schema.createIndex('texts_changed_in').on('texts').column('changed_in').execute();

    await create(
      schema
        .createTable('revisions')
        .addColumn('text_id', 'text', (column) => column.notNull().references('texts.id'))
        .addColumn('number', 'integer', required)
        .addColumn('state', 'text', required)
        .addColumn('digest', 'text', required)
        .addColumn('base', 'integer')
        .addColumn('origin', 'text', required)
        .addColumn('note', 'text', required)
        .addColumn('author_id', 'text')
        .addColumn('created_at_ms', bigint, required)
        .addColumn('edited_at_ms', bigint, required)
        .addColumn('submitted_at_ms', bigint)
        .addColumn('reviewer_id', 'text')
        .addColumn('reviewed_at_ms', bigint)
        .addColumn('review_note', 'text')
        .addColumn('publish_at_ms', bigint)
        .addColumn('published_at_ms', bigint)
        .addColumn('superseded_at_ms', bigint)
        // Last, as they are long: SQLite passes over what stands before a column it is asked for.
        .addColumn('impact', 'text')
        .addColumn('source', 'text', required)
        .addPrimaryKeyConstraint('revisions_pk', ['text_id', 'number']),
    );
    // A text is answered from one revision at most.
    await schema
      .createIndex('revisions_published')
      .on('revisions')
      .column('text_id')
      .unique()
      .where(sql.ref('state'), '=', sql.lit('published'))
      .execute();
    // The review queue.
    await schema.createIndex('revisions_state').on('revisions').columns(['state', 'created_at_ms', 'text_id']).execute();

    await create(
      schema
        .createTable('audit_log')
        .addColumn('seq', bigint, sequence)
        .addColumn('at_ms', bigint, required)
        .addColumn('actor_kind', 'text', required)
        .addColumn('user_id', 'text')
        .addColumn('actor_name', 'text', required)
        .addColumn('actor_from', 'text')
        .addColumn('action', 'text', required)
        .addColumn('target', 'text')
        .addColumn('detail', 'text', required),
    );
    for (const column of ['user_id', 'action', 'target']) {
      await schema.createIndex(`audit_log_${column}`).on('audit_log').columns([column, 'seq']).execute();
    }
    await makeAuditLogAppendOnly(db, kind);
  },
});
