import type { Address, ChannelName } from './message.ts';

/** What one can subscribe to: everything, a category, an industry, or a region. */
export const TOPIC_SCOPES = ['all', 'category', 'industry', 'region'] as const;
export type TopicScope = (typeof TOPIC_SCOPES)[number];

export interface Topic {
  readonly scope: TopicScope;
  /** Category id, or words as the records have them; empty for `all`. */
  readonly value: string;
}

/** Whether words can be a topic's value: they fit into a button, in any script. */
export const isTopicWords = (text: string): boolean => /^[\p{L}\p{N}·（）()、/-]{0,16}$/u.test(text);

/** `at-once`: outside quiet hours. `daily`: all of a day together. */
export type Pace = 'at-once' | 'daily';

/** News for a chat: of one person, or of a group. */
export interface Subscription {
  /** `[A-Za-z0-9_-]{1,40}`: the button that ends it carries it. */
  readonly id: string;
  readonly channel: ChannelName;
  /** `replyTo` is null. */
  readonly address: Address;
  /** Pseudonym of who asked for it. */
  readonly asker: string;
  readonly topic: Topic;
  readonly pace: Pace;
  readonly createdAtMs: number;
}

/** What messages with news are about, see `OutgoingReply.about`. */
export const NEWS_TOPIC = 'news';
