import type { InterestStore } from '../../src/conversations/interests.ts';
import type { RateCounts } from '../../src/conversations/rate-limit.ts';
import type { ConversationStore } from '../../src/conversations/store.ts';
import type { DeliveryStore } from '../../src/delivery/store.ts';
import type { OutgoingReply } from '../../src/domain/message.ts';
import type { TicketStore } from '../../src/hand-off/store.ts';
import type { InsightStore } from '../../src/insight/store.ts';
import type { LeaseStore } from '../../src/leadership/store.ts';
import type { PrivacyStore } from '../../src/privacy/store.ts';
import type { ScheduleStore } from '../../src/schedule/store.ts';
import type { SubscriptionStore } from '../../src/subscriptions/store.ts';
import { LEASE_MS, T0 } from '../storage/messages.ts';

/** What is held against the contracts of tickets, of those who wait for an answer, of erasing and of figures; they share one database. */
export interface HandOffStores extends DeliveryStore, ConversationStore {
  readonly tickets: TicketStore;
  readonly interests: InterestStore;
  readonly privacy: PrivacyStore;
  readonly insight: InsightStore;
  readonly schedule: ScheduleStore;
  readonly subscriptions: SubscriptionStore;
  readonly leases: LeaseStore;
  readonly rates: RateCounts;
  releaseLeasesOfGone(presence: string, nowMs: number): Promise<number>;
}

export interface OpenHandOffStores {
  readonly stores: HandOffStores;
  /** The same database as another process has it. Databases in memory have no other. */
  readonly another?: (holder?: string) => Promise<HandOffStores>;
  close(): Promise<void>;
}

/** Called before each test; returns empty stores. */
export type OpenHandOff = () => Promise<OpenHandOffStores>;

/** Has the platform take what waits for it, one message of a chat after another: it names each after the reply, `sent-<id>`. */
export async function sendAll(store: DeliveryStore, channel: OutgoingReply['channel'] = 'telegram'): Promise<readonly OutgoingReply[]> {
  const sent: OutgoingReply[] = [];
  for (;;) {
    const claims = await store.claimReplies(channel, 10, T0 + 1_000, LEASE_MS);
    if (claims.length === 0) return sent;
    for (const claim of claims) {
      await store.settleReply(claim, { status: 'sent', platformMessageId: `sent-${claim.reply.id}` }, T0 + 1_000);
      sent.push(claim.reply);
    }
  }
}
