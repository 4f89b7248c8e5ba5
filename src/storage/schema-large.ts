/** What there is of a large library: on PostgreSQL only. The tables of the stacks are read and written by `stacks/`. */
export interface LargeLibraryTables {
  index_snapshots: IndexSnapshotRow;
}

/** What has been done to the tables, and who may use them. */
export interface MigrationTables {
  kysely_migration: { readonly name: string };
  schema_compatibility: CompatibilityRow;
}

/** One row for every version that has migrated the database. */
interface CompatibilityRow {
  /** Its last migration. */
  latest: string;
  /** An older version may go on when it knows this one. */
  oldest: string;
}

interface IndexSnapshotRow {
  /** Part of the library, and the program that indexed it. */
  name: string;
  /** From 0; all chunks of a name make one snapshot. */
  chunk: number;
  packed: Buffer;
  at_ms: number;
}
