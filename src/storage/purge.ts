import { sql } from 'kysely';
import type { ChannelName } from '../domain/message.ts';
import { forgetExpired } from './expired.ts';
import { advanceLane, holdLane } from './lanes.ts';
import type { Db } from './schema.ts';

/** Rows forgotten in one transaction: few enough that nobody waits noticeably for it. */
const BATCH = 500;

/** Its readers come for their replies, and may never come again. */
const COLLECTED: ChannelName = 'web';

/**
 * Forgets what ended and was stored before `beforeMs`, replies nobody came for by then, lanes nothing stands in, and what by `nowMs` has expired of the
 * console. Many small transactions: interrupted, it has forgotten a part, and the next run forgets the rest. Dead letters, turns and feedback are kept,
 * and so are the library's revisions and the audit log.
 */
export async function purge(db: Db, beforeMs: number, nowMs: number): Promise<void> {
  await forgetUncollected(db, beforeMs);
  const steps: readonly (() => Promise<{ readonly numDeletedRows: bigint }>)[] = [
    () =>
      db
        .deleteFrom('jobs')
        .where('seq', 'in', (eb) =>
          eb.selectFrom('jobs').select('seq').where('state', 'in', ['done', 'expired']).where('received_at_ms', '<', beforeMs).limit(BATCH),
        )
        .executeTakeFirstOrThrow(),
    () =>
      db
        .deleteFrom('outbox')
        .where('seq', 'in', (eb) =>
          eb.selectFrom('outbox').select('seq').where('state', 'in', ['sent', 'unknown']).where('queued_at_ms', '<', beforeMs).limit(BATCH),
        )
        .executeTakeFirstOrThrow(),
    () =>
      db
        .deleteFrom('dedupe_keys')
        .where('key', 'in', (eb) => eb.selectFrom('dedupe_keys').select('key').where('at_ms', '<', beforeMs).limit(BATCH))
        .executeTakeFirstOrThrow(),
    () =>
      db
        .deleteFrom('lanes')
        .where('lane', 'in', (eb) => eb.selectFrom('lanes').select('lane').where('ready_at_ms', 'is', null).limit(BATCH))
        // Once more, on the row itself: a message may have come meanwhile.
        .where('ready_at_ms', 'is', null)
        .executeTakeFirstOrThrow(),
    ...forgetExpired(db, nowMs, BATCH),
  ];
  for (const step of steps) {
    while ((await step()).numDeletedRows === BigInt(BATCH)) await pause();
  }
}

/** Lets others have the process and, in SQLite, the connection. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function forgetUncollected(db: Db, beforeMs: number): Promise<void> {
  const old = await db
    .selectFrom('outbox')
    .select('lane')
    .distinct()
    .where('state', '=', sql.lit('open'))
    .where('queued_at_ms', '<', beforeMs)
    .where('channel', '=', COLLECTED)
    .execute();
  for (const { lane } of old) {
    await db.transaction().execute(async (tx) => {
      // Something may be put there, or collected, at this moment: then one waits for the other.
      await holdLane(tx, lane);
      await tx
        .deleteFrom('outbox')
        .where('lane', '=', lane)
        .where('state', '=', sql.lit('open'))
        .where('queued_at_ms', '<', beforeMs)
        .execute();
      await advanceLane(tx, lane, 'outbox');
    });
    await pause();
  }
}
