import { sql } from 'kysely';
import type { ReplyChange, ReplyClaim, ReplyEnd } from '../delivery/store.ts';
import type { Address, ChannelName, OutgoingReply, ReplyForm, ReplyMessage } from '../domain/message.ts';
import { cleanText, fromJson, toJson, wholeMs } from './clean.ts';
import { noteDelivery } from './deliveries.ts';
import type { EngineKind } from './engine.ts';
import { advanceLane, type Ending, enterLane, holdLane, leaseLanes, outboxLane, postponeLane, releaseLane } from './lanes.ts';
import { asInteger, asText, prepare } from './prepared.ts';
import type { Db, Tx } from './schema.ts';

interface Queued {
  readonly id: string;
  readonly lane: string;
  readonly channel: string;
  readonly address: string;
  readonly message: string;
  readonly form: string;
  readonly about: string | null;
  readonly edits: string | null;
  readonly nowMs: number;
}

const append = prepare((db, given: { readonly [Name in keyof Queued]: Queued[Name] }) =>
  db.insertInto('outbox').values({
    id: given.id,
    lane: given.lane,
    channel: given.channel,
    address: given.address,
    message: given.message,
    form: given.form,
    queued_at_ms: given.nowMs,
    state: 'open',
    attempts: 0,
    code: null,
    platform_message_id: null,
    ended_at_ms: null,
    about: given.about,
    edits: given.edits,
  }),
);

/** Puts replies at the end of their lanes, in the order given. */
export async function queueReplies(tx: Tx, replies: readonly OutgoingReply[], nowMs: number): Promise<void> {
  const lanes = Map.groupBy(replies, outboxLane);
  // Sorted, so that two transactions with several lanes do not wait for each other.
  for (const lane of [...lanes.keys()].sort()) {
    const inLane = lanes.get(lane)!;
    await enterLane(tx, `outbox:${inLane[0]!.channel}`, lane, nowMs);
    for (const { id, channel, address, message, form, about = null, edits = null } of inLane) {
      await append(tx, { id, lane, channel, address: toJson(address), message: toJson(message), form, about, edits, nowMs });
    }
  }
}

/** The heads of the lanes leased with a token, by the index of lanes that are ready at a time. */
const heads = prepare((db, given: { readonly queue: string; readonly untilMs: number; readonly token: string }) =>
  db
    .selectFrom('lanes')
    .innerJoin('outbox', (join) =>
      join.on('outbox.seq', '=', (eb) =>
        eb
          .selectFrom('outbox as open')
          .select((open) => open.fn.min('open.seq').as('seq'))
          .whereRef('open.lane', '=', 'lanes.lane')
          .where('open.state', '=', sql.lit('open')),
      ),
    )
    .select(['outbox.id', 'outbox.channel', 'outbox.address', 'outbox.message', 'outbox.form', 'outbox.queued_at_ms'])
    .select(['outbox.about', 'outbox.edits'])
    .select(['lanes.lane', 'lanes.attempts'])
    .where('lanes.queue', '=', asText(given.queue))
    .where('lanes.ready_at_ms', '=', asInteger(given.untilMs))
    .where('lanes.token', '=', asText(given.token))
    .orderBy('outbox.seq'),
);

/** Leases the lanes of a channel that wait longest and reads their heads. */
export async function claimReplies(
  db: Db,
  kind: EngineKind,
  channel: ChannelName,
  { limit, nowMs, leaseMs, token }: { readonly limit: number; readonly nowMs: number; readonly leaseMs: number; readonly token: string },
): Promise<ReplyClaim[]> {
  const queue = `outbox:${channel}` as const;
  const untilMs = wholeMs(nowMs + leaseMs);
  for (;;) {
    if ((await leaseLanes(db, kind, { queue, limit, nowMs, untilMs, token })) === 0) return [];
    const { rows } = await heads(db, { queue, untilMs, token });
    // No head: this process was held up for longer than the lease, and others have emptied the lanes.
    if (rows.length === 0) continue;
    return rows.map((row) => ({
      reply: {
        id: row.id,
        channel: row.channel as ChannelName,
        address: fromJson(row.address) as Address,
        message: fromJson(row.message) as ReplyMessage,
        form: row.form as ReplyForm,
        ...(row.about !== null && { about: row.about }),
        ...(row.edits !== null && { edits: row.edits }),
      },
      lane: row.lane,
      token,
      attempt: row.attempts,
      queuedAtMs: row.queued_at_ms,
    }));
  }
}

