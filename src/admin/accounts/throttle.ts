import { ipKeyGenerator } from 'express-rate-limit';
import { AppError } from '../../domain/errors.ts';
import type { AdminStore } from '../store.ts';

/** How long a failure counts. */
export const FAILURE_WINDOW_MS = 15 * 60_000;
const MOST_FOR_NAME = 5;
const MOST_FROM_ADDRESS = 20;

/** Refused because of too many failures; the reply says when to come again. */
export class TooManyFailures extends AppError {
  readonly retryAfterS = FAILURE_WINDOW_MS / 1000;

  constructor() {
    super('RATE_LIMITED', '尝试次数过多，请 15 分钟后再试。', { hint: '忘记密码时，请联系管理员重置。' });
  }
}

/** An IPv6 customer has a whole network of addresses: it counts as one. */
export const addressKey = (address: string): string => `from:${ipKeyGenerator(address)}`;
export const nameKey = (name: string): string => `name:${name}`;

/** @throws {AppError} `RATE_LIMITED` when an address had its failures */
export async function requireFewFailuresFrom(store: AdminStore, address: string, nowMs: number): Promise<void> {
  if ((await store.failures(addressKey(address), nowMs - FAILURE_WINDOW_MS)) >= MOST_FROM_ADDRESS) throw new TooManyFailures();
}

/**
 * Takes one of the guesses at a name. It is counted before the guess is looked at, so that many at once are not more guesses; who was right
 * gets them back with `forgetGuesses`.
 * @throws {AppError} `RATE_LIMITED` when there is none left
 */
export async function takeGuess(store: AdminStore, key: string, nowMs: number): Promise<void> {
  const sinceMs = nowMs - FAILURE_WINDOW_MS;
  // Looked at first: knocking on a closed door does not keep it closed.
  if ((await store.failures(key, sinceMs)) >= MOST_FOR_NAME) throw new TooManyFailures();
  if ((await store.countFailure(key, nowMs, sinceMs)) > MOST_FOR_NAME) throw new TooManyFailures();
}

export const forgetGuesses = (store: AdminStore, key: string): Promise<void> => store.forgetFailures(key);

export async function countFailureFrom(store: AdminStore, address: string, nowMs: number): Promise<void> {
  await store.countFailure(addressKey(address), nowMs, nowMs - FAILURE_WINDOW_MS);
}
