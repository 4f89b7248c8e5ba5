import type { Claim, DeliveryStore, ReplyClaim } from '../../src/delivery/store.ts';
import type { ChannelName, OutgoingReply, Received } from '../../src/domain/message.ts';
import type { Remembered, Turn } from '../../src/domain/turn.ts';
import { turnOf } from '../support/turns.ts';

/** Noon of some day; the contract passes all times in. */
export const T0 = 1_700_000_000_000;
export const LEASE_MS = 30_000;
export const NOTHING: Remembered = { turn: null, feedback: null };

/** A message; its text is its id, its dedupe key is `key`. */
export function received(lane: string, messageId: string, keys: readonly string[] = [`message/${messageId}`]): Received {
  return {
    message: {
      channel: 'telegram',
      lane,
      messageId,
      senderId: 'person-1',
      content: { kind: 'text', text: messageId },
      sentAtMs: T0,
      address: { chatId: lane, chatKind: 'private', threadId: null, replyTo: messageId },
    },
    dedupeKeys: keys,
  };
}

export function reply(
  id: string,
  chatId: string,
  options: { readonly channel?: ChannelName; readonly threadId?: string } = {},
): OutgoingReply {
  return {
    id,
    channel: options.channel ?? 'telegram',
    address: { chatId, chatKind: 'private', threadId: options.threadId ?? null, replyTo: null },
    message: {
      title: '住房补贴',
      tone: 'answer',
      blocks: [{ kind: 'paragraph', text: `答复 ${id} 😀𠮷` }],
      buttons: [[{ label: '全文', action: { kind: 'full-text', documentId: 'd', section: 3, revision: null } }]],
    },
    form: 'rich',
  };
}

export const turn = (id: string, contextKey: string, atMs: number, question = '补贴多少'): Turn =>
  turnOf({
    id,
    contextKey,
    question,
    answer: { outcome: 'refused', reason: 'not-in-library', missingTerms: ['龙卷风'], suggestions: [], confidence: 0.25 },
    atMs,
  });

/** Stores messages of one lane one after another. */
export async function putAll(store: DeliveryStore, lane: string, messageIds: readonly string[], atMs = T0): Promise<void> {
  for (const [at, id] of messageIds.entries()) await store.put(received(lane, id), atMs + at);
}

/** The next message, or null. */
export async function claimOne(store: DeliveryStore, nowMs: number, leaseMs: number): Promise<Claim | null> {
  return (await store.claim(1, nowMs, leaseMs))[0] ?? null;
}

/** The next reply of a channel, or null. */
export async function claimReplyOne(
  store: DeliveryStore,
  nowMs: number,
  leaseMs: number,
  channel: ChannelName = 'telegram',
): Promise<ReplyClaim | null> {
  return (await store.claimReplies(channel, 1, nowMs, leaseMs))[0] ?? null;
}
