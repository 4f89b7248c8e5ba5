/** Why an answer did not help: 不对, 过时, 没答到, 看不懂. Order is the order shown. */
export const FEEDBACK_REASONS = { wrong: '不对', outdated: '过时', 'off-topic': '没答到', unclear: '看不懂' } as const;
export type FeedbackReason = keyof typeof FEEDBACK_REASONS;

/** The vote of a person on an answer. A later one takes the place of an earlier one; saying why keeps the vote. */
export interface Feedback {
  readonly turnId: string;
  /** Pseudonym of the voter. */
  readonly asker: string;
  readonly vote: 'up' | 'down';
  /** Null: not said. */
  readonly reason: FeedbackReason | null;
}
