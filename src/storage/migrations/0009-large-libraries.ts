import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/*
 * Which versions may use the database. And on a server only: texts too many for memory (`stacks/`), and the index of the library as a process built it,
 * for the next one; where there is one process, a file next door keeps that.
 */

/** The parts of a collection; each has a table of its own in each of them, which comes and goes whole. */
const PARTS = [
  `create table stack_index (
     collection text not null, no bigint not null, length integer not null, valid_from date, valid_until date, terms tsvector not null
   ) partition by list (collection)`,
  'create index stack_index_terms on stack_index using gin (terms)',
  `create table stack_sections (
     collection text not null, no bigint not null, document_id text not null, number integer not null, section text not null
   ) partition by list (collection)`,
  'create index stack_sections_no on stack_sections (no)',
  'create index stack_sections_place on stack_sections (document_id, number)',
  'create table stack_documents (collection text not null, id text not null, record text not null) partition by list (collection)',
  'create index stack_documents_id on stack_documents (id)',
  `create table stack_terms (collection text not null, kind text not null, term text collate "C" not null, sections integer not null)
   partition by list (collection)`,
  'create index stack_terms_term on stack_terms (term, kind)',
];

export const largeLibraries = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    const { create, required, textKey } = columnsOf(kind);
    await create(schema.createTable('schema_compatibility').addColumn('latest', 'text', textKey).addColumn('oldest', 'text', required));
    if (kind === 'sqlite') return;
    await schema
      .createTable('index_snapshots')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('chunk', 'integer', (column) => column.notNull())
      .addColumn('packed', 'bytea', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('index_snapshots_key', ['name', 'chunk'])
      .execute();
    await schema
      .createTable('stack_collections')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('partition', 'text', (column) => column.notNull().unique())
      .addColumn('about', 'text', (column) => column.notNull())
      .execute();
    await sql`create sequence stack_section_no`.execute(db);
    for (const statement of PARTS) await sql.raw(statement).execute(db);
  },
});
