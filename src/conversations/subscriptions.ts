import type { Incoming, ReplyMessage } from '../domain/message.ts';

/** Takes and ends subscriptions. Declared here, put together in app.ts. */
export interface Subscriptions {
  /** The reply to a message about subscriptions; null: it is about something else. @param asker pseudonym */
  handle(message: Incoming, asker: string): Promise<ReplyMessage | null>;
}
