import type { Db } from './schema.ts';

/**
 * Takes every lease off and makes what was in hand due at once; the try counts. Only for a database nobody else works on: leases of a process
 * that is gone would otherwise have to run out first.
 * @returns how many there were
 */
export async function releaseLeases(db: Db, nowMs: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('lanes')
    .set({ token: null, ready_at_ms: nowMs })
    .where('token', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
