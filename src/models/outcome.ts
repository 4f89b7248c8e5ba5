/**
 * Why a model gave nothing. `refused`: a 4xx, most often a wrong key or model name; `unfit`: it will not take this text; `failed`: a 5xx or no
 * connection; `unreadable`: an answer too large or not of the form asked for; `circuit-open`: it failed several times, and is left alone for a while;
 * `stopped`: we are shutting down.
 */
export type UnavailableReason =
  | 'timed-out'
  | 'circuit-open'
  | 'over-budget'
  | 'rate-limited'
  | 'refused'
  | 'unfit'
  | 'failed'
  | 'unreadable'
  | 'stopped';

/** What became of a call: models fail as a matter of course, so failing is a value and never an exception. */
export type Outcome<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

/** What a model is called for. */
export type ModelUse = 'rewrite' | 'wording' | 'suggest' | 'embedding';

export const unavailable = (reason: UnavailableReason): Outcome<never> => ({ kind: 'unavailable', reason });

/** Thrown inside a call, where its result is being read. Says nothing of what came: it may hold anything. */
export class UnreadableAnswer extends Error {
  constructor(expected: string) {
    super(`Expected ${expected}.`);
    this.name = 'UnreadableAnswer';
  }
}
