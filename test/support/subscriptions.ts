import type { Subscription } from '../../src/domain/subscription.ts';

/** News of talent policies at once, for a private chat of its own on Telegram, unless told otherwise. */
export const subscriptionOf = (id: string, part: Partial<Subscription> = {}): Subscription => ({
  id,
  channel: 'telegram',
  address: { chatId: `chat-${id}`, chatKind: 'private', threadId: null, replyTo: null },
  asker: `asker-${id}`,
  topic: { scope: 'category', value: 'talent' },
  pace: 'at-once',
  createdAtMs: 1_700_000_000_000,
  ...part,
});
