import type { ChannelName } from '../domain/message.ts';
import type { ScheduleStore } from '../schedule/store.ts';
import type { Database } from './database.ts';
import { queueReplies } from './outbox.ts';

/** @param announce tells senders that there is something to send */
export const schedule = ({ run, transact }: Database, announce: (channels: Iterable<ChannelName>) => void): ScheduleStore => ({
  isDone: (job, slot) =>
    run(async (db) => {
      const row = await db.selectFrom('schedule_runs').select('at_ms').where('job', '=', job).where('slot', '=', slot).executeTakeFirst();
      return row !== undefined;
    }),
  finish: async (job, slot, replies, nowMs) => {
    const isMine = await transact(async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('schedule_runs')
        .values({ job, slot, at_ms: nowMs })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      await queueReplies(tx, replies, nowMs);
      return true;
    });
    if (isMine) announce(new Set(replies.map(({ channel }) => channel)));
    return isMine;
  },
});
