import { NEWS_TOPIC } from '../domain/subscription.ts';
import type { Db } from './schema.ts';

const DAY_MS = 86_400_000;
/** However long a session may last: one unseen for so long has ended. */
const SESSION_KEPT_MS = 30 * DAY_MS;
const FAILURE_KEPT_MS = DAY_MS;
/** For how long the report says what became of a piece of news; that it was told is remembered for good. */
const NEWS_KEPT_MS = 90 * DAY_MS;

/** Statements that each forget up to `limit` of what is good for nothing any more: sessions long unseen, codes past their time, old failures, what became of old news. */
export const forgetExpired = (db: Db, nowMs: number, limit: number) => [
  () =>
    db
      .deleteFrom('sessions')
      .where('digest', 'in', (eb) =>
        eb
          .selectFrom('sessions')
          .select('digest')
          .where('seen_at_ms', '<', nowMs - SESSION_KEPT_MS)
          .limit(limit),
      )
      // Once more, on the row itself: it may have been seen meanwhile.
      .where('seen_at_ms', '<', nowMs - SESSION_KEPT_MS)
      .executeTakeFirstOrThrow(),
  () =>
    db
      .deleteFrom('one_time_codes')
      .where('digest', 'in', (eb) => eb.selectFrom('one_time_codes').select('digest').where('expires_at_ms', '<=', nowMs).limit(limit))
      .executeTakeFirstOrThrow(),
  () =>
    db
      .deleteFrom('failures')
      .where('seq', 'in', (eb) =>
        eb
          .selectFrom('failures')
          .select('seq')
          .where('at_ms', '<', nowMs - FAILURE_KEPT_MS)
          .limit(limit),
      )
      .executeTakeFirstOrThrow(),
  () =>
    db
      .deleteFrom('leases')
      .where('name', 'in', (eb) =>
        eb
          .selectFrom('leases')
          .select('name')
          .where('until_ms', '<', nowMs - DAY_MS)
          .limit(limit),
      )
      .executeTakeFirstOrThrow(),
  () =>
    db
      .deleteFrom('rate_windows')
      .where('key', 'in', (eb) =>
        eb
          .selectFrom('rate_windows')
          .select('key')
          .where('started_at_ms', '<', nowMs - DAY_MS)
          .limit(limit),
      )
      .executeTakeFirstOrThrow(),
  () =>
    db
      .deleteFrom('news_items')
      .where('seq', 'in', (eb) =>
        eb
          .selectFrom('news_items')
          .select('seq')
          .where('due_at_ms', '<', nowMs - NEWS_KEPT_MS)
          .limit(limit),
      )
      .executeTakeFirstOrThrow(),
  () =>
    db
      .deleteFrom('deliveries')
      .where('seq', 'in', (eb) =>
        eb
          .selectFrom('deliveries')
          .select('seq')
          .where('about', '=', NEWS_TOPIC)
          .where('at_ms', '<', nowMs - NEWS_KEPT_MS)
          .limit(limit),
      )
      .executeTakeFirstOrThrow(),
];
