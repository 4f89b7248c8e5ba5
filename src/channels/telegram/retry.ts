import { setTimeout } from 'node:timers/promises';

/** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const wait: Wait = (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined);

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before trying again, doubling from half a second to half a minute.
 * @example backoffMs(0) // → 500
 */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 16));
}
