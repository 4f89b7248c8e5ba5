/** What was made of questions that were not answered well. */
export interface InsightTables {
  marks: MarkRow;
}

interface MarkRow {
  /** Digest of the question: nothing of its words is kept. */
  question: string;
  state: string;
  at_ms: number;
}
