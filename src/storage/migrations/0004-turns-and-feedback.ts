import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineKind } from '../engine.ts';
import { columnsOf } from './columns.ts';

/**
 * Turns and votes are written anew: with a pseudonym of the person in place of the platform's ids, and with what statistics count in columns before the
 * long answer. Turns from before keep their words and have no conversation any more; their votes are still one each.
 */
export const turnsAndFeedback = (kind: EngineKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const { bigint, double, required, sequence, create } = columnsOf(kind);
    const { schema } = db;

    await schema.dropIndex('turns_context').execute();
    await schema.alterTable('turns').renameTo('turns_before').execute();
    await create(
      schema
        .createTable('turns')
        .addColumn('seq', bigint, sequence)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('channel', 'text', required)
        .addColumn('context_key', 'text', required)
        .addColumn('asker', 'text')
        .addColumn('at_ms', bigint, required)
        .addColumn('day', 'text')
        .addColumn('ending', 'text')
        .addColumn('category', 'text')
        .addColumn('confidence', double)
        .addColumn('took_ms', bigint)
        .addColumn('document_id', 'text')
        .addColumn('section', 'integer')
        .addColumn('via', 'text')
        .addColumn('awaits', 'text')
        .addColumn('question', 'text', required)
        // Last, as they are long: SQLite passes over what stands before a column it is asked for.
        .addColumn('answer', 'text'),
    );
    await sql`
      insert into turns (id, channel, context_key, at_ms, question, answer)
      select id, channel, '', at_ms, question, answer from turns_before order by seq`.execute(db);
    await schema.dropTable('turns_before').execute();

    await schema.createIndex('turns_context').on('turns').columns(['context_key', 'at_ms', 'seq']).execute();
    // Statistics of some days are counted from the index alone, without the words.
    await schema
      .createIndex('turns_day')
      .on('turns')
      .columns(['day', 'at_ms', 'seq', 'ending', 'id', 'channel', 'category', 'via', 'took_ms', 'asker', 'document_id', 'section'])
      .execute();
    await schema
      .createIndex('turns_chosen')
      .on('turns')
      .columns(['day', 'at_ms', 'seq'])
      .where(sql.ref('via'), '=', sql.lit('chosen'))
      .execute();
    // Those that still have words, for erasing them: by time, and of one person.
    const hasWords = sql<boolean>`(question <> '' or answer is not null)`;
    await schema.createIndex('turns_worded').on('turns').column('at_ms').where(hasWords).execute();
    await schema.createIndex('turns_asker').on('turns').column('asker').where(hasWords).execute();

    await schema.alterTable('feedback').renameTo('feedback_before').execute();
    await create(
      schema
        .createTable('feedback')
        .addColumn('turn_id', 'text', required)
        .addColumn('asker', 'text', required)
        .addColumn('vote', 'text', required)
        .addColumn('reason', 'text')
        .addColumn('at_ms', bigint, required)
        .addPrimaryKeyConstraint('feedback_of_asker_pk', ['turn_id', 'asker']),
    );
    await sql`
      insert into feedback (turn_id, asker, vote, at_ms)
      select turn_id, 'before-' || cast(row_number() over (order by at_ms, turn_id, sender_id) as text), vote, at_ms from feedback_before`.execute(
      db,
    );
    await schema.dropTable('feedback_before').execute();
    await schema.createIndex('feedback_asker').on('feedback').column('asker').execute();
    await schema.createIndex('feedback_down').on('feedback').column('turn_id').where(sql.ref('vote'), '=', sql.lit('down')).execute();

    await schema.alterTable('outbox').addColumn('about', 'text').execute();
    await schema.alterTable('outbox').addColumn('edits', 'text').execute();
  },
});
