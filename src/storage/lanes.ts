import { type Expression, sql } from 'kysely';
import type { QueueName } from '../delivery/store.ts';
import type { Address, ChannelName } from '../domain/message.ts';
import { cleanText } from './clean.ts';
import type { EngineKind } from './engine.ts';
import { asInteger, asText, prepare } from './prepared.ts';
import type { Db, Tx } from './schema.ts';

/** The lane of a message. Both directions share one table, so the direction is part of the name. */
export const inboxLane = (lane: string): string => cleanText(`inbox/${lane}`);

/** The lane of a reply: one chat or thread. */
export const outboxLane = ({
  channel,
  address,
}: {
  readonly channel: ChannelName;
  readonly address: Pick<Address, 'chatId' | 'threadId'>;
}): string => cleanText(`outbox/${channel}:${address.chatId}:${address.threadId ?? ''}`);

/** A time, or the end of the lane's quiet, whichever is later. */
const notBefore = (atMs: Expression<number>) =>
  sql<number>`case when ${atMs} < lanes.quiet_until_ms then lanes.quiet_until_ms else ${atMs} end`;

const enter = prepare((db, given: { readonly lane: string; readonly queue: string; readonly atMs: number }) =>
  db
    .insertInto('lanes')
    .values({ lane: given.lane, queue: given.queue, ready_at_ms: given.atMs, token: null, attempts: 0 })
    .onConflict((conflict) =>
      conflict.column('lane').doUpdateSet({
        ready_at_ms: sql<number>`coalesce(lanes.ready_at_ms, ${notBefore(sql.ref('excluded.ready_at_ms'))})`,
      }),
    ),
);

/**
 * Has workers look at the lane from `atMs` on, if it was empty. Holds the lane's row until the transaction ends: of two writers to one lane the second
 * numbers its rows after the first has committed, so the order of numbers is the order in which rows appear.
 */
export async function enterLane(tx: Tx, queue: QueueName, lane: string, atMs: number): Promise<void> {
  await enter(tx, { lane, queue, atMs });
}

/** Which lanes are wanted, how many at most, and what the lease on them says. */
export interface Lease {
  readonly queue: QueueName;
  readonly limit: number;
  readonly nowMs: number;
  readonly untilMs: number;
  /** Of all the lanes leased at once: a lane is known by its name and the token. */
  readonly token: string;
}

const leaseOldest = (kind: EngineKind) =>
  prepare((db, given: { readonly [Name in keyof Lease]: Lease[Name] }) =>
    db
      // Apart: looked for within the update, PostgreSQL might look again for each row and lock more than were asked for.
      .with('oldest', (on) => {
        const oldest = on
          .selectFrom('lanes')
          .select('lane')
          .where('queue', '=', asText(given.queue))
          .where('ready_at_ms', '<=', asInteger(given.nowMs))
          .orderBy('ready_at_ms')
          .limit(asInteger(given.limit));
        return kind === 'postgres' ? oldest.forUpdate().skipLocked() : oldest;
      })
      .updateTable('lanes')
      .set((eb) => ({ token: given.token, ready_at_ms: given.untilMs, attempts: eb('attempts', '+', 1) }))
      .where('lane', 'in', (eb) => eb.selectFrom('oldest').select('oldest.lane')),
  );

const leaseOldestOf = { sqlite: leaseOldest('sqlite'), postgres: leaseOldest('postgres') };

/**
 * Leases the lanes that have been ready for longest. In PostgreSQL lanes that another process is writing to at this moment are passed over, not waited
 * for.
 * @returns how many were leased
 */
export async function leaseLanes(db: Db, kind: EngineKind, lease: Lease): Promise<number> {
  return (await leaseOldestOf[kind](db, { ...lease })).changed;
}

const release = prepare((db, given: { readonly lane: string; readonly token: string; readonly quietUntilMs: number }) =>
  db
    .updateTable('lanes')
    .set({ token: null, quiet_until_ms: given.quietUntilMs })
    .where('lane', '=', given.lane)
    .where('token', '=', given.token),
);

/**
 * Takes the lease off the lane, which stays locked until the transaction ends; follow with `advanceLane`. False: the lease was lost.
 * @param quietUntilMs the next head is not ready before, whoever takes it
 */
export async function releaseLane(tx: Tx, lane: string, token: string, quietUntilMs = 0): Promise<boolean> {
  return (await release(tx, { lane, token, quietUntilMs })).changed > 0;
}

const advance = {
  jobs: prepare((db, given: { readonly lane: string }) =>
    db
      .updateTable('lanes')
      .set({
        ready_at_ms: db
          .selectFrom('jobs')
          .select('received_at_ms')
          .where('lane', '=', asText(given.lane))
          .where('state', '=', sql.lit('open'))
          .orderBy('seq')
          .limit(sql.lit(1)),
        attempts: 0,
      })
      .where('lane', '=', given.lane)
      .returning('ready_at_ms'),
  ),
  outbox: prepare((db, given: { readonly lane: string }) =>
    db
      .updateTable('lanes')
      .set({
        ready_at_ms: db
          .selectFrom('outbox')
          .select((eb) => notBefore(eb.ref('outbox.queued_at_ms')).as('at_ms'))
          .where('lane', '=', asText(given.lane))
          .where('state', '=', sql.lit('open'))
          .orderBy('seq')
          .limit(sql.lit(1)),
        attempts: 0,
      })
      .where('lane', '=', given.lane)
      .returning('ready_at_ms'),
  ),
};

/**
 * After the head of a released lane has ended: the next one becomes the head, taken for the first time. A statement of its own, because only a
 * statement that starts with the lock in hand sees what the last writer to the lane has put there.
 * @returns whether there is a next one
 */
export async function advanceLane(tx: Tx, lane: string, table: 'jobs' | 'outbox'): Promise<boolean> {
  const { rows } = await advance[table](tx, { lane });
  return rows.some(({ ready_at_ms }) => ready_at_ms !== null);
}

/** What came of ending the head of a lane. */
export type Ending = 'lease-lost' | 'next-waits' | 'lane-empty';

const postpone = prepare(
  (db, given: { readonly lane: string; readonly token: string; readonly atMs: number; readonly uncounted: number }) =>
    db
      .updateTable('lanes')
      .set((eb) => ({ token: null, ready_at_ms: given.atMs, attempts: eb('attempts', '-', given.uncounted) }))
      .where('lane', '=', given.lane)
      .where('token', '=', given.token),
);

/** Takes the lease off the lane and leaves its head to be taken again, not before `atMs`. False: the lease was lost. */
export async function postponeLane(
  db: Db,
  lane: string,
  token: string,
  { atMs, countsAttempt }: { readonly atMs: number; readonly countsAttempt: boolean },
): Promise<boolean> {
  return (await postpone(db, { lane, token, atMs, uncounted: countsAttempt ? 0 : 1 })).changed > 0;
}

const hold = prepare((db, given: { readonly lane: string }) =>
  db.updateTable('lanes').set({ token: null }).where('lane', '=', given.lane).where('ready_at_ms', 'is not', null),
);

/**
 * For who takes out what stands in a lane, whoever has a lease on it. The lane stays locked until the transaction ends; follow with `advanceLane` when
 * something was taken.
 * @returns false: there is nothing in it
 */
export async function holdLane(tx: Tx, lane: string): Promise<boolean> {
  return (await hold(tx, { lane })).changed > 0;
}
