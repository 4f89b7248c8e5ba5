import { sql } from 'kysely';
import type { ChannelName, Incoming } from '../domain/message.ts';
import { fromJson, toJson } from './clean.ts';
import { appendMessage } from './inbox.ts';
import type { Db, Tx } from './schema.ts';

/** A message without an answer, or a reply that could not be delivered: kept until a person has looked at it. */
export interface DeadLetter {
  readonly kind: 'message' | 'reply';
  /** For `requeue`, when it is a message. */
  readonly id: string;
  readonly channel: ChannelName;
  /** Why it was given up: the last error, or the platform's code. */
  readonly reason: string;
  readonly attempts: number;
  /** When it came in, or was queued. */
  readonly storedAtMs: number;
  readonly endedAtMs: number;
}

/** The dead letters, those stored last first. */
export async function deadLetters(db: Db, limit: number): Promise<DeadLetter[]> {
  const messages = await db
    .selectFrom('jobs')
    .select(['seq', 'message', 'error', 'attempts', 'received_at_ms', 'ended_at_ms'])
    .where('state', '=', sql.lit('dead'))
    .orderBy('received_at_ms', 'desc')
    .limit(limit)
    .execute();
  const replies = await db
    .selectFrom('outbox')
    .select(['id', 'channel', 'code', 'attempts', 'queued_at_ms', 'ended_at_ms'])
    .where('state', '=', sql.lit('dead'))
    .orderBy('queued_at_ms', 'desc')
    .limit(limit)
    .execute();
  return [
    ...messages.map(
      (row): DeadLetter => ({
        kind: 'message',
        id: String(row.seq),
        channel: (fromJson(row.message) as Incoming).channel,
        reason: row.error ?? '',
        attempts: row.attempts,
        storedAtMs: row.received_at_ms,
        endedAtMs: row.ended_at_ms ?? row.received_at_ms,
      }),
    ),
    ...replies.map(
      (row): DeadLetter => ({
        kind: 'reply',
        id: row.id,
        channel: row.channel as ChannelName,
        reason: row.code ?? '',
        attempts: row.attempts,
        storedAtMs: row.queued_at_ms,
        endedAtMs: row.ended_at_ms ?? row.queued_at_ms,
      }),
    ),
  ]
    .sort((a, b) => b.storedAtMs - a.storedAtMs)
    .slice(0, limit);
}

/**
 * Gives a dead message another life: it becomes the last of its lane, with a new id, and counts as written now, so that it is not taken for stale.
 * False: there is no dead message of this id.
 */
export async function requeueMessage(tx: Tx, id: string, nowMs: number): Promise<boolean> {
  if (!/^\d{1,15}$/.test(id)) return false;
  const dead = await tx
    .deleteFrom('jobs')
    .where('seq', '=', Number(id))
    .where('state', '=', sql.lit('dead'))
    .returning(['lane', 'message'])
    .executeTakeFirst();
  if (!dead) return false;
  const message: Incoming = { ...(fromJson(dead.message) as Incoming), sentAtMs: nowMs };
  await appendMessage(tx, dead.lane, toJson(message), nowMs);
  return true;
}
