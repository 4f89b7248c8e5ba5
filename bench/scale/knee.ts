/** What came of one rate of messages. */
export interface Step {
  /** Messages a second sent, whatever became of them. */
  readonly offered: number;
  /** Messages a second answered, until the last of them was. */
  readonly answered: number;
  /** From sent to answered, milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Messages without an answer when the last was sent. */
  readonly waiting: number;
  /** Not taken by Wence: refused, or the connection broke. A platform sends such a message again. */
  readonly refused: number;
  /** Taken, but never answered; answered more than once. */
  readonly lost: number;
  readonly repeated: number;
  /** Processor seconds a message: of all processes of Wence together, of PostgreSQL. */
  readonly wenceS: number;
  readonly databaseS: number;
  readonly transactions: number;
  /** Of the largest process. */
  readonly rssMb: number;
}

/** Answers that take longer are no service. */
export const P99_LIMIT_MS = 2_000;

/** Answered in as much time as it was sent, but for the last few: below it, a queue grows. */
const KEPT_UP = 0.9;

/** Whether a rate is kept up: everything answered, once, in time, as fast as it comes. */
export const isSustained = ({ offered, answered, refused, lost, repeated, p99Ms }: Step): boolean =>
  refused + lost + repeated === 0 && p99Ms <= P99_LIMIT_MS && answered >= KEPT_UP * offered;

/** The highest rate that was kept up with all lower ones; null: not even the first. */
export function kneeOf(steps: readonly Step[]): Step | null {
  let knee: Step | null = null;
  for (const step of steps.toSorted((a, b) => a.offered - b.offered)) {
    if (!isSustained(step)) break;
    knee = step;
  }
  return knee;
}

/** Share of its time a processor is busy at most when answers are to be given without a queue. */
export const BUSY = 0.7;

/**
 * Messages a second that so many cores answer, by the processor time each takes: the service demand law (throughput ≤ cores / demand), with room to spare.
 */
export const throughputOf = (cores: number, demandS: number): number => (BUSY * cores) / demandS;
