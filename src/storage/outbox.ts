import { type Expression, sql } from 'kysely';
import type { ReplyClaim, ReplyEnd } from '../delivery/store.ts';
import type { Address, ChannelName, OutgoingReply, ReplyForm, ReplyMessage } from '../domain/message.ts';
import { cleanText, fromJson, toJson, wholeMs } from './clean.ts';
import type { EngineKind } from './engine.ts';
import { advanceLane, enterLane, leaseLane, outboxLane, postponeLane, releaseLane } from './lanes.ts';
import type { Db, Tx } from './schema.ts';

/** Puts replies at the end of their lanes, in the order given. */
export async function queueReplies(tx: Tx, replies: readonly OutgoingReply[], nowMs: number): Promise<void> {
  const lanes = Map.groupBy(replies, outboxLane);
  // Sorted, so that two transactions with several lanes do not wait for each other.
  for (const lane of [...lanes.keys()].sort()) {
    const inLane = lanes.get(lane)!;
    await enterLane(tx, `outbox:${inLane[0]!.channel}`, lane, nowMs);
    await tx
      .insertInto('outbox')
      .values(
        inLane.map(({ id, channel, address, message, form }) => ({
          id,
          lane,
          channel,
          address: toJson(address),
          message: toJson(message),
          form,
          queued_at_ms: nowMs,
          state: 'open' as const,
          attempts: 0,
          code: null,
          platform_message_id: null,
          ended_at_ms: null,
        })),
      )
      .execute();
  }
}

/** Leases the lane of these channels that waits longest and reads its head. */
export async function claimReply(
  db: Db,
  kind: EngineKind,
  channels: readonly ChannelName[],
  nowMs: number,
  leaseMs: number,
  newToken: () => string,
): Promise<ReplyClaim | null> {
  if (channels.length === 0) return null;
  for (;;) {
    const token = newToken();
    const queues = channels.map((channel) => `outbox:${channel}` as const);
    const leased = await leaseLane(db, kind, { queues, nowMs, untilMs: wholeMs(nowMs + leaseMs), token });
    if (!leased) return null;
    const head = await db
      .selectFrom('outbox')
      .select(['id', 'channel', 'address', 'message', 'form', 'queued_at_ms'])
      .where('lane', '=', leased.lane)
      .where('state', '=', sql.lit('open'))
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    // No head: this process was held up for longer than the lease, and others have emptied the lane.
    if (!head) continue;
    return {
      reply: {
        id: head.id,
        channel: head.channel as ChannelName,
        address: fromJson(head.address) as Address,
        message: fromJson(head.message) as ReplyMessage,
        form: head.form as ReplyForm,
      },
      token,
      attempt: leased.attempts,
      queuedAtMs: head.queued_at_ms,
    };
  }
}

/** The lane a reply was queued in. Its address may have changed since. */
const laneOf = (db: Db, { reply }: ReplyClaim): Expression<string | null> =>
  sql`(${db.selectFrom('outbox').select('lane').where('id', '=', reply.id)})`;

/** Ends the reply in hand and lets the next of its lane come forward. */
export async function settleReply(
  tx: Tx,
  claim: ReplyClaim,
  end: ReplyEnd,
  nowMs: number,
): Promise<{ readonly isHeld: boolean; readonly hasNext: boolean }> {
  const lane = await releaseLane(tx, laneOf(tx, claim), claim.token);
  if (lane === null) return { isHeld: false, hasNext: false };
  await tx
    .updateTable('outbox')
    .set({
      state: end.status,
      attempts: claim.attempt,
      ended_at_ms: nowMs,
      code: end.status === 'sent' ? null : cleanText(end.code),
      platform_message_id: end.status === 'sent' ? cleanText(end.platformMessageId) : null,
    })
    .where('id', '=', claim.reply.id)
    .execute();
  return { isHeld: true, hasNext: await advanceLane(tx, lane, 'outbox') };
}

/** Gives the reply in hand back, to be taken again not before `atMs`, possibly changed. */
export async function retryReply(
  tx: Tx,
  claim: ReplyClaim,
  atMs: number,
  change: { readonly form: ReplyForm; readonly address: Address } | null,
): Promise<boolean> {
  if ((await postponeLane(tx, laneOf(tx, claim), claim.token, { atMs: wholeMs(atMs), countsAttempt: true })) === null) return false;
  if (change) {
    await tx
      .updateTable('outbox')
      .set({ form: change.form, address: toJson(change.address) })
      .where('id', '=', claim.reply.id)
      .execute();
  }
  return true;
}

/** Gives the reply in hand back untried. */
export async function deferReply(db: Db, claim: ReplyClaim, atMs: number): Promise<boolean> {
  return (await postponeLane(db, laneOf(db, claim), claim.token, { atMs: wholeMs(atMs), countsAttempt: false })) !== null;
}
