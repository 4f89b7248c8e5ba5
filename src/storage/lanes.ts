import { type Expression, sql } from 'kysely';
import type { ChannelName, OutgoingReply } from '../domain/message.ts';
import type { EngineKind } from './engine.ts';
import { cleanText } from './clean.ts';
import type { Db, Tx } from './schema.ts';

/** Where a lane's workers look for it. */
export type QueueName = 'inbox' | `outbox:${ChannelName}`;

/** The lane of a message. Both directions share one table, so the direction is part of the name. */
export const inboxLane = (lane: string): string => cleanText(`inbox/${lane}`);

/** The lane of a reply: one chat or thread. */
export const outboxLane = ({ channel, address }: OutgoingReply): string =>
  cleanText(`outbox/${channel}:${address.chatId}:${address.threadId ?? ''}`);

/**
 * Has workers look at the lane from `atMs` on, if it was empty. Holds the lane's row until the transaction ends: of two writers to one lane the second
 * numbers its rows after the first has committed, so the order of numbers is the order in which rows appear.
 */
export async function enterLane(tx: Tx, queue: QueueName, lane: string, atMs: number): Promise<void> {
  await tx
    .insertInto('lanes')
    .values({ lane, queue, ready_at_ms: atMs, token: null, attempts: 0 })
    .onConflict((conflict) =>
      conflict.column('lane').doUpdateSet({ ready_at_ms: sql<number>`coalesce(lanes.ready_at_ms, excluded.ready_at_ms)` }),
    )
    .execute();
}

/** Leases the lane that has been ready for longest. In PostgreSQL lanes that another process is writing to at this moment are passed over, not waited for. */
export async function leaseLane(
  db: Db,
  kind: EngineKind,
  {
    queues,
    nowMs,
    untilMs,
    token,
  }: { readonly queues: readonly QueueName[]; readonly nowMs: number; readonly untilMs: number; readonly token: string },
): Promise<{ readonly lane: string; readonly attempts: number } | null> {
  const leased = await db
    .updateTable('lanes')
    .set((eb) => ({ token, ready_at_ms: untilMs, attempts: eb('attempts', '+', 1) }))
    .where('lane', '=', (eb) => {
      const next = eb
        .selectFrom('lanes')
        .select('lane')
        .where('queue', 'in', queues)
        .where('ready_at_ms', '<=', nowMs)
        .orderBy('ready_at_ms')
        .limit(1);
      return kind === 'postgres' ? next.forUpdate().skipLocked() : next;
    })
    .returning(['lane', 'attempts'])
    .executeTakeFirst();
  return leased ?? null;
}

/** Takes the lease off the lane, which stays locked until the transaction ends; follow with `advanceLane`. Null: the lease was lost. */
export async function releaseLane(tx: Tx, lane: Expression<string | null>, token: string): Promise<string | null> {
  const released = await tx
    .updateTable('lanes')
    .set({ token: null })
    .where('lane', '=', lane)
    .where('token', '=', token)
    .returning('lane')
    .executeTakeFirst();
  return released?.lane ?? null;
}

/**
 * After the head of a released lane has ended: the next one becomes the head, taken for the first time. A statement of its own, because only a
 * statement that starts with the lock in hand sees what the last writer to the lane has put there.
 * @returns whether there is a next one
 */
export async function advanceLane(tx: Tx, lane: string, table: 'jobs' | 'outbox'): Promise<boolean> {
  const next =
    table === 'jobs'
      ? tx.selectFrom('jobs').select('received_at_ms').where('lane', '=', lane).where('state', '=', sql.lit('open')).orderBy('seq').limit(1)
      : tx
          .selectFrom('outbox')
          .select('queued_at_ms')
          .where('lane', '=', lane)
          .where('state', '=', sql.lit('open'))
          .orderBy('seq')
          .limit(1);
  const { ready_at_ms } = await tx
    .updateTable('lanes')
    .set({ ready_at_ms: next, attempts: 0 })
    .where('lane', '=', lane)
    .returning('ready_at_ms')
    .executeTakeFirstOrThrow();
  return ready_at_ms !== null;
}

/** Takes the lease off the lane and leaves its head to be taken again, not before `atMs`. Null: the lease was lost. */
export async function postponeLane(
  db: Db,
  lane: Expression<string | null>,
  token: string,
  { atMs, countsAttempt }: { readonly atMs: number; readonly countsAttempt: boolean },
): Promise<string | null> {
  const postponed = await db
    .updateTable('lanes')
    .set((eb) => ({ token: null, ready_at_ms: atMs, attempts: eb('attempts', '-', countsAttempt ? 0 : 1) }))
    .where('lane', '=', lane)
    .where('token', '=', token)
    .returning('lane')
    .executeTakeFirst();
  return postponed?.lane ?? null;
}
