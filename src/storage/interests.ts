import type { InterestStore } from '../conversations/interests.ts';
import type { Address, ChannelName } from '../domain/message.ts';
import { cleanRow, cleanText, fromJson, toJson } from './clean.ts';
import type { Database } from './database.ts';
import { queueReplies } from './outbox.ts';

/** @param announce tells senders that there is something to send */
export const interests = ({ run, transact }: Database, announce: (channels: Iterable<ChannelName>) => void): InterestStore => ({
  addInterest: ({ id, turnId, asker, channel, address, question, atMs }) =>
    transact(async (tx) => {
      await tx
        .insertInto('interests')
        .values(cleanRow({ id, turn_id: turnId, asker, channel, address: toJson(address), question, at_ms: atMs }))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }),

  interests: (after, limit) =>
    run(async (db) => {
      let query = db.selectFrom('interests').selectAll().orderBy('id').limit(limit);
      if (after !== null) query = query.where('id', '>', after);
      return (await query.execute()).map((row) => ({
        id: row.id,
        turnId: row.turn_id,
        asker: row.asker,
        channel: row.channel as ChannelName,
        address: fromJson(row.address) as Address,
        question: row.question,
        atMs: row.at_ms,
      }));
    }),

  unanswered: (fromDay, limit) =>
    run(async (db) => {
      const rows = await db
        .selectFrom('turns')
        .select('question')
        .where('day', '>=', fromDay)
        .where('ending', 'in', ['refused', 'clarify'])
        .where('question', '<>', '')
        .orderBy('day', 'desc')
        .orderBy('at_ms', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ question }) => question);
    }),

  tell: async (interestId, replies, nowMs) => {
    const isTold = await transact(async (tx) => {
      const { numDeletedRows } = await tx.deleteFrom('interests').where('id', '=', cleanText(interestId)).executeTakeFirstOrThrow();
      if (numDeletedRows !== 1n) return false;
      await queueReplies(tx, replies, nowMs);
      return true;
    });
    if (isTold) announce(new Set(replies.map(({ channel }) => channel)));
    return isTold;
  },
});
