import pg from 'pg';
import type { Collection, Found, Search, StackStore } from '../../stacks/store.ts';
import { toStoreFault } from '../fault.ts';
import { collectionLoader, dropPartition } from './collection-loader.ts';
import { queryOf } from './lexemes.ts';
import { FIND, FREQUENCIES, SECTION } from './statements.ts';

export interface StacksOptions {
  /** Where collections are written, and read when there is no `readUrl`. */
  readonly url: string;
  /** A copy of the database that is only read, e.g. a streaming replica. */
  readonly readUrl?: string | null;
  /** Most connections for reading. */
  readonly poolSize?: number;
}

/** Whoever asks waits for it: rather no answer from the stacks than a late one. */
const READ_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 2_000;

interface Row {
  readonly section: string;
  readonly record: string;
}

const foundOf = ({ section, record }: Row): Found => ({
  section: JSON.parse(section) as Found['section'],
  record: JSON.parse(record) as Found['record'],
});

/** Collections in PostgreSQL, in the tables that `openStore` has made. Connects when it is used; close it in the end. */
export function openStacks({ url, readUrl = null, poolSize = 4 }: StacksOptions): StackStore & { close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: readUrl ?? url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    max: poolSize,
    application_name: 'wence-stacks',
    statement_timeout: READ_TIMEOUT_MS,
    query_timeout: READ_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    // Compiling a query takes longer than any of ours runs.
    options: '-c jit=off',
  });
  // Whoever uses a lost connection is told by the query that fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const read = async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> => {
    try {
      return (await pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw toStoreFault(error);
    }
  };
  return {
    async collections() {
      const rows = await read<{ about: string }>('select about from stack_collections order by name');
      return rows.map(({ about }) => JSON.parse(about) as Collection);
    },
    async find({ wanted, constant, perPair, limit, lookedAt, today }: Search) {
      if (wanted.length === 0) return [];
      const queries = wanted.map(({ lexemes }) => queryOf(lexemes));
      const values = wanted.map(({ value }) => value);
      return (await read<Row>(FIND, [queries, values, constant, perPair, lookedAt, limit, today === '' ? null : today])).map(foundOf);
    },
    async frequencies(terms) {
      if (terms.length === 0) return [];
      const rows = await read<{ sections: string }>(FREQUENCIES, [terms.map(([kind]) => kind), terms.map(([, term]) => term)]);
      return rows.map(({ sections }) => Number(sections));
    },
    async section(documentId, number) {
      const [row] = await read<Row>(SECTION, [documentId, number]);
      return row ? foundOf(row) : null;
    },
    load: (name) => collectionLoader(url, name),
    async remove(name) {
      const client = new pg.Client({ connectionString: url, application_name: 'wence-stacks' });
      client.on('error', () => {});
      try {
        await client.connect();
        return await dropPartition(client, name);
      } catch (error) {
        throw toStoreFault(error);
      } finally {
        await client.end();
      }
    },
    close: () => pool.end(),
  };
}
