/**
 * A delay that doubles from one second to a minute, each with up to half of it taken off at random, so that many clients do not return at once.
 * @param attempt 0 for the first repeat
 */
export function backoffMs(attempt: number): number {
  const fullMs = Math.min(60_000, 1000 * 2 ** Math.min(attempt, 10));
  return fullMs * (1 - Math.random() / 2);
}

/** Waits; returns at once, without a fault, when the signal aborts. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
  });
}
