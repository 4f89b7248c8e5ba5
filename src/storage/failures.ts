import { sql } from 'kysely';
import type { AdminStore } from '../admin/store.ts';
import { cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { Db } from './schema.ts';

async function failuresSince(db: Db, key: string, sinceMs: number): Promise<number> {
  const { count } = await db
    .selectFrom('failures')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('key', '=', key)
    .where('at_ms', '>=', sinceMs)
    .executeTakeFirstOrThrow();
  return count;
}

export const failures = ({ kind, run, transact }: Database): Pick<AdminStore, 'countFailure' | 'failures' | 'forgetFailures'> => ({
  countFailure: (key, nowMs, sinceMs) =>
    transact(async (tx) => {
      const cleanKey = cleanText(key);
      // One at a time per key, so that each count is returned once. SQLite has one writer at a time anyway.
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${cleanKey}, 0))`.execute(tx);
      await tx.insertInto('failures').values({ key: cleanKey, at_ms: nowMs }).execute();
      return failuresSince(tx, cleanKey, sinceMs);
    }),
  failures: (key, sinceMs) => run((db) => failuresSince(db, cleanText(key), sinceMs)),
  forgetFailures: (key) =>
    transact(async (tx) => {
      await tx.deleteFrom('failures').where('key', '=', cleanText(key)).execute();
    }),
});
