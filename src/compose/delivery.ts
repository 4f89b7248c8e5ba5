import type { Channel } from '../channels/channel.ts';
import { apologyNotice } from '../conversations/notices.ts';
import type { Pump } from '../delivery/pump.ts';
import { type Outlet, runSender, type SenderOptions } from '../delivery/sender.ts';
import type { DeliveryStore } from '../delivery/store.ts';
import { runWorker, type WorkerOptions } from '../delivery/worker.ts';
import type { Log } from '../domain/log.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Tracing } from '../domain/tracing.ts';
import type { Metrics } from '../observability/metrics.ts';

export interface DeliveryTuning {
  readonly worker?: Pick<WorkerOptions, 'concurrency' | 'staleAfterMs' | 'maxAttempts' | 'pollMs' | 'retryBaseMs'>;
  readonly sender?: Pick<SenderOptions, 'concurrency' | 'maxAttempts' | 'pollMs' | 'retryBaseMs'>;
  /** Sends as fast as the other side takes it; no platform would stand for that. */
  readonly isUnpaced?: boolean;
}

export interface DeliveryParts {
  readonly store: DeliveryStore;
  readonly channels: readonly Channel[];
  readonly handle: WorkerOptions['handle'];
  readonly limitOf: WorkerOptions['limitOf'];
  /** Processes at work on the same store. */
  readonly senders: () => number;
  readonly staffContact: string;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

/** How much one message of a channel holds. */
export const limitsOf =
  (channels: readonly Channel[]): WorkerOptions['limitOf'] =>
  (name: ChannelName) =>
    channels.find((channel) => channel.name === name)?.limits ?? { maxText: 4_000, textUnit: 'utf16' };

/** Starts the worker and a sender for each channel; nothing when there is no channel. */
export function startDelivery(
  { store, channels, handle, limitOf, senders, staffContact, metrics, tracing, now, newId, log }: DeliveryParts,
  tuning: DeliveryTuning,
  signal: AbortSignal,
): Pump[] {
  if (channels.length === 0) return [];
  const shared = { store, now, random: Math.random, log, tracing };
  return [
    runWorker(
      {
        ...shared,
        ...tuning.worker,
        handle,
        limitOf,
        apology: apologyNotice(staffContact),
        newId,
        onEnd: ({ channel }, outcome, tookMs) => metrics.messageEnded(channel, outcome, tookMs),
      },
      signal,
    ),
    ...channels.map((channel) =>
      runSender(
        {
          ...shared,
          ...tuning.sender,
          senders,
          outlet: tuning.isUnpaced ? unpaced(channel) : channel,
          onEnd: (reply, status, tookMs) => metrics.replyEnded(reply.channel, status, tookMs),
          onRetry: (reply, code) => metrics.replyRetried(reply.channel, code),
        },
        signal,
      ),
    ),
  ];
}

const unpaced = (channel: Channel): Outlet => ({
  name: channel.name,
  limits: { chatIntervalMs: { private: 0, group: 0 }, sendsPerSecond: Number.POSITIVE_INFINITY },
  send: (reply, signal) => channel.send(reply, signal),
});
