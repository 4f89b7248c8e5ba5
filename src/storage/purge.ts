import { forgetExpired } from './expired.ts';
import type { Db } from './schema.ts';

/** Rows forgotten in one transaction: few enough that nobody waits noticeably for it. */
const BATCH = 500;

/**
 * Forgets what ended and was stored before `beforeMs`, lanes nothing stands in, and what by `nowMs` has expired of the console. Many small
 * transactions: interrupted, it has forgotten a part, and the next run forgets the rest. Dead letters, turns and feedback are kept, and so are the
 * library's revisions and the audit log.
 */
export async function purge(db: Db, beforeMs: number, nowMs: number): Promise<void> {
  const steps: readonly (() => Promise<{ readonly numDeletedRows: bigint } | { readonly numUpdatedRows: bigint }>)[] = [
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
    // What waited on a page nobody has opened again.
    () =>
      db
        .updateTable('outbox')
        .set({ state: 'sent', ended_at_ms: nowMs })
        .where('seq', 'in', (eb) =>
          eb
            .selectFrom('outbox')
            .select('seq')
            .where('state', '=', 'open')
            .where('channel', '=', 'web')
            .where('queued_at_ms', '<', beforeMs)
            .limit(BATCH),
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
    while (countOf(await step()) === BigInt(BATCH)) await pause();
  }
}

const countOf = (result: { readonly numDeletedRows: bigint } | { readonly numUpdatedRows: bigint }): bigint =>
  'numDeletedRows' in result ? result.numDeletedRows : result.numUpdatedRows;

/** Lets others have the process and, in SQLite, the connection. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
