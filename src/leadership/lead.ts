import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../domain/log.ts';
import type { LeaseStore } from './store.ts';

export interface LeadOptions {
  readonly store: LeaseStore;
  /** What is led: `<channel>`. */
  readonly name: string;
  /** Names this process among all. */
  readonly holder: string;
  readonly log: Log;
  /** Whoever leads and is not heard of for so long leads no more. */
  readonly leaseMs?: number;
}

/** Well below the 10 s in which another process has to take over. */
const LEASE_MS = 6_000;
/** Tries within one lease: two may fail. */
const TRIES = 3;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Does something for as long as this process holds a lease, and again whenever it gets it anew; until `signal` aborts.
 *
 * The signal given to `work` aborts before the lease can have run out, so that no two processes are at work, however long the database is away; it is
 * measured by this process's own clock. `work` is not waited for.
 */
export async function lead(options: LeadOptions, work: (leading: AbortSignal) => void, signal: AbortSignal): Promise<void> {
  const { store, name, holder, log, leaseMs = LEASE_MS } = options;
  const pauseMs = leaseMs / TRIES;
  let leading: AbortController | null = null;
  let safeUntil = 0;
  const end = (): void => {
    leading?.abort();
    leading = null;
  };
  signal.addEventListener('abort', end, { once: true });
  while (!signal.aborted) {
    const askedAt = performance.now();
    const isMine = await Promise.race([
      store.take(name, holder, leaseMs).catch((error: unknown) => {
        log.warn({ name, reason: reasonOf(error) }, 'the lease could not be asked for');
        return null;
      }),
      // An answer that comes later is of no use.
      sleep(pauseMs, null, { ref: false }),
    ]);
    if (signal.aborted) break;
    // Counted from before the question: the lease has begun after it.
    if (isMine === true) safeUntil = askedAt + leaseMs - pauseMs;
    const mayLead = isMine ?? performance.now() < safeUntil;
    if (!mayLead && leading !== null) {
      log.warn({ name }, 'leads no more');
      end();
    }
    if (isMine === true && leading === null) {
      log.info({ name }, 'leads from now on');
      leading = new AbortController();
      work(leading.signal);
    }
    await sleep(Math.max(0, pauseMs - (performance.now() - askedAt)), undefined, { signal, ref: false }).catch(() => {});
  }
  end();
  await store.giveBack(name, holder).catch((error: unknown) => log.warn({ name, reason: reasonOf(error) }, 'the lease was not given back'));
}
