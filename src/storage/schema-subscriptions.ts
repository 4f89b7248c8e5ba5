import type { Generated } from 'kysely';

/** Who wants news of what; pieces of news, and for which chats they are. Threads are empty where there is none. */
export interface SubscriptionTables {
  subscriptions: SubscriptionRow;
  news: NewsRow;
  news_items: NewsItemRow;
}

export interface SubscriptionRow {
  id: string;
  channel: string;
  chat_id: string;
  chat_kind: string;
  thread_id: string;
  asker: string;
  scope: string;
  value: string;
  pace: string;
  created_at_ms: number;
}

export interface NewsRow {
  seq: Generated<number>;
  key: string;
  kind: string;
  document_id: string;
  title: string;
  at_ms: number;
}

export interface NewsItemRow {
  seq: Generated<number>;
  news_key: string;
  channel: string;
  chat_id: string;
  chat_kind: string;
  thread_id: string;
  subscription_id: string;
  due_at_ms: number;
  /** Of the reply that tells it; null while it waits. */
  reply_id: string | null;
}
