import { z } from 'zod';
import { CHANNEL_NAMES } from '../../domain/message.ts';
import { TOPIC_SCOPES } from '../../domain/subscription.ts';

/** The shapes of `/subscriptions` and `/news-hours`: who is told of news, and what became of it. No chat and no person is named. */

const count = z.int().min(0);
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Expected a time as HH:MM');

/** `GET /subscriptions` */
export const subscriptionReport = z.object({
  /** The most subscribed first. */
  topics: z.array(
    z.object({
      scope: z.enum(TOPIC_SCOPES),
      /** Category id, industry or region; empty for everything. */
      value: z.string(),
      name: z.string(),
      channels: z.partialRecord(z.enum(CHANNEL_NAMES), count),
      count,
    }),
  ),
  /** The latest first. */
  news: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(['published', 'deadline']),
      documentId: z.string(),
      title: z.string(),
      /** When it was noticed, epoch milliseconds. */
      atMs: z.number(),
      /** Chats it waits for: quiet hours, or the digest of the day. */
      waiting: count,
      /** Chats whose card is queued. */
      onTheWay: count,
      sent: count,
      /** Chats the platform does not deliver to. */
      failed: count,
    }),
  ),
});

/** `GET` and `PUT /news-hours`, in the house's time zone. */
export const newsHours = z.object({
  /** Nobody is disturbed from here on … */
  quietFrom: time,
  /** … until here; the same time: never quiet. */
  quietUntil: time,
  /** When the news of a day come together, for who asked for that. */
  dailyAt: time,
});
