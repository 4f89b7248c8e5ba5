import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lead } from '../../src/leadership/lead.ts';
import { announcePresence } from '../../src/leadership/presence.ts';
import type { LeaseStore } from '../../src/leadership/store.ts';
import { silent } from '../support/running.ts';

const LEASE_MS = 60;

/** Leases in memory, of processes that can be cut off from them. */
function createLeases() {
  const held = new Map<string, { holder: string; until: number }>();
  const away = new Set<string>();
  const of = (holder: string): LeaseStore => {
    const reach = (): void => {
      if (away.has(holder)) throw new Error('the database is away');
    };
    return {
      async take(name, by, leaseMs) {
        reach();
        const now = held.get(name);
        if (now && now.holder !== by && now.until >= performance.now()) return false;
        held.set(name, { holder: by, until: performance.now() + leaseMs });
        return true;
      },
      async giveBack(name, by) {
        reach();
        if (held.get(name)?.holder === by) held.delete(name);
      },
      async count(prefix) {
        return [...held].filter(([name, { until }]) => name.startsWith(prefix) && until >= performance.now()).length;
      },
    };
  };
  return { of, away, held };
}

/** A process that wants to lead; says whether it is at work. */
function contender(leases: ReturnType<typeof createLeases>, holder: string) {
  const stop = new AbortController();
  let working: AbortSignal | null = null;
  let terms = 0;
  const ended = lead(
    { store: leases.of(holder), name: 'channel/x', holder, log: silent, leaseMs: LEASE_MS },
    (signal) => {
      working = signal;
      terms++;
    },
    stop.signal,
  );
  onTestFinished(() => stop.abort());
  return {
    isAtWork: () => working !== null && !working.aborted,
    terms: () => terms,
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}
const until = (check: () => boolean): Promise<void> => vi.waitFor(() => expect(check()).toBe(true), { timeout: 10_000, interval: 2 });

describe('leading', () => {
  it('is for one, and for the next when that one ends', async () => {
    const leases = createLeases();
    const a = contender(leases, 'a');
    await until(a.isAtWork);
    const b = contender(leases, 'b');
    await sleep(3 * LEASE_MS);
    expect([a.isAtWork(), b.isAtWork(), a.terms()]).toEqual([true, false, 1]);
    await a.stop();
    expect([a.isAtWork(), leases.held.get('channel/x')?.holder]).toEqual([false, undefined]);
    await until(b.isAtWork);
    await b.stop();
    expect(leases.held.size).toBe(0);
  });

  it('ends before another can lead when the database is away, and begins anew when it is back', async () => {
    const leases = createLeases();
    const a = contender(leases, 'a');
    await until(a.isAtWork);
    const b = contender(leases, 'b');
    // At no time are both at work.
    let both = 0;
    const watch = setInterval(() => void (a.isAtWork() && b.isAtWork() && both++), 1);
    leases.away.add('a');
    await until(b.isAtWork);
    expect(a.isAtWork()).toBe(false);
    leases.away.delete('a');
    await b.stop();
    await until(a.isAtWork);
    clearInterval(watch);
    expect([both, a.terms()]).toEqual([0, 2]);
    leases.away.add('a');
    // Leaves all the same.
    await a.stop();
  });

  it('goes on while the database is away for a moment', async () => {
    const leases = createLeases();
    const asked = vi.fn();
    const store = leases.of('a');
    let failures = 0;
    const stop = new AbortController();
    const flaky: LeaseStore = {
      ...store,
      async take(...args) {
        asked();
        if (asked.mock.calls.length === 2 && failures++ === 0) throw new Error('away');
        return store.take(...args);
      },
    };
    const begun = vi.fn();
    const ended = lead({ store: flaky, name: 'x', holder: 'a', log: silent, leaseMs: 3_000 }, begun, stop.signal);
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
    expect([failures, begun.mock.calls.length, (begun.mock.calls[0]![0] as AbortSignal).aborted]).toEqual([1, 1, false]);
    stop.abort();
    await ended;
  });
});

describe('presence', () => {
  it('knows how many are at work', async () => {
    const leases = createLeases();
    const start = (holder: string) => {
      const stop = new AbortController();
      onTestFinished(() => stop.abort());
      const presence = announcePresence({ store: leases.of(holder), holder, log: silent, leaseMs: LEASE_MS, everyMs: 5 }, stop.signal);
      return { presence, stop };
    };
    const [a, b] = [start('a'), start('b')];
    await until(() => a.presence.count() === 2 && b.presence.count() === 2);
    b.stop.abort();
    await b.presence.ended;
    await until(() => a.presence.count() === 1);
    a.stop.abort();
    await a.presence.ended;
    expect(leases.held.size).toBe(0);
  });
});
