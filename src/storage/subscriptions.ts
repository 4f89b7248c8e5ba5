import { AppError } from '../domain/errors.ts';
import type { Address, ChannelName } from '../domain/message.ts';
import type { Pace, Subscription, TopicScope } from '../domain/subscription.ts';
import type { DueItem, News, SubscriptionStore } from '../subscriptions/store.ts';
import { inBatches } from './batches.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';
import { queueReplies } from './outbox.ts';
import type { Tx } from './schema.ts';
import type { NewsRow, SubscriptionRow } from './schema-subscriptions.ts';

/** Rows looked at in one go. */
const AT_ONCE = 200;

type Place = Pick<SubscriptionRow, 'channel' | 'chat_id' | 'chat_kind' | 'thread_id'>;

const placeOf = ({ channel, address }: { readonly channel: ChannelName; readonly address: Address }): Place => ({
  channel,
  chat_id: address.chatId,
  chat_kind: address.chatKind,
  thread_id: address.threadId ?? '',
});
const addressFrom = (row: Place): Address => ({
  chatId: row.chat_id,
  chatKind: row.chat_kind as Address['chatKind'],
  threadId: row.thread_id === '' ? null : row.thread_id,
  replyTo: null,
});
const subscriptionFrom = (row: SubscriptionRow): Subscription => ({
  id: row.id,
  channel: row.channel as ChannelName,
  address: addressFrom(row),
  asker: row.asker,
  topic: { scope: row.scope as TopicScope, value: row.value },
  pace: row.pace as Pace,
  createdAtMs: row.created_at_ms,
});
const newsFrom = ({ key, kind, document_id, title, at_ms }: Omit<NewsRow, 'seq'>): News => ({
  key,
  kind: kind as News['kind'],
  documentId: document_id,
  title,
  atMs: at_ms,
});

/** @returns whether it was new */
async function addOne(tx: Tx, { key, kind, documentId, title, atMs }: News): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('news')
    .values(cleanRow({ key, kind, document_id: documentId, title, at_ms: atMs }))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** @param announce tells senders that there is something to send */
