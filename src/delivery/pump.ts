import type { Log } from '../domain/log.ts';

export interface PumpOptions<Item> {
  /** The next item, or null when there is none now. */
  readonly claim: () => Promise<Item | null>;
  /** Resolves to the milliseconds after which the item will be due again, or null when it is done with. */
  readonly work: (item: Item) => Promise<number | null>;
  readonly concurrency: number;
  /** How often to look although nobody called: the safety net under `onWork`. */
  readonly pollMs: number;
  readonly onWork: (listener: () => void) => () => void;
  readonly log: Log;
}

export interface Pump {
  /** Resolves after the abort, once the work in hand is finished. */
  readonly stopped: Promise<void>;
}

/** Keeps up to `concurrency` items in work for as long as there are any; sleeps in between. A failing item or store never stops it. */
export function createPump<Item>({ claim, work, concurrency, pollMs, onWork, log }: PumpOptions<Item>, signal: AbortSignal): Pump {
  let wake: () => void = () => {};
  let hasCall = false;
  const call = (): void => {
    hasCall = true;
    wake();
  };
  const sleep = (): Promise<void> =>
    new Promise((resolve) => {
      if (hasCall || signal.aborted) return resolve();
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    const unsubscribe = onWork(call);
    signal.addEventListener('abort', call, { once: true });
    const inHand = new Set<Promise<void>>();
    while (!signal.aborted) {
      hasCall = false;
      let item: Item | null = null;
      try {
        item = inHand.size < concurrency ? await claim() : null;
      } catch (error) {
        log.error({ reason: error instanceof Error ? error.message : String(error) }, 'the store could not be read; trying again');
      }
      if (item === null) {
        await sleep();
        continue;
      }
      const task = work(item)
        .then((againAfterMs) => void (againAfterMs !== null && setTimeout(call, againAfterMs).unref()))
        .catch((error: unknown) => log.error({ reason: error instanceof Error ? error.message : String(error) }, 'work in hand failed'))
        .finally(() => {
          inHand.delete(task);
          call();
        });
      inHand.add(task);
    }
    unsubscribe();
    await Promise.all(inHand);
  };
  return { stopped: run() };
}