interface Ended {
  readonly id: string;
  readonly state: 'sent' | 'unknown' | 'dead';
  readonly attempts: number;
  readonly code: string | null;
  readonly platformMessageId: string | null;
  readonly nowMs: number;
}

const endReply = prepare((db, given: { readonly [Name in keyof Ended]: Ended[Name] }) =>
  db
    .updateTable('outbox')
    .set({
      state: given.state,
      attempts: given.attempts,
      ended_at_ms: given.nowMs,
      code: given.code,
      platform_message_id: given.platformMessageId,
    })
    .where('id', '=', given.id),
);

/** Ends the reply in hand and lets the next of its lane come forward. */
export async function settleReply(tx: Tx, claim: ReplyClaim, end: ReplyEnd, nowMs: number, quietUntilMs = 0): Promise<Ending> {
  if (!(await releaseLane(tx, claim.lane, claim.token, wholeMs(quietUntilMs)))) return 'lease-lost';
  await endReply(tx, {
    id: claim.reply.id,
    state: end.status,
    attempts: claim.attempt,
    code: end.status === 'sent' ? null : cleanText(end.code),
    platformMessageId: end.status === 'sent' ? cleanText(end.platformMessageId) : null,
    nowMs,
  });
  await noteDelivery(tx, claim, end, nowMs);
  return (await advanceLane(tx, claim.lane, 'outbox')) ? 'next-waits' : 'lane-empty';
}

const change = prepare(
  (db, given: { readonly id: string; readonly form: string; readonly address: string; readonly edits: string | null }) =>
    db.updateTable('outbox').set({ form: given.form, address: given.address, edits: given.edits }).where('id', '=', given.id),
);

/** Gives the reply in hand back, to be taken again not before `atMs`, possibly changed. It keeps its place in the lane it was queued in. */
export async function retryReply(tx: Tx, claim: ReplyClaim, atMs: number, changed: ReplyChange | null): Promise<boolean> {
  if (!(await postponeLane(tx, claim.lane, claim.token, { atMs: wholeMs(atMs), countsAttempt: true }))) return false;
  if (changed) {
    const edits = changed.edits === null ? null : (claim.reply.edits ?? null);
    await change(tx, { id: claim.reply.id, form: changed.form, address: toJson(changed.address), edits });
  }
  return true;
}

/** Gives the reply in hand back untried. */
export function deferReply(db: Db, claim: ReplyClaim, atMs: number): Promise<boolean> {
  return postponeLane(db, claim.lane, claim.token, { atMs: wholeMs(atMs), countsAttempt: false });
}

/** What waits for a chat whose reader comes for it, after what they have seen. */
export async function collectReplies(
  tx: Tx,
  channel: ChannelName,
  chatId: string,
  seen: string | null,
  nowMs: number,
): Promise<OutgoingReply[]> {
  const lane = outboxLane({ channel, address: { chatId, threadId: null } });
  // First: what others put there from now on stays for the next time.
  if (!(await holdLane(tx, lane))) return [];
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'address', 'message', 'form', 'about'])
    .where('lane', '=', lane)
    .where('state', '=', sql.lit('open'))
    .orderBy('seq')
    .execute();
  const had = rows.slice(0, rows.findIndex(({ id }) => id === seen) + 1).map(({ id }) => id);
  if (had.length > 0) {
    await tx.updateTable('outbox').set({ state: 'sent', ended_at_ms: nowMs }).where('id', 'in', had).execute();
    await advanceLane(tx, lane, 'outbox');
  }
  return rows.slice(had.length).map((row) => ({
    id: row.id,
    channel,
    address: fromJson(row.address) as Address,
    message: fromJson(row.message) as ReplyMessage,
    form: row.form as ReplyForm,
    ...(row.about !== null && { about: row.about }),
  }));
}
