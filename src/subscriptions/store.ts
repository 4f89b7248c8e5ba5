import type { Address, ChannelName, OutgoingReply } from '../domain/message.ts';
import type { Pace, Subscription, Topic } from '../domain/subscription.ts';

/** One piece of news: a record that was published, or a deadline that comes near. */
export interface News {
  /** Says what it is about, once and for all: `published:<documentId>`, `deadline:<documentId>:<date>:<days>`. */
  readonly key: string;
  readonly kind: 'published' | 'deadline';
  readonly documentId: string;
  readonly title: string;
  readonly atMs: number;
}

/** A piece of news that waits for one chat. */
export interface NewsItem {
  readonly newsKey: string;
  readonly channel: ChannelName;
  readonly address: Address;
  /** Why it goes there. */
  readonly subscriptionId: string;
  /** Not before: at once, when quiet hours end, or with the day's digest. */
  readonly dueAtMs: number;
}

export type DueItem = NewsItem & { readonly news: News };

/** What became of a piece of news, in chats. */
export interface NewsReport {
  readonly news: News;
  readonly waiting: number;
  /** Queued, and not yet taken by the platform. */
  readonly onTheWay: number;
  readonly sent: number;
  readonly failed: number;
}

/** What is kept of subscriptions. Declared here, implemented in storage. */
export interface SubscriptionStore {
  /** @returns the one in force: the given one, or that of the same chat to the same topic, whose pace is changed */
  subscribe(subscription: Subscription): Promise<Subscription>;
  subscription(id: string): Promise<Subscription | null>;
  changePace(id: string, pace: Pace): Promise<void>;
  /** What waits for it is dropped. @returns false: there was none */
  unsubscribe(id: string): Promise<boolean>;
  /** Of one chat or thread, the oldest first. */
  subscriptionsOf(channel: ChannelName, address: Pick<Address, 'chatId' | 'threadId'>): Promise<readonly Subscription[]>;
  /** All, in pages: those whose id sorts behind `after`. */
  subscriptions(after: string | null, limit: number): Promise<readonly Subscription[]>;
  /** By topic and channel, the most subscribed first. */
  subscriptionCounts(): Promise<readonly { readonly topic: Topic; readonly channel: ChannelName; readonly count: number }[]>;

  /** Which of these pieces of news are known. */
  knownNews(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Notes pieces of news as known that nobody is to be told of. */
  passOver(news: readonly News[]): Promise<void>;
  /** Notes a piece of news and for whom it is. @returns false when it is known already: nothing changes */
  addNews(news: News, items: readonly NewsItem[]): Promise<boolean>;
  /** Up to `limit` items that are due, those of one chat together, the longest waiting first. */
  dueItems(nowMs: number, limit: number): Promise<readonly DueItem[]>;
  /** Queues a reply and ties the items it tells to it, all or nothing. @returns false when another process has done so, or somebody has unsubscribed: nothing was written */
  sendItems(items: readonly NewsItem[], replies: readonly OutgoingReply[], nowMs: number): Promise<boolean>;
  /** Nobody is told of these any more. */
  dropItems(items: readonly NewsItem[]): Promise<void>;
  /** The latest first, without what nobody was told of. */
  newsReports(limit: number): Promise<readonly NewsReport[]>;
}
