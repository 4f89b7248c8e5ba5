/** What came of asking a question set. Shares are from 0 to 1; null when no question tells. */
export interface EvaluationSummary {
  readonly asked: number;
  readonly answered: number;
  readonly clarified: number;
  readonly refused: number;
  /** Of the questions that say what is right. */
  readonly firstRight: number | null;
  readonly amongThree: number | null;
  readonly evidence: number | null;
  /** Of those out of scope: not answered outright. */
  readonly heldBack: number | null;
}
