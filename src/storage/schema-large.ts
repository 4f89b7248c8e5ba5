/** What there is of a large library: on PostgreSQL only. The tables of the stacks are read and written by `stacks/`. */
export interface LargeLibraryTables {
  index_snapshots: IndexSnapshotRow;
}

interface IndexSnapshotRow {
  /** Part of the library, and the program that indexed it. */
  name: string;
  /** From 0; all chunks of a name make one snapshot. */
  chunk: number;
  packed: Buffer;
  at_ms: number;
}
