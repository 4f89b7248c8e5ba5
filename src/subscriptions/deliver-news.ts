import type { Notice, OutgoingReply } from '../domain/message.ts';
import type { LibraryRecord } from '../domain/record.ts';
import { NEWS_TOPIC, type Subscription } from '../domain/subscription.ts';
import { newsCard } from './cards.ts';
import { daysLeft, newsOf } from './news.ts';
import { dueAt, type NewsHours } from './quiet-hours.ts';
import type { DueItem, News, NewsItem, SubscriptionStore } from './store.ts';
import { isAbout } from './topics.ts';

/** The library as news are read from it. */
export interface NewsLibrary {
  /** Records in force today. */
  records(): readonly LibraryRecord[];
  /** ISO date in the house's time zone. */
  today(): string;
}

export interface NewsOptions {
  readonly store: SubscriptionStore;
  readonly library: NewsLibrary;
  readonly hours: () => Promise<NewsHours>;
  readonly outgoing: (notices: readonly Notice[]) => readonly OutgoingReply[];
  /** IANA name. */
  readonly timeZone: string;
  readonly now: () => number;
}

/** A piece of news that says the library was taken stock of. */
const STOCK_KEY = 'stock';
const PAGE = 500;
/** Items told in one go; the others have their turn some seconds later. */
const AT_ONCE = 500;

async function* everySubscription(store: SubscriptionStore): AsyncGenerator<Subscription> {
  for (let after: string | null = null; ; ) {
    const page: readonly Subscription[] = await store.subscriptions(after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

async function itemsFor(news: News, record: LibraryRecord, options: NewsOptions): Promise<NewsItem[]> {
  const { store, timeZone, now } = options;
  const hours = await options.hours();
  const chats = new Map<string, NewsItem>();
  for await (const { id, channel, address, topic, pace } of everySubscription(store)) {
    if (!isAbout(record, topic)) continue;
    const chat = JSON.stringify([channel, address.chatId, address.threadId]);
    const item = { newsKey: news.key, channel, address, subscriptionId: id, dueAtMs: dueAt(pace, now(), hours, timeZone) };
    const known = chats.get(chat);
    // Of several topics that match, the one that tells sooner.
    if (known === undefined || item.dueAtMs < known.dueAtMs) chats.set(chat, item);
  }
  return [...chats.values()];
}

/**
 * Notes what is news in the library and for whom it is; the first time it takes stock, and nothing is news. Each piece is noted once, over all
 * processes, and however often it is interrupted.
 * @returns how many pieces were noted
 */
export async function noteNews(options: NewsOptions): Promise<number> {
  const { store, library, now } = options;
  const all = newsOf(library.records(), library.today(), now());
  const keys = all.flatMap(({ published, deadline }) => [published.key, ...(deadline ? [deadline.key] : [])]);
  const known = await store.knownNews([STOCK_KEY, ...keys]);
  if (!known.has(STOCK_KEY)) {
    const stock: News = { key: STOCK_KEY, kind: 'published', documentId: '', title: '', atMs: now() };
    await store.passOver([...all.flatMap(({ published, deadline }) => (deadline ? [published, deadline] : [published])), stock]);
    return 0;
  }
  let noted = 0;
  for (const { record, published, deadline } of all) {
    if (!known.has(published.key)) {
      if (await store.addNews(published, await itemsFor(published, record, options))) noted++;
      // Said along with it.
      if (deadline) await store.passOver([deadline]);
    } else if (deadline && !known.has(deadline.key) && (await store.addNews(deadline, await itemsFor(deadline, record, options)))) {
      noted++;
    }
  }
  return noted;
}

/** Tells every chat what is due for it, in one card, once. @returns how many cards were queued */
export async function tellNews(options: NewsOptions): Promise<number> {
  const { store, now } = options;
  const chats = Map.groupBy(await store.dueItems(now(), AT_ONCE), ({ channel, address }) =>
    JSON.stringify([channel, address.chatId, address.threadId]),
  );
  let told = 0;
  for (const items of chats.values()) if (await tellOne(items, options)) told++;
  return told;
}

async function tellOne(items: readonly DueItem[], { store, library, outgoing, now }: NewsOptions): Promise<boolean> {
  const first = items[0]!;
  const subscription = await store.subscription(first.subscriptionId);
  if (subscription === null) return false;
  const records = new Map(library.records().map((record) => [record.id, record]));
  const today = library.today();
  // What was withdrawn, or whose last day has passed, before it could be told is told to nobody.
  const told = items.flatMap((item) => {
    const record = records.get(item.news.documentId);
    const isOver = item.news.kind === 'deadline' && (!record || daysLeft(record, today) === null);
    return record && !isOver ? [{ item, record }] : [];
  });
  if (told.length === 0) return store.dropItems(items).then(() => false);
  const notice: Notice = {
    channel: first.channel,
    address: first.address,
    message: newsCard(told, subscription, today),
    about: NEWS_TOPIC,
  };
  return store.sendItems(items, outgoing([notice]), now());
}
