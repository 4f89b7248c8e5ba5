/** What several processes have to know of each other. */
export interface ReplicaTables {
  leases: LeaseRow;
  rate_windows: RateWindowRow;
}

interface LeaseRow {
  name: string;
  holder: string;
  /** By the database's clock. */
  until_ms: number;
}

interface RateWindowRow {
  key: string;
  started_at_ms: number;
  count: number;
}
