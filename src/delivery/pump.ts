import type { Log } from '../domain/log.ts';

export interface PumpOptions<Item> {
  /** Up to `limit` items, as many as there are now. */
  readonly claim: (limit: number) => Promise<readonly Item[]>;
  /** Resolves to the milliseconds after which the item will be due again, or null when it is done with. */
  readonly work: (item: Item) => Promise<number | null>;
  readonly concurrency: number;
  /** With fewer than these in hand or on their way here, what comes is taken at once; with more, other processes are to look as well. */
  readonly keeps: number;
  /** How often to look although nobody called: the safety net under `onWork`. */
  readonly pollMs: number;
  readonly onWork: (listener: () => boolean) => () => void;
  readonly log: Log;
}

export interface Pump {
  /** Resolves after the abort, once the work in hand is finished. */
  readonly stopped: Promise<void>;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** After everything else that is due has been looked at. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Keeps up to `concurrency` items in work for as long as there are any; sleeps in between. A failing item or store never stops it. */
export function createPump<Item>({ claim, work, concurrency, keeps, pollMs, onWork, log }: PumpOptions<Item>, signal: AbortSignal): Pump {
  let wake: () => void = () => {};
  let hasCall = false;
  const call = (): void => {
    hasCall = true;
    wake();
  };
  const sleep = async (): Promise<void> => {
    if (!hasCall && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, pollMs);
      wake = resolve;
      await promise;
      clearTimeout(timer);
    }
    // What ends and what arrives at the same time makes one look, not one each.
    if (!signal.aborted) await nextTurn();
  };

  const inHand = new Set<Promise<void>>();
  /** Whether the last look may have left something behind, for want of hands. */
  let isMoreLikely = false;
  const start = (item: Item): void => {
    const task = work(item)
      .then((againAfterMs) => void (againAfterMs !== null && setTimeout(call, againAfterMs).unref()))
      .catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'work in hand failed'))
      .finally(() => {
        inHand.delete(task);
        if (isMoreLikely || signal.aborted) call();
      });
    inHand.add(task);
  };

  /** Called for since the last look. */
  let expected = 0;
  const take = (): boolean => {
    call();
    return !signal.aborted && inHand.size + expected++ < keeps;
  };

  const run = async (): Promise<void> => {
    const unsubscribe = onWork(take);
    signal.addEventListener('abort', call, { once: true });
    while (!signal.aborted) {
      hasCall = false;
      expected = 0;
      const room = concurrency - inHand.size;
      isMoreLikely = true;
      try {
        const items = room > 0 ? await claim(room) : [];
        isMoreLikely = items.length === room;
        for (const item of items) start(item);
      } catch (error) {
        log.error({ reason: reasonOf(error) }, 'the store could not be read; trying again');
      }
      await sleep();
    }
    unsubscribe();
    await Promise.all(inHand);
  };
  return { stopped: run() };
}
