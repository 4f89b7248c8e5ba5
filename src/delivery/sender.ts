import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../domain/log.ts';
import type { ChannelName, Delivery, OutgoingReply } from '../domain/message.ts';
import { type Tracing, UNTRACED } from '../domain/tracing.ts';
import { backoffMs } from './backoff.ts';
import { createPace } from './pace.ts';
import { createPump, type Pump } from './pump.ts';
import type { DeliveryStore, ReplyClaim, ReplyEnd } from './store.ts';

/** The part of a channel the sender needs. */
export interface Outlet {
  readonly name: ChannelName;
  readonly limits: {
    readonly chatIntervalMs: { readonly private: number; readonly group: number };
    readonly sendsPerSecond: number;
  };
  send(reply: OutgoingReply, signal: AbortSignal): Promise<Delivery>;
}

export interface SenderOptions {
  readonly store: DeliveryStore;
  readonly outlet: Outlet;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
  readonly concurrency?: number;
  readonly leaseMs?: number;
  /** Processes that send for this channel now; left out: this one alone. They share what the channel takes in all. */
  readonly senders?: () => number;
  readonly maxAttempts?: number;
  /** Retries stop this long after the reply was queued: past an hour Feishu no longer recognises a repeat. */
  readonly giveUpAfterMs?: number;
  readonly pollMs?: number;
  /** The pause before the second try; it doubles from try to try, up to a minute. */
  readonly retryBaseMs?: number;
  /** When we stop, a send under way may take this long, then it is broken off. */
  readonly stopGraceMs?: number;
  readonly onEnd?: (reply: OutgoingReply, end: ReplyEnd['status'], tookMs: number) => void;
  readonly onRetry?: (reply: OutgoingReply, code: string) => void;
}

/** Longest wait for a chat's next slot with the reply in hand; beyond it the reply is put back. */
const MAX_HOLD_MS = 50;

/** Takes one channel's replies from the outbox and sends them at the channel's pace, until `signal` aborts. */
export function runSender(options: SenderOptions, signal: AbortSignal): Pump {
  const { store, outlet, now, random, log, onEnd, onRetry } = options;
  const { concurrency = 8, leaseMs = 60_000, maxAttempts = 8, giveUpAfterMs = 50 * 60_000, pollMs = 1_000 } = options;
  const { retryBaseMs = 1_000, stopGraceMs = 5_000, tracing = UNTRACED } = options;
  const pace = createPace(() => outlet.limits.sendsPerSecond / (options.senders?.() ?? 1));

  const settle = async (claim: ReplyClaim, end: ReplyEnd): Promise<number | null> => {
    const quietMs = outlet.limits.chatIntervalMs[claim.reply.address.chatKind];
    if (end.status !== 'sent') log.error({ replyId: claim.reply.id, channel: outlet.name, ...end }, 'reply not delivered for certain');
    // Whichever process sends the next one: the chat has its pause.
    await store.settleReply(claim, end, now(), now() + quietMs);
    onEnd?.(claim.reply, end.status, now() - claim.queuedAtMs);
    return quietMs === 0 ? null : quietMs + 1;
  };

  // Not `signal` itself: a send broken off leaves nobody knowing whether it arrived, so when we stop it first has time to finish.
  const underWay = new Set<AbortController>();
  const breakOff = (): void => void setTimeout(() => underWay.forEach((send) => send.abort()), stopGraceMs).unref();
  signal.addEventListener('abort', breakOff, { once: true });

  const deliver = async ({ reply }: ReplyClaim): Promise<Delivery> => {
    const bounded = new AbortController();
    const timer = setTimeout(() => bounded.abort(), leaseMs / 2);
    underWay.add(bounded);
    try {
      return await outlet.send(reply, bounded.signal);
    } catch (error) {
      // A mistake of ours. Left to the lease, the reply would come back for ever and hold up its chat.
      log.error({ replyId: reply.id, reason: error instanceof Error ? error.message : String(error) }, 'reply could not be made');
      return { status: 'rejected', code: 'internal', retryable: true, retryAfterMs: null };
    } finally {
      clearTimeout(timer);
      underWay.delete(bounded);
    }
  };

  const deliverTraced = (claim: ReplyClaim): Promise<Delivery> =>
    tracing.send(claim.reply, async (span) => {
      span.set({ attempt: claim.attempt, waited_ms: now() - claim.queuedAtMs });
      const delivery = await deliver(claim);
      span.set({ outcome: delivery.status });
      if (delivery.status !== 'sent') span.fail(delivery.code);
      return delivery;
    });

  const send = async (claim: ReplyClaim): Promise<number | null> => {
    const { reply } = claim;
    const { chatKind, chatId } = reply.address;
    const chatWaitMs = pace.chatWaitMs(chatId, now());
    if (chatWaitMs > MAX_HOLD_MS) {
      // The chat is busy: others go first instead of waiting behind it.
      await store.deferReply(claim, now() + chatWaitMs);
      return chatWaitMs + 1;
    }
    const waitMs = pace.takeMs(chatId, outlet.limits.chatIntervalMs[chatKind], now());
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) {
      await store.deferReply(claim, now());
      return null;
    }
    const delivery = await deliverTraced(claim);
    switch (delivery.status) {
      case 'sent':
        return settle(claim, { status: 'sent', platformMessageId: delivery.platformMessageId });
      case 'unknown':
        return settle(claim, { status: 'unknown', code: delivery.code });
      case 'degrade':
        onRetry?.(reply, delivery.code);
        log.warn({ replyId: reply.id, code: delivery.code, form: delivery.form }, 'reply refused as it was; sending it plainer');
        if (claim.attempt >= maxAttempts) return settle(claim, { status: 'dead', code: delivery.code });
        await store.retryReply(claim, now(), {
          form: delivery.form,
          address: delivery.address,
          ...(delivery.edits === null && { edits: null }),
        });
        return null;
      case 'rejected': {
        const isLate = now() - claim.queuedAtMs > giveUpAfterMs;
        if (!delivery.retryable || claim.attempt >= maxAttempts || isLate) return settle(claim, { status: 'dead', code: delivery.code });
        onRetry?.(reply, delivery.code);
        const backoff = backoffMs(claim.attempt, { baseMs: retryBaseMs, capMs: 60_000, random: random() });
        const againMs = Math.max(delivery.retryAfterMs ?? 0, backoff);
        await store.retryReply(claim, now() + againMs, null);
        return againMs + 1;
      }
    }
  };

  return createPump(
    {
      claim: (limit) => store.claimReplies(outlet.name, limit, now(), leaseMs),
      work: send,
      concurrency,
      // Sending is waiting for the platform.
      keeps: concurrency / 2,
      pollMs,
      onWork: (listener) => store.onWork(`outbox:${outlet.name}`, listener),
      log,
    },
    signal,
  );
}
