import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../domain/log.ts';
import type { ChannelName, Delivery, OutgoingReply } from '../domain/message.ts';
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
  readonly concurrency?: number;
  readonly leaseMs?: number;
  readonly maxAttempts?: number;
  /** Retries stop this long after the reply was queued: past an hour Feishu no longer recognises a repeat. */
  readonly giveUpAfterMs?: number;
  readonly pollMs?: number;
  readonly onEnd?: (reply: OutgoingReply, end: ReplyEnd['status'], tookMs: number) => void;
  readonly onRetry?: (reply: OutgoingReply, code: string) => void;
}

/** Takes one channel's replies from the outbox and sends them at the channel's pace, until `signal` aborts. */
export function runSender(options: SenderOptions, signal: AbortSignal): Pump {
  const { store, outlet, now, random, log, onEnd, onRetry } = options;
  const { concurrency = 8, leaseMs = 60_000, maxAttempts = 8, giveUpAfterMs = 50 * 60_000, pollMs = 1_000 } = options;
  const pace = createPace(outlet.limits.sendsPerSecond);

  const settle = async (claim: ReplyClaim, end: ReplyEnd): Promise<void> => {
    if (end.status !== 'sent') log.error({ replyId: claim.reply.id, channel: outlet.name, ...end }, 'reply not delivered for certain');
    await store.settleReply(claim, end, now());
    onEnd?.(claim.reply, end.status, now() - claim.queuedAtMs);
  };

  const send = async (claim: ReplyClaim): Promise<void> => {
    const { reply } = claim;
    const { chatKind, chatId } = reply.address;
    const waitMs = pace.waitMs(chatId, outlet.limits.chatIntervalMs[chatKind], now());
    if (waitMs > leaseMs / 2) {
      // The chat is busy for longer than a lease should be held: let others go first.
      await store.deferReply(claim, now() + waitMs);
      return;
    }
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) {
      await store.deferReply(claim, now());
      return;
    }
    // Not `signal`: a send under way is finished when we stop, or nobody would know whether it arrived.
    const delivery = await outlet.send(reply, AbortSignal.timeout(leaseMs / 2));
    switch (delivery.status) {
      case 'sent':
        return settle(claim, { status: 'sent', platformMessageId: delivery.platformMessageId });
      case 'unknown':
        return settle(claim, { status: 'unknown', code: delivery.code });
      case 'degrade':
        onRetry?.(reply, delivery.code);
        log.warn({ replyId: reply.id, code: delivery.code, form: delivery.form }, 'reply refused as it was; sending it plainer');
        if (claim.attempt >= maxAttempts) return settle(claim, { status: 'dead', code: delivery.code });
        await store.retryReply(claim, now(), { form: delivery.form, address: delivery.address });
        return;
      case 'rejected': {
        const isLate = now() - claim.queuedAtMs > giveUpAfterMs;
        if (!delivery.retryable || claim.attempt >= maxAttempts || isLate) return settle(claim, { status: 'dead', code: delivery.code });
        onRetry?.(reply, delivery.code);
        const wait = backoffMs(claim.attempt, { baseMs: 1_000, capMs: 60_000, random: random() });
        await store.retryReply(claim, now() + Math.max(delivery.retryAfterMs ?? 0, wait), null);
        return;
      }
    }
  };

  return createPump(
    {
      claim: () => store.claimReply([outlet.name], now(), leaseMs),
      work: send,
      concurrency,
      pollMs,
      onWork: store.onWork.bind(store),
      log,
    },
    signal,
  );
}
