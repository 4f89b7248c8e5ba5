/** What was made of questions that were not answered well, and scheduled work that is done. */
export interface InsightTables {
  marks: MarkRow;
  schedule_runs: ScheduleRunRow;
}

interface MarkRow {
  /** Digest of the question: nothing of its words is kept. */
  question: string;
  state: string;
  at_ms: number;
}

interface ScheduleRunRow {
  job: string;
  slot: string;
  at_ms: number;
}
