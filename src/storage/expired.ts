import type { Db } from './schema.ts';

const DAY_MS = 86_400_000;
/** However long a session may last: one unseen for so long has ended. */
const SESSION_KEPT_MS = 30 * DAY_MS;
const FAILURE_KEPT_MS = DAY_MS;

/** Statements that each forget up to `limit` of what is good for nothing any more: sessions long unseen, codes past their time, old failures. */
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
];
