import { onTestFinished, vi } from 'vitest';
import type { Log } from '../../src/domain/log.ts';
import { T0 } from '../storage/messages.ts';

/** Sets the clock of the test in hand to `T0`; it moves with `pass` only. Turns of the process are real: they take no time. */
export function stopClock(): void {
  vi.useFakeTimers({ now: T0, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets time pass, from timer to timer, and everything due in it happen. */
export async function pass(ms = 0): Promise<void> {
  await settle();
  const endMs = Date.now() + ms;
  const end = setTimeout(() => {}, ms);
  while (Date.now() < endMs) {
    await vi.advanceTimersToNextTimerAsync();
    await settle();
  }
  clearTimeout(end);
  // What became due at the last moment, also by what happened then.
  await vi.advanceTimersByTimeAsync(0);
  await settle();
}

/** A promise and the way to end it. */
export function gate<T = void>(): { readonly opened: Promise<T>; open: (value: T) => void; fail: (error: Error) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { opened: promise, open: resolve, fail: reject };
}

/** Stands in for `node:timers/promises`, so that its sleep keeps to the clock of the test. */
export const timersPromises = {
  setTimeout: (ms: number, value?: unknown, options?: { signal?: AbortSignal }): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(value), ms);
      const stop = (): void => {
        clearTimeout(timer);
        reject(new DOMException('aborted', 'AbortError'));
      };
      options?.signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** A log whose messages can be read back. */
export function logBook(): Log & { readonly entries: string[] } {
  const entries: string[] = [];
  const write =
    (level: string) =>
    (_: object, message: string): void =>
      void entries.push(`${level}: ${message}`);
  return { entries, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
