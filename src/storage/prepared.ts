import { type Compilable, type CompiledQuery, type Expression, sql } from 'kysely';
import type { Db } from './schema.ts';

/** Stands in a query for a value that is given each time it is run. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What may be given: what both databases take as it is. */
type Values = Readonly<Record<string, string | number | null>>;

/** Runs a prepared query, in the given transaction or outside of one. */
export type Prepared<Given extends Values, Row> = (db: Db, given: Given) => Promise<Outcome<Row>>;

export interface Outcome<Row> {
  /** Of a query that returns some. Having SQLite return rows it changes costs twice as much as changing them: ask for `changed` where that is enough. */
  readonly rows: readonly Row[];
  /** How many rows were inserted, updated or deleted, unless they are returned. */
  readonly changed: number;
}

/**
 * A query that is built and compiled once for each database, and run with other values each time: Kysely takes longer to build a query than SQLite
 * to answer it. `given` holds a stand-in under every name, so the query may pass it on, but must not look at it.
 * @example
 *   const laneOf = prepare((db, given: { id: string }) => db.selectFrom('outbox').select('lane').where('id', '=', given.id));
 *   (await laneOf(tx, { id: 'r1' })).rows // → [{ lane: 'outbox/telegram:7:' }]
 */
export function prepare<Given extends Values, Row>(build: (db: Db, given: Given) => Compilable<Row>): Prepared<Given, Row> {
  // A database and its transactions share one adapter.
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, given) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      query = build(db, slots as Given).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof Slot ? given[value.name] : value));
    const { rows, numAffectedRows } = await db.executeQuery<Row>({ ...query, parameters });
    return { rows, changed: Number(numAffectedRows ?? 0) };
  };
}

const slots: unknown = new Proxy({}, { get: (_, name) => new Slot(String(name)) });

/**
 * A given value in a condition of a query with an order, a limit or a partial index. There SQLite takes a bare placeholder into account when it
 * plans, and so plans anew, at ten times the cost of the query, each time one is filled in.
 */
export const asText = (value: string): Expression<string> => sql<string>`cast(${value} as text)`;

/** Like `asText`, of a whole number. */
export const asInteger = (value: number): Expression<number> => sql<number>`cast(${value} as bigint)`;
