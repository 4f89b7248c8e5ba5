import type { AdminStore, ChatBinding } from '../admin/store.ts';
import type { ChannelName } from '../domain/message.ts';
import { addAudit } from './audit-log.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';
import { takeCode } from './one-time-codes.ts';
import type { ChatBindingRow } from './schema-console.ts';
import { findUser } from './users.ts';

const bindingOf = (row: ChatBindingRow): ChatBinding => ({
  channel: row.channel as ChannelName,
  senderId: row.sender_id,
  userId: row.user_id,
  boundAtMs: row.bound_at_ms,
});

export const chatBindings = ({ run, transact }: Database): Pick<AdminStore, 'binding' | 'bindings' | 'bindByCode' | 'unbind'> => ({
  binding: (channel, senderId) =>
    run(async (db) => {
      const row = await db
        .selectFrom('chat_bindings')
        .selectAll()
        .where('channel', '=', channel)
        .where('sender_id', '=', cleanText(senderId))
        .executeTakeFirst();
      return row ? bindingOf(row) : null;
    }),
  bindings: (userId) =>
    run(async (db) => {
      const ofUser = db.selectFrom('chat_bindings').selectAll().where('user_id', '=', cleanText(userId));
      return (await ofUser.orderBy('bound_at_ms').orderBy('channel').orderBy('sender_id').execute()).map(bindingOf);
    }),
  bindByCode: (codeDigest, { channel, senderId }, nowMs, auditFor) =>
    transact(async (tx) => {
      const code = await takeCode(tx, 'chat', codeDigest, nowMs);
      const user = code?.userId ? await findUser(tx, 'id', code.userId) : null;
      // Codes of somebody who may not come in any more are no good.
      if (user === null || user.disabledAtMs !== null) return null;
      const row = cleanRow({ channel, sender_id: senderId, user_id: user.id, bound_at_ms: nowMs });
      await tx
        .insertInto('chat_bindings')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['channel', 'sender_id']).doUpdateSet({ user_id: row.user_id, bound_at_ms: row.bound_at_ms }),
        )
        .execute();
      await addAudit(tx, auditFor(user));
      return user;
    }),
  unbind: (channel, senderId, audit) =>
    transact(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('chat_bindings')
        .where('channel', '=', channel)
        .where('sender_id', '=', cleanText(senderId))
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return false;
      await addAudit(tx, audit);
      return true;
    }),
});
