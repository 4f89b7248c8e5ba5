import type { Channel } from '../channels/channel.ts';
import { countInMemory, type RateCounts } from '../conversations/rate-limit.ts';
import type { Log } from '../domain/log.ts';
import { announcePresence, PRESENCE } from '../leadership/presence.ts';
import type { SqlStore } from '../storage/sql-store.ts';
import { exclusive, type ExclusiveChannel } from './exclusive.ts';

export interface ReplicaTuning {
  readonly leaseMs?: number;
}

export interface ReplicaParts {
  readonly store: Pick<SqlStore, 'leases' | 'rates' | 'releaseLeasesOfGone'>;
  /** A file has one owner; a database server may have many processes. */
  readonly kind: 'sqlite' | 'postgres';
  readonly channels: readonly Channel[];
  /** Names this process among all, in the tokens of the store too. */
  readonly holder: string;
  readonly now: () => number;
  readonly log: Log;
}

/** What several processes on one database have to agree on. */
export interface Replicas {
  readonly channels: readonly Channel[];
  readonly rates: RateCounts;
  /** Processes at work. */
  readonly count: () => number;
  /** Resolves when the others know of this one; before, it takes nothing in hand. */
  readonly seen: Promise<void>;
  /** Takes leave of the others: to be called when nothing is in hand any more. */
  readonly leave: () => Promise<unknown>;
}

const LEASE_MS = 6_000;

export function composeReplicas(
  { store, kind, channels, holder, now, log }: ReplicaParts,
  { leaseMs = LEASE_MS }: ReplicaTuning = {},
): Replicas {
  if (kind === 'sqlite') {
    return { channels, rates: countInMemory(), count: () => 1, seen: Promise.resolve(), leave: async () => {} };
  }
  const leaving = new AbortController();
  const options = { store: store.leases, holder, log, leaseMs };
  const everyMs = leaseMs / 3;
  const release = async (): Promise<void> => {
    const released = await store.releaseLeasesOfGone(PRESENCE, now());
    if (released > 0) log.warn({ released }, 'another process has gone; going on with what it had in hand');
  };
  const presence = announcePresence(
    {
      ...options,
      everyMs,
      /** After an absence of the database all look gone: so each first lives for as long as the others may keep silent. */
      onSeen(present) {
        const timer = setInterval(() => {
          if (performance.now() - sinceMs > leaseMs)
            release().catch((error: unknown) => log.warn({ reason: String(error) }, 'nothing was taken over'));
        }, everyMs).unref();
        const sinceMs = performance.now();
        present.addEventListener('abort', () => clearInterval(timer), { once: true });
      },
    },
    leaving.signal,
  );
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
    count: () => presence.count(),
    seen: presence.seen,
    async leave() {
      leaving.abort();
      await Promise.all([presence.ended, ...led.map((channel) => channel.ended())]);
    },
  };
}
