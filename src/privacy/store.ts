/** How long what people said is kept, in days. */
export interface Retention {
  /** Words of questions and answers; what is counted stays. */
  readonly questionDays: number;
  /** Words of tickets and where their answers went, from their end. */
  readonly ticketDays: number;
}

export const DEFAULT_RETENTION: Retention = { questionDays: 180, ticketDays: 365 };

/** Erases. Declared here, implemented in storage. */
export interface PrivacyStore {
  /**
   * Takes the words out of turns before a time, and out of tickets that ended before one, with whose they were; what is counted stays. Votes and
   * wishes about such turns go. In small steps: interrupted, a part is done.
   * @returns how many turns and tickets were changed
   */
  eraseBefore(before: { readonly turnsMs: number; readonly ticketsMs: number }, nowMs: number): Promise<number>;
  /** The same for all of one person, and their votes and wishes; a question that waits for staff is withdrawn. @returns how many entries there were */
  erasePerson(asker: string, nowMs: number): Promise<number>;
}
