import { randomFillSync } from 'node:crypto';

/** Of chance in each id: as much as in a UUID, so that nobody guesses one. */
const RANDOM_BYTES = 12;
/** Ids whose chance is fetched from the system at once. */
const POOL = 256;

/**
 * Makes ids of 24 characters `[A-Za-z0-9_-]`. Those made later sort behind those made earlier, so that a database adds them at one end of its index
 * instead of all over it.
 * @param now epoch milliseconds
 * @example createIds(Date.now)() // → "mabcdefgQ2hhbmNlMTIzNA__"
 */
export function createIds(now: () => number): () => string {
  const pool = Buffer.alloc(RANDOM_BYTES * POOL);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const chance = pool.toString('base64url', used, used + RANDOM_BYTES);
    // An id is never made again from the same bytes.
    used += RANDOM_BYTES;
    return now().toString(36).padStart(8, '0') + chance;
  };
}
