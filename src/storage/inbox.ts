import { sql } from 'kysely';
import type { Claim, MessageEnd } from '../delivery/store.ts';
import type { Incoming, Received } from '../domain/message.ts';
import { cleanText, fromJson, toJson, wholeMs } from './clean.ts';
import type { EngineKind } from './engine.ts';
import { advanceLane, type Ending, enterLane, inboxLane, leaseLanes, postponeLane, releaseLane } from './lanes.ts';
import { asInteger, asText, prepare } from './prepared.ts';
import type { Db, Tx } from './schema.ts';

const addKey = prepare((db, given: { readonly key: string; readonly atMs: number }) =>
  db
    .insertInto('dedupe_keys')
    .values({ key: given.key, at_ms: given.atMs })
    .onConflict((conflict) => conflict.doNothing()),
);

const dropKey = prepare((db, given: { readonly key: string }) => db.deleteFrom('dedupe_keys').where('key', '=', given.key));

/**
 * Stores a message behind the others of its lane, unless one of its dedupe keys is known. The keys come first and are the gate: of two processes
 * storing the same message one waits for the other there.
 */
export async function putMessage(tx: Tx, { message, dedupeKeys }: Received, nowMs: number): Promise<'stored' | 'duplicate'> {
  // Sorted, so that two messages with the same keys in another order do not wait for each other.
  const keys = [...new Set(dedupeKeys.map(cleanText))].sort();
  for (const [at, key] of keys.entries()) {
    if ((await addKey(tx, { key, atMs: nowMs })).changed > 0) continue;
    // Of a duplicate no key is remembered.
    for (const added of keys.slice(0, at)) await dropKey(tx, { key: added });
    return 'duplicate';
  }
  await appendMessage(tx, inboxLane(message.lane), toJson(message), nowMs);
  return 'stored';
}

const append = prepare((db, given: { readonly lane: string; readonly message: string; readonly nowMs: number }) =>
  db.insertInto('jobs').values({
    lane: given.lane,
    message: given.message,
    received_at_ms: given.nowMs,
    state: 'open',
    attempts: 0,
    error: null,
    ended_at_ms: null,
  }),
);

/** Puts a message, as JSON, at the end of its lane. */
export async function appendMessage(tx: Tx, lane: string, message: string, nowMs: number): Promise<void> {
  await enterLane(tx, 'inbox', lane, nowMs);
  await append(tx, { lane, message, nowMs });
}

/** The heads of the lanes leased with a token, by the index of lanes that are ready at a time. */
const heads = prepare((db, given: { readonly untilMs: number; readonly token: string }) =>
  db
    .selectFrom('lanes')
    .innerJoin('jobs', (join) =>
      join.on('jobs.seq', '=', (eb) =>
        eb
          .selectFrom('jobs as open')
          .select((open) => open.fn.min('open.seq').as('seq'))
          .whereRef('open.lane', '=', 'lanes.lane')
          .where('open.state', '=', sql.lit('open')),
      ),
    )
    .select(['jobs.seq', 'jobs.message', 'jobs.received_at_ms', 'lanes.attempts'])
    .where('lanes.queue', '=', sql.lit('inbox'))
    .where('lanes.ready_at_ms', '=', asInteger(given.untilMs))
    .where('lanes.token', '=', asText(given.token))
    .orderBy('jobs.seq'),
);

/** Leases the lanes that wait longest and reads their heads. Only the leases are written: nobody can end a head meanwhile without its lease. */
export async function claimMessages(
  db: Db,
  kind: EngineKind,
  { limit, nowMs, leaseMs, token }: { readonly limit: number; readonly nowMs: number; readonly leaseMs: number; readonly token: string },
): Promise<Claim[]> {
  const untilMs = wholeMs(nowMs + leaseMs);
  for (;;) {
    if ((await leaseLanes(db, kind, { queue: 'inbox', limit, nowMs, untilMs, token })) === 0) return [];
    const { rows } = await heads(db, { untilMs, token });
    // No head: this process was held up for longer than the lease, and others have emptied the lanes.
    if (rows.length === 0) continue;
    return rows.map((row) => ({
      jobId: String(row.seq),
      token,
      message: fromJson(row.message) as Incoming,
      attempt: row.attempts,
      receivedAtMs: row.received_at_ms,
    }));
  }
}

const endJob = prepare(
  (
    db,
    given: {
      readonly seq: number;
      readonly state: 'done' | 'expired' | 'dead';
      readonly attempts: number;
      readonly error: string | null;
      readonly nowMs: number;
    },
  ) =>
    db
      .updateTable('jobs')
      .set({
        state: given.state,
        attempts: given.attempts,
        ended_at_ms: given.nowMs,
        error: sql<string | null>`coalesce(${given.error}, error)`,
      })
      .where('seq', '=', given.seq),
);

/** Ends the message in hand and lets the next of its lane come forward. */
export async function endMessage(tx: Tx, claim: Claim, end: MessageEnd | { readonly status: 'done' }, nowMs: number): Promise<Ending> {
  const lane = inboxLane(claim.message.lane);
  if (!(await releaseLane(tx, lane, claim.token))) return 'lease-lost';
  const error = end.status === 'dead' ? cleanText(end.error) : null;
  await endJob(tx, { seq: Number(claim.jobId), state: end.status, attempts: claim.attempt, error, nowMs });
  return (await advanceLane(tx, lane, 'jobs')) ? 'next-waits' : 'lane-empty';
}

const noteFailure = prepare((db, given: { readonly seq: number; readonly attempts: number; readonly error: string }) =>
  db.updateTable('jobs').set({ attempts: given.attempts, error: given.error }).where('seq', '=', given.seq),
);

/** Gives the message in hand back, to be taken again not before `atMs`. */
export async function retryMessage(tx: Tx, claim: Claim, atMs: number, error: string): Promise<boolean> {
  const lane = inboxLane(claim.message.lane);
  if (!(await postponeLane(tx, lane, claim.token, { atMs: wholeMs(atMs), countsAttempt: true }))) return false;
  await noteFailure(tx, { seq: Number(claim.jobId), attempts: claim.attempt, error: cleanText(error) });
  return true;
}
