import { outgoingOf } from '../../src/delivery/outgoing.ts';
import type { OutgoingReply } from '../../src/domain/message.ts';
import type { LibraryRecord } from '../../src/domain/record.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { SqlStore } from '../../src/storage/sql-store.ts';
import type { NewsOptions } from '../../src/subscriptions/deliver-news.ts';
import { readNewsHours } from '../../src/subscriptions/quiet-hours.ts';
import { dayIn } from '../../src/domain/day.ts';

const ZONE = 'Asia/Shanghai';

/** The stores and the clock of the news, over a database in memory; records and time are set by the test. */
export async function openNews(nowMs = Date.parse('2026-11-23T10:00:00+08:00')) {
  let ids = 0;
  const newId = (): string => `id-${++ids}`;
  const house = { nowMs, records: [] as readonly LibraryRecord[] };
  const stores = new SqlStore(await openSqlite(':memory:'), { now: () => house.nowMs, newId });
  /** What was queued since the last call, and is sent now. */
  const queued = async (): Promise<OutgoingReply[]> => {
    const sent: OutgoingReply[] = [];
    for (;;) {
      const claims = await stores.claimReplies('telegram', 10, house.nowMs, 60_000);
      if (claims.length === 0) return sent;
      for (const claim of claims) {
        await stores.settleReply(claim, { status: 'sent', platformMessageId: `sent-${claim.reply.id}` }, house.nowMs);
        sent.push(claim.reply);
      }
    }
  };
  const options: NewsOptions = {
    store: stores.subscriptions,
    library: { records: () => house.records, today: () => dayIn(ZONE, house.nowMs) },
    hours: async () => readNewsHours(null),
    outgoing: (notices) =>
      notices.flatMap((notice) => outgoingOf(notice, { limitOf: () => ({ maxText: 4_096, textUnit: 'utf16' }), newId })),
    timeZone: ZONE,
    now: () => house.nowMs,
  };
  const subscribe = (part: Partial<Subscription> & Pick<Subscription, 'topic'>, chatId = 'chat-1'): Promise<Subscription> =>
    stores.subscriptions.subscribe({
      id: newId(),
      channel: 'telegram',
      address: { chatId, chatKind: 'private', threadId: null, replyTo: null },
      asker: `asker of ${chatId}`,
      pace: 'at-once',
      createdAtMs: house.nowMs,
      ...part,
    });
  return { house, options, store: stores.subscriptions, queued, subscribe, newId, close: () => stores.close() };
}
