import { sql } from 'kysely';
import type { RateCounts } from '../conversations/rate-limit.ts';
import { cleanText } from './clean.ts';
import type { Database } from './database.ts';

export const rateWindows = ({ transact }: Database): RateCounts => ({
  count: (keys, windowMs, nowMs) =>
    transact(async (tx) => {
      const counts = new Map<string, number>();
      // In one order, so that no two wait for each other.
      for (const key of [...new Set(keys)].sort()) {
        const isOver = sql<boolean>`rate_windows.started_at_ms <= ${nowMs - windowMs}`;
        const { count } = await tx
          .insertInto('rate_windows')
          .values({ key: cleanText(key), started_at_ms: nowMs, count: 1 })
          .onConflict((conflict) =>
            conflict.column('key').doUpdateSet({
              count: sql<number>`case when ${isOver} then 1 else rate_windows.count + 1 end`,
              started_at_ms: sql<number>`case when ${isOver} then excluded.started_at_ms else rate_windows.started_at_ms end`,
            }),
          )
          .returning('count')
          .executeTakeFirstOrThrow();
        counts.set(key, count);
      }
      return keys.map((key) => counts.get(key)!);
    }),
});
