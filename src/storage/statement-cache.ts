import type Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Statements kept; the code has far fewer, but lists of varying length each make their own. */
const MAX_STATEMENTS = 500;

/**
 * Stands between Kysely, which prepares anew for each query, and the database, where preparing costs more than most queries and its
 * leftovers grow the process. The statements used longest ago make room.
 */
export class StatementCache implements SqliteDatabase {
  readonly #database: Database.Database;
  readonly #max: number;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: Database.Database, max: number = MAX_STATEMENTS) {
    this.#database = database;
    this.#max = max;
  }

  get size(): number {
    return this.#statements.size;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    const statement = known ?? this.#database.prepare(sql);
    // The order of use matters to a full cache only.
    if (known && this.#statements.size < this.#max) return known;
    // A map keeps the order of insertion: deleting first makes this statement the youngest.
    if (known) this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > this.#max) this.#statements.delete(this.#statements.keys().next().value!);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}
