import type { ReplyClaim, ReplyEnd } from '../delivery/store.ts';
import type { ChannelName } from '../domain/message.ts';
import { cleanText } from './clean.ts';
import type { Db, Tx } from './schema.ts';

/** Remembers what became of a reply that was about something, so that an answer to it is known for one. */
export async function noteDelivery(tx: Tx, { reply }: ReplyClaim, end: ReplyEnd, nowMs: number): Promise<void> {
  if (reply.about === undefined) return;
  const isSent = end.status === 'sent';
  await tx
    .insertInto('deliveries')
    .values({
      reply_id: reply.id,
      about: cleanText(reply.about),
      channel: reply.channel,
      chat_id: reply.address.chatId,
      status: end.status,
      code: isSent ? null : cleanText(end.code),
      platform_message_id: isSent ? cleanText(end.platformMessageId) : null,
      at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.column('reply_id').doNothing())
    .execute();
}

/** What messages of ours in a chat were about: of the first of them that was about something. */
export async function topicOf(db: Db, channel: ChannelName, chatId: string, platformMessageIds: readonly string[]): Promise<string | null> {
  for (const id of platformMessageIds) {
    const row = await db
      .selectFrom('deliveries')
      .select('about')
      .where('channel', '=', channel)
      .where('chat_id', '=', cleanText(chatId))
      .where('platform_message_id', '=', cleanText(id))
      .executeTakeFirst();
    if (row) return row.about;
  }
  return null;
}

/** Platform id of the first message about something in a chat: the card, which later ones answer or take the place of. */
export async function firstAbout(db: Db, about: string, channel: ChannelName, chatId: string): Promise<string | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('platform_message_id')
    .where('about', '=', cleanText(about))
    .where('channel', '=', channel)
    .where('chat_id', '=', cleanText(chatId))
    .where('platform_message_id', 'is not', null)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row?.platform_message_id ?? null;
}
