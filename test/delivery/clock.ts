import { onTestFinished, vi } from 'vitest';
import type { Log } from '../../src/domain/log.ts';
import { T0 } from '../storage/messages.ts';

/** Sets the clock of the test in hand to `T0`; it moves with `pass` only. */
export function stopClock(): void {
  vi.useFakeTimers({ now: T0 });
  onTestFinished(() => void vi.useRealTimers());
}

/** Lets time pass, and everything due in it happen. */
export const pass = async (ms = 0): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms));

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