export const subscriptions = ({ run, transact }: Database, announce: (channels: Iterable<ChannelName>) => void): SubscriptionStore => ({
  subscribe: (given) =>
    transact(async (tx) => {
      const { id, asker, topic, pace, createdAtMs } = given;
      const row = cleanRow({ id, ...placeOf(given), asker, scope: topic.scope, value: topic.value, pace, created_at_ms: createdAtMs });
      const inForce = await tx
        .insertInto('subscriptions')
        .values(row)
        .onConflict((conflict) => conflict.columns(['channel', 'chat_id', 'thread_id', 'scope', 'value']).doUpdateSet({ pace }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return subscriptionFrom(inForce);
    }),

  subscription: (id) =>
    run(async (db) => {
      const row = await db.selectFrom('subscriptions').selectAll().where('id', '=', cleanText(id)).executeTakeFirst();
      return row ? subscriptionFrom(row) : null;
    }),

  changePace: (id, pace) =>
    transact(async (tx) => {
      await tx.updateTable('subscriptions').set({ pace }).where('id', '=', cleanText(id)).execute();
    }),

  unsubscribe: (id) =>
    transact(async (tx) => {
      await tx.deleteFrom('news_items').where('subscription_id', '=', cleanText(id)).where('reply_id', 'is', null).execute();
      const { numDeletedRows } = await tx.deleteFrom('subscriptions').where('id', '=', cleanText(id)).executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    }),

  subscriptionsOf: (channel, { chatId, threadId }) =>
    run(async (db) => {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('channel', '=', channel)
        .where('chat_id', '=', cleanText(chatId))
        .where('thread_id', '=', cleanText(threadId ?? ''))
        .orderBy('created_at_ms')
        .orderBy('id')
        .execute();
      return rows.map(subscriptionFrom);
    }),

  subscriptions: (after, limit) =>
    run(async (db) => {
      let query = db.selectFrom('subscriptions').selectAll().orderBy('id').limit(limit);
      if (after !== null) query = query.where('id', '>', after);
      return (await query.execute()).map(subscriptionFrom);
    }),

  subscriptionCounts: () =>
    run(async (db) => {
      const rows = await db
        .selectFrom('subscriptions')
        .select(['scope', 'value', 'channel', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy(['scope', 'value', 'channel'])
        .orderBy('count', 'desc')
        .orderBy('scope')
        .orderBy('value')
        .orderBy('channel')
        .execute();
      return rows.map(({ scope, value, channel, count }) => ({
        topic: { scope: scope as TopicScope, value },
        channel: channel as ChannelName,
        count,
      }));
    }),

  knownNews: (keys) =>
    run(async (db) => {
      const known = new Set<string>();
      await inBatches(keys, async (batch) => {
        for (const { key } of await db.selectFrom('news').select('key').where('key', 'in', batch).execute()) known.add(key);
      });
      return known;
    }),

  passOver: (news) =>
    transact(async (tx) => {
      for (const each of news) await addOne(tx, each);
    }),

  addNews: (news, items) =>
    transact(async (tx) => {
      if (!(await addOne(tx, news))) return false;
      await inBatches(items, (batch) =>
        tx
          .insertInto('news_items')
          .values(
            batch.map((item) =>
              cleanRow({
                news_key: item.newsKey,
                ...placeOf(item),
                subscription_id: item.subscriptionId,
                due_at_ms: item.dueAtMs,
                reply_id: null,
              }),
            ),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
      return true;
    }),

  dueItems: (nowMs, limit) =>
    run(async (db) => {
      const chats = await db
        .selectFrom('news_items')
        .innerJoin('subscriptions', 'subscriptions.id', 'news_items.subscription_id')
        .select(['news_items.channel', 'news_items.chat_id', 'news_items.thread_id'])
        .where('reply_id', 'is', null)
        .where('due_at_ms', '<=', nowMs)
        .orderBy('due_at_ms')
        .limit(Math.min(limit, AT_ONCE))
        .execute();
      const found: DueItem[] = [];
      const seen = new Set<string>();
      for (const { channel, chat_id, thread_id } of chats) {
        const chat = JSON.stringify([channel, chat_id, thread_id]);
        if (seen.has(chat) || found.length >= limit) continue;
        seen.add(chat);
        const rows = await db
          .selectFrom('news_items')
          .innerJoin('news', 'news.key', 'news_items.news_key')
          // Who has unsubscribed while it was noted is not told.
          .innerJoin('subscriptions', 'subscriptions.id', 'news_items.subscription_id')
          .select(['news_key', 'subscription_id', 'due_at_ms', 'key', 'kind', 'document_id', 'title', 'at_ms'])
          .select(['news_items.channel', 'news_items.chat_id', 'news_items.chat_kind', 'news_items.thread_id'])
          .where('reply_id', 'is', null)
          .where('due_at_ms', '<=', nowMs)
          .where('news_items.channel', '=', channel)
          .where('news_items.chat_id', '=', chat_id)
          .where('news_items.thread_id', '=', thread_id)
          .orderBy('news.seq')
          .limit(limit)
          .execute();
        for (const row of rows) {
          found.push({
            newsKey: row.news_key,
            channel: row.channel as ChannelName,
            address: addressFrom(row),
            subscriptionId: row.subscription_id,
            dueAtMs: row.due_at_ms,
            news: newsFrom(row),
          });
        }
      }
      return found;
    }),

  sendItems: async (items, replies, nowMs) => {
    const first = replies[0];
    if (first === undefined) return false;
    try {
      await transact(async (tx) => {
        for (const item of items) {
          const { numUpdatedRows } = await tx
            .updateTable('news_items')
            .set({ reply_id: first.id })
            .where('news_key', '=', item.newsKey)
            .where('channel', '=', item.channel)
            .where('chat_id', '=', item.address.chatId)
            .where('thread_id', '=', item.address.threadId ?? '')
            .where('reply_id', 'is', null)
            .executeTakeFirstOrThrow();
          if (numUpdatedRows !== 1n) throw new AppError('STALE', 'Expected news that nobody has told yet.');
        }
        await queueReplies(tx, replies, nowMs);
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'STALE') return false;
      throw error;
    }
    announce(new Set(replies.map(({ channel }) => channel)));
    return true;
  },

  dropItems: (items) =>
    transact(async (tx) => {
      for (const { newsKey, channel, address } of items) {
        await tx
          .deleteFrom('news_items')
          .where('news_key', '=', newsKey)
          .where('channel', '=', channel)
          .where('chat_id', '=', address.chatId)
          .where('thread_id', '=', address.threadId ?? '')
          .where('reply_id', 'is', null)
          .execute();
      }
    }),

  newsReports: (limit) =>
    run(async (db) => {
      const rows = await db
        .selectFrom('news')
        .innerJoin('news_items', 'news_items.news_key', 'news.key')
        .leftJoin('deliveries', 'deliveries.reply_id', 'news_items.reply_id')
        .select(['key', 'kind', 'document_id', 'title', 'news.at_ms'])
        .select((eb) => [
          eb.fn.sum<number | string>(eb.case().when('news_items.reply_id', 'is', null).then(1).else(0).end()).as('waiting'),
          eb.fn.sum<number | string>(eb.case().when('deliveries.status', '=', 'sent').then(1).else(0).end()).as('sent'),
          eb.fn
            .sum<number | string>(eb.case().when('deliveries.status', 'in', ['dead', 'expired', 'unknown']).then(1).else(0).end())
            .as('failed'),
          eb.fn.countAll<number | string>().as('all'),
        ])
        .groupBy(['news.seq', 'key', 'kind', 'document_id', 'title', 'news.at_ms'])
        .orderBy('news.seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ waiting, sent, failed, all, ...news }) => {
        const [told, lost, left] = [Number(sent), Number(failed), Number(waiting)];
        return { news: newsFrom(news), waiting: left, onTheWay: Number(all) - left - told - lost, sent: told, failed: lost };
      });
    }),
});
