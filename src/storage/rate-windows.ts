import { sql } from 'kysely';
import type { RateCounts } from '../conversations/rate-limit.ts';
import { cleanText } from './clean.ts';
import { prepare } from './prepared.ts';
import type { Db } from './schema.ts';

/** Counts once more under so many keys, in one statement. */
const countKeys = (keys: number) =>
  prepare((db, given: Readonly<Record<string, string | number>> & { readonly nowMs: number; readonly overMs: number }) => {
    const isOver = sql<boolean>`rate_windows.started_at_ms <= ${given.overMs}`;
    return db
      .insertInto('rate_windows')
      .values(Array.from({ length: keys }, (_, at) => ({ key: given[`key${at}`] as string, started_at_ms: given.nowMs, count: 1 })))
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          count: sql<number>`case when ${isOver} then 1 else rate_windows.count + 1 end`,
          started_at_ms: sql<number>`case when ${isOver} then excluded.started_at_ms else rate_windows.started_at_ms end`,
        }),
      )
      .returning(['key', 'count']);
  });

/** @param write runs one statement that need not be on the disk when it is done */
export function rateWindows(write: <T>(work: (db: Db) => Promise<T>) => Promise<T>): RateCounts {
  const byCount = new Map<number, ReturnType<typeof countKeys>>();
  return {
    async count(keys, windowMs, nowMs) {
      const cleaned = keys.map(cleanText);
      // In one order, so that no two wait for each other.
      const distinct = [...new Set(cleaned)].sort();
      const count = byCount.get(distinct.length) ?? countKeys(distinct.length);
      byCount.set(distinct.length, count);
      const given = Object.fromEntries(distinct.map((key, at) => [`key${at}`, key]));
      const { rows } = await write((db) => count(db, { ...given, nowMs, overMs: nowMs - windowMs }));
      const counts = new Map(rows.map((row) => [row.key, row.count]));
      return cleaned.map((key) => counts.get(key)!);
    },
  };
}
