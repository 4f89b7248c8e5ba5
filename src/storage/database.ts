import type { EngineKind } from './engine.ts';
import type { Db, Tx } from './schema.ts';

/** The way of the stores to the database: faults come back as the house knows them, and closing waits for what was begun. */
export interface Database {
  readonly kind: EngineKind;
  /** For reading. */
  readonly run: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /** One transaction; resolves once it is durable. `work` may be run again when others were in its way. */
  readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}
