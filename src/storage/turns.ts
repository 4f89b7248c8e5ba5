import { sql } from 'kysely';
import type { Answer } from '../domain/answer.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Handled, Turn } from '../domain/turn.ts';
import { cleanText, fromJson, toJson } from './clean.ts';
import type { Db, Tx } from './schema.ts';

/** Remembers a turn and a vote. The same turn again changes nothing; the same person's next vote on the same answer replaces the first. */
export async function saveHandled(tx: Tx, { turn, feedback }: Pick<Handled, 'turn' | 'feedback'>, nowMs: number): Promise<void> {
  if (turn) {
    await tx
      .insertInto('turns')
      .values({
        id: turn.id,
        channel: turn.channel,
        context_key: cleanText(turn.contextKey),
        question: cleanText(turn.question),
        answer: turn.answer && toJson(turn.answer),
        at_ms: turn.atMs,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  if (feedback) {
    await tx
      .insertInto('feedback')
      .values({ turn_id: cleanText(feedback.turnId), sender_id: cleanText(feedback.senderId), vote: feedback.vote, at_ms: nowMs })
      .onConflict((conflict) =>
        conflict.columns(['turn_id', 'sender_id']).doUpdateSet({ vote: sql.ref('excluded.vote'), at_ms: sql.ref('excluded.at_ms') }),
      )
      .execute();
  }
}

/** The latest turn of a context: by its time, and of two at the same time the one saved later. */
export async function lastTurn(db: Db, contextKey: string): Promise<Turn | null> {
  const row = await db
    .selectFrom('turns')
    .select(['id', 'channel', 'context_key', 'question', 'answer', 'at_ms'])
    .where('context_key', '=', cleanText(contextKey))
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
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
