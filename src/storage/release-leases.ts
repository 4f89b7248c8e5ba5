import { sql } from 'kysely';
import type { EngineKind } from './engine.ts';
import { clock } from './leases.ts';
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

const MARK = '~';

/** A fencing token that names the process it is given to. */
export const tokenOf = (holder: string | null, id: string): string => (holder === null ? id : `${holder}${MARK}${id}`);

/**
 * Takes off the leases on lanes of processes that have named themselves in their tokens and no longer say that they live, so that others go on with what
 * those had in hand; the try counts. Only for who has lived without a break for as long as others may keep silent.
 * @returns how many there were
 */
export async function releaseLeasesOfGone(db: Db, kind: EngineKind, presence: string, nowMs: number): Promise<number> {
  const end = kind === 'postgres' ? sql<number>`strpos(token, ${MARK})` : sql<number>`instr(token, ${MARK})`;
  const { numUpdatedRows } = await db
    .updateTable('lanes')
    .set({ token: null, ready_at_ms: nowMs })
    .where('token', 'is not', null)
    .where(end, '>', 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('leases')
            .select('holder')
            .where('name', '=', sql<string>`${presence} || substr(lanes.token, 1, ${end} - 1)`)
            .where('until_ms', '>=', clock(kind)),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
