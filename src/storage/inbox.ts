import { sql } from 'kysely';
import type { Claim, MessageEnd } from '../delivery/store.ts';
import type { Incoming, Received } from '../domain/message.ts';
import { cleanText, fromJson, toJson, wholeMs } from './clean.ts';
import type { EngineKind } from './engine.ts';
import { advanceLane, enterLane, inboxLane, leaseLane, postponeLane, releaseLane } from './lanes.ts';
import type { Db, Tx } from './schema.ts';

/** Rolls the transaction back: the message is known. */
export class Duplicate extends Error {}

/**
 * Stores a message behind the others of its lane. The dedupe keys come first and are the gate: of two processes storing the same message one waits
 * for the other there.
 * @throws {Duplicate} when one of the keys is known; the transaction must be rolled back
 */
export async function putMessage(tx: Tx, { message, dedupeKeys }: Received, nowMs: number): Promise<void> {
  // Sorted, so that two messages with the same keys in another order do not wait for each other.
  const keys = [...new Set(dedupeKeys.map(cleanText))].sort();
  if (keys.length > 0) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('dedupe_keys')
      .values(keys.map((key) => ({ key, at_ms: nowMs })))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== BigInt(keys.length)) throw new Duplicate();
  }
  await appendMessage(tx, inboxLane(message.lane), toJson(message), nowMs);
}

/** Puts a message, as JSON, at the end of its lane. */
export async function appendMessage(tx: Tx, lane: string, message: string, nowMs: number): Promise<void> {
  await enterLane(tx, 'inbox', lane, nowMs);
  await tx
    .insertInto('jobs')
    .values({ lane, message, received_at_ms: nowMs, state: 'open', attempts: 0, error: null, ended_at_ms: null })
    .execute();
}

/** Leases the lane that waits longest and reads its head. Only the lease is written: nobody can end the head meanwhile without it. */
export async function claimMessage(
  db: Db,
  kind: EngineKind,
  nowMs: number,
  leaseMs: number,
  newToken: () => string,
): Promise<Claim | null> {
  for (;;) {
    const token = newToken();
    const leased = await leaseLane(db, kind, { queues: ['inbox'], nowMs, untilMs: wholeMs(nowMs + leaseMs), token });
    if (!leased) return null;
    const head = await db
      .selectFrom('jobs')
      .select(['seq', 'message', 'received_at_ms'])
      .where('lane', '=', leased.lane)
      .where('state', '=', sql.lit('open'))
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    // No head: this process was held up for longer than the lease, and others have emptied the lane.
    if (!head) continue;
    return {
      jobId: String(head.seq),
      token,
      message: fromJson(head.message) as Incoming,
      attempt: leased.attempts,
      receivedAtMs: head.received_at_ms,
    };
  }
}

/** Ends the message in hand and lets the next of its lane come forward. */
export async function endMessage(
  tx: Tx,
  claim: Claim,
  end: MessageEnd | { readonly status: 'done' },
  nowMs: number,
): Promise<{ readonly isHeld: boolean; readonly hasNext: boolean }> {
  const lane = await releaseLane(tx, sql.val(inboxLane(claim.message.lane)), claim.token);
  if (lane === null) return { isHeld: false, hasNext: false };
  await tx
    .updateTable('jobs')
    .set({
      state: end.status,
      attempts: claim.attempt,
      ended_at_ms: nowMs,
      ...(end.status === 'dead' && { error: cleanText(end.error) }),
    })
    .where('seq', '=', Number(claim.jobId))
    .execute();
  return { isHeld: true, hasNext: await advanceLane(tx, lane, 'jobs') };
}

/** Gives the message in hand back, to be taken again not before `atMs`. */
export async function retryMessage(tx: Tx, claim: Claim, atMs: number, error: string): Promise<boolean> {
  const lane = await postponeLane(tx, sql.val(inboxLane(claim.message.lane)), claim.token, { atMs: wholeMs(atMs), countsAttempt: true });
  if (lane === null) return false;
  await tx
    .updateTable('jobs')
    .set({ attempts: claim.attempt, error: cleanText(error) })
    .where('seq', '=', Number(claim.jobId))
    .execute();
  return true;
}
