/**
 * Wait before try number `attempt + 1`: doubling from `baseMs` up to `capMs`, half of it left to chance so that many do not come back at once.
 * @param random from 0 (inclusive) to 1 (exclusive).
 * @example backoffMs(3, { baseMs: 1000, capMs: 60_000, random: 0.5 }) // → 3000
 */
export function backoffMs(attempt: number, { baseMs, capMs, random }: { baseMs: number; capMs: number; random: number }): number {
  const full = Math.min(capMs, baseMs * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
