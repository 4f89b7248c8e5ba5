import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { AppError } from '../../domain/errors.ts';
import type { CollectionLoader, Shelved, TermCount } from '../../stacks/store.ts';
import { toStoreFault } from '../fault.ts';
import { vectorOf } from './lexemes.ts';

const PARTS = ['stack_index', 'stack_sections', 'stack_documents', 'stack_terms'] as const;
/** Building the index of a large collection in memory takes minutes, on disk hours. */
const INDEXING_MEMORY = '1GB';
const TERMS_AT_ONCE = 20_000;

const tableOf = (part: (typeof PARTS)[number], partition: string): string => `${part}_${partition}`;
/** Says that somebody is at work on a partition that is no collection yet. */
const LOCK = 'pg_try_advisory_lock(hashtextextended($1, 0))';

/**
 * Puts a collection into tables of its own, indexes them, and makes them partitions of those that are searched, in one moment.
 * @throws {AppError} `STORE_UNAVAILABLE`; `INPUT_INVALID` when another load of the collection is under way
 */
export async function collectionLoader(url: string, name: string): Promise<CollectionLoader> {
  const client = new pg.Client({ connectionString: url, application_name: 'wence-load' });
  client.on('error', () => {});
  const partition = randomBytes(6).toString('hex');
  const known = new Set<string>();
  const run = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      throw toStoreFault(error);
    }
  };
  const dropTables = (which: string): Promise<unknown> =>
    run(PARTS.map((part) => `drop table if exists ${tableOf(part, which)}`).join(';'));
  /** What loads left behind that were killed. */
  const sweep = async (): Promise<void> => {
    const { rows } = await run(
      `select substring(tablename from '[0-9a-f]{12}$') as left_over from pg_tables where schemaname = current_schema()
       and tablename ~ '^stack_sections_[0-9a-f]{12}$'
       and substring(tablename from '[0-9a-f]{12}$') not in (select partition from stack_collections)`,
    );
    for (const { left_over: which } of rows as { left_over: string }[]) {
      const { rows: locked } = await run(`select ${LOCK} as is_free`, [which]);
      if ((locked[0] as { is_free: boolean }).is_free) await dropTables(which);
    }
  };

  await client.connect().catch((error: unknown) => {
    throw toStoreFault(error);
  });
  try {
    const { rows } = await run(`select ${LOCK} as is_free`, [`collection ${name}`]);
    if (!(rows[0] as { is_free: boolean }).is_free) {
      throw new AppError('INPUT_INVALID', `The collection "${name}" is being loaded by somebody else.`, {
        hint: 'Wait until that is done.',
      });
    }
    await sweep();
    await run(`select ${LOCK}`, [partition]);
    const literal = client.escapeLiteral(name);
    for (const part of PARTS) {
      await run(
        `create table ${tableOf(part, partition)} (like ${part} including defaults, constraint own check (collection = ${literal}))`,
      );
    }
    // The vectors are never read again once they are indexed: kept apart, they leave the rows so narrow that thousands of them are looked at in no time.
    await run(`alter table ${tableOf('stack_index', partition)} set (toast_tuple_target = 128)`);
  } catch (error) {
    await client.end();
    throw error;
  }

  return {
    async add(sections) {
      const documents = sections.filter(({ record }) => !known.has(record.id) && known.add(record.id));
      await run(
        `insert into ${tableOf('stack_documents', partition)} (collection, id, record)
         select $1, id, record from unnest($2::text[], $3::text[]) as d (id, record)`,
        [name, documents.map(({ record }) => record.id), documents.map(({ record }) => JSON.stringify(record))],
      );
      await run(
        `with s as (
           select nextval('stack_section_no') as no, *
           from unnest($2::text[], $3::int[], $4::int[], $5::date[], $6::date[], $7::text[], $8::text[])
             as s (document_id, number, length, valid_from, valid_until, section, terms)
         ), told as (
           insert into ${tableOf('stack_sections', partition)} (collection, no, document_id, number, section)
           select $1, no, document_id, number, section from s
         )
         insert into ${tableOf('stack_index', partition)} (collection, no, length, valid_from, valid_until, terms)
         select $1, no, length, valid_from, valid_until, terms::tsvector from s`,
        [name, ...columnsOf(sections)],
      );
    },
    async finish(collection, terms) {
      for (const batch of batches(terms)) {
        await run(
          `insert into ${tableOf('stack_terms', partition)} (collection, kind, term, sections)
           select $1, kind, term, sections from unnest($2::text[], $3::text[], $4::int[]) as t (kind, term, sections)`,
          [name, batch.map(([kind]) => kind), batch.map(([, term]) => term), batch.map(([, , sections]) => sections)],
        );
      }
      await run(`set maintenance_work_mem = '${INDEXING_MEMORY}'`);
      const [indexTable, sectionTable, documentTable, termTable] = PARTS.map((part) => tableOf(part, partition));
      await run(`create index on ${indexTable} using gin (terms)`);
      await run(`create index on ${sectionTable} (no)`);
      await run(`create index on ${sectionTable} (document_id, number)`);
      await run(`create index on ${documentTable} (id)`);
      await run(`create index on ${termTable} (term, kind)`);
      for (const part of PARTS) await run(`analyze ${tableOf(part, partition)}`);
      await run('begin');
      await dropPartitionWithin(client, name);
      for (const part of PARTS) {
        await run(`alter table ${part} attach partition ${tableOf(part, partition)} for values in (${client.escapeLiteral(name)})`);
      }
      await run('insert into stack_collections (name, partition, about) values ($1, $2, $3)', [
        name,
        partition,
        JSON.stringify(collection),
      ]);
      await run('commit');
      await client.end();
    },
    async abandon() {
      try {
        await run('rollback');
        await dropTables(partition);
      } catch {
        // The next load sweeps it away.
      } finally {
        await client.end();
      }
    },
  };
}

/** Takes a collection out, in one moment. */
export async function dropPartition(client: pg.Client, name: string): Promise<boolean> {
  await client.query('begin');
  const wasThere = await dropPartitionWithin(client, name);
  await client.query('commit');
  return wasThere;
}

async function dropPartitionWithin(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ partition: string }>('delete from stack_collections where name = $1 returning partition', [name]);
  for (const { partition } of rows) for (const part of PARTS) await client.query(`drop table ${tableOf(part, partition)}`);
  return rows.length > 0;
}

const columnsOf = (sections: readonly Shelved[]): unknown[] => [
  sections.map(({ section }) => section.documentId),
  sections.map(({ section }) => section.number),
  sections.map(({ length }) => length),
  sections.map(({ record }) => record.effectiveOn),
  sections.map(({ record }) => record.expiresOn),
  sections.map(({ section }) => JSON.stringify(section)),
  sections.map(({ lexemes }) => vectorOf(lexemes)),
];

function* batches(terms: Iterable<TermCount>): Generator<TermCount[]> {
  let batch: TermCount[] = [];
  for (const term of terms) {
    if (term[1].includes('\0')) continue;
    batch.push(term);
    if (batch.length < TERMS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
