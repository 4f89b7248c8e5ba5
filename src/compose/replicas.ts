import type { Channel } from '../channels/channel.ts';
import { countInMemory, type RateCounts } from '../conversations/rate-limit.ts';
import type { Log } from '../domain/log.ts';
import { announcePresence } from '../leadership/presence.ts';
import type { SqlStore } from '../storage/sql-store.ts';
import { exclusive, type ExclusiveChannel } from './exclusive.ts';

export interface ReplicaTuning {
  readonly leaseMs?: number;
}

export interface ReplicaParts {
  readonly store: Pick<SqlStore, 'leases' | 'rates'>;
  /** A file has one owner; a database server may have many processes. */
  readonly kind: 'sqlite' | 'postgres';
  readonly channels: readonly Channel[];
  /** Names this process among all. */
  readonly holder: string;
  readonly log: Log;
}

/** What several processes on one database have to agree on. */
export interface Replicas {
  readonly channels: readonly Channel[];
  readonly rates: RateCounts;
  /** Processes at work. */
  readonly count: () => number;
  /** Resolves when this one has taken its leave, after the signal aborted. */
  readonly ended: () => Promise<unknown>;
}

export function composeReplicas(
  { store, kind, channels, holder, log }: ReplicaParts,
  { leaseMs }: ReplicaTuning = {},
  signal: AbortSignal,
): Replicas {
  if (kind === 'sqlite') return { channels, rates: countInMemory(), count: () => 1, ended: async () => {} };
  const options = { store: store.leases, holder, log, ...(leaseMs !== undefined && { leaseMs, everyMs: leaseMs / 3 }) };
  const presence = announcePresence(options, signal);
  const led: ExclusiveChannel[] = [];
  const shared = channels.map((channel) => {
    // One that its platform calls may be called anywhere.
    if (channel.webhook !== null) return channel;
    const one = exclusive(channel, options);
    led.push(one);
    return one;
  });
  return {
    channels: shared,
    rates: store.rates,
    count: presence.count,
    ended: () => Promise.all([presence.ended, ...led.map((channel) => channel.ended())]),
  };
}
