import { sql } from 'kysely';
import type { Answer } from '../domain/answer.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Handled, Turn } from '../domain/turn.ts';
import { cleanText, fromJson, toJson } from './clean.ts';
import { asText, prepare } from './prepared.ts';
import type { Db, Tx } from './schema.ts';

interface Said {
  readonly id: string;
  readonly channel: string;
  readonly contextKey: string;
  readonly question: string;
  readonly answer: string | null;
  readonly atMs: number;
}

const addTurn = prepare((db, given: { readonly [Name in keyof Said]: Said[Name] }) =>
  db
    .insertInto('turns')
    .values({
      id: given.id,
      channel: given.channel,
      context_key: given.contextKey,
      question: given.question,
      answer: given.answer,
      at_ms: given.atMs,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

const addVote = prepare(
  (db, given: { readonly turnId: string; readonly senderId: string; readonly vote: string; readonly nowMs: number }) =>
    db
      .insertInto('feedback')
      .values({ turn_id: given.turnId, sender_id: given.senderId, vote: given.vote, at_ms: given.nowMs })
      .onConflict((conflict) =>
        conflict.columns(['turn_id', 'sender_id']).doUpdateSet({ vote: sql.ref('excluded.vote'), at_ms: sql.ref('excluded.at_ms') }),
      ),
);

/** Remembers a turn and a vote. The same turn again changes nothing; the same person's next vote on the same answer replaces the first. */
export async function saveHandled(tx: Tx, { turn, feedback }: Pick<Handled, 'turn' | 'feedback'>, nowMs: number): Promise<void> {
  if (turn) {
    await addTurn(tx, {
      id: turn.id,
      channel: turn.channel,
      contextKey: cleanText(turn.contextKey),
      question: cleanText(turn.question),
      answer: turn.answer && toJson(turn.answer),
      atMs: turn.atMs,
    });
  }
  if (feedback) {
    await addVote(tx, { turnId: cleanText(feedback.turnId), senderId: cleanText(feedback.senderId), vote: feedback.vote, nowMs });
  }
}

const latestTurn = prepare((db, given: { readonly contextKey: string }) =>
  db
    .selectFrom('turns')
    .select(['id', 'channel', 'context_key', 'question', 'answer', 'at_ms'])
    .where('context_key', '=', asText(given.contextKey))
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc')
    .limit(sql.lit(1)),
);

/** The latest turn of a context: by its time, and of two at the same time the one saved later. */
export async function lastTurn(db: Db, contextKey: string): Promise<Turn | null> {
  const {
    rows: [row],
  } = await latestTurn(db, { contextKey: cleanText(contextKey) });
  if (!row) return null;
  return {
    id: row.id,
    channel: row.channel as ChannelName,
    contextKey: row.context_key,
    question: row.question,
    answer: row.answer === null ? null : (fromJson(row.answer) as Answer),
    atMs: row.at_ms,
  };
}

/** The vote of a person on an answer; null when there is none. */
export async function voteOf(db: Db, turnId: string, senderId: string): Promise<'up' | 'down' | null> {
  const row = await db
    .selectFrom('feedback')
    .select('vote')
    .where('turn_id', '=', cleanText(turnId))
    .where('sender_id', '=', cleanText(senderId))
    .executeTakeFirst();
  return row ? (row.vote as 'up' | 'down') : null;
}
