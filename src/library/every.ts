import type { Log } from '../domain/log.ts';

const FIRST_MS = 1_000;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Calls soon, and then again and again until it is stopped, never twice at once. The same fault is told once.
 * @param complaint what is logged of a fault
 * @returns the way to stop
 */
export function every(intervalMs: number, complaint: string, log: Pick<Log, 'error'>, work: () => Promise<unknown>): () => void {
  let isBusy = false;
  let lastFault: string | null = null;
  const run = (): void => {
    if (isBusy) return;
    isBusy = true;
    work()
      .then(
        () => (lastFault = null),
        (error: unknown) => {
          if (reasonOf(error) !== lastFault) log.error({ reason: reasonOf(error) }, complaint);
          lastFault = reasonOf(error);
        },
      )
      .finally(() => (isBusy = false));
  };
  const timer = setInterval(run, intervalMs);
  // What an earlier process has left does not wait for the first round.
  const first = setTimeout(run, Math.min(FIRST_MS, intervalMs));
  timer.unref();
  first.unref();
  return () => {
    clearInterval(timer);
    clearTimeout(first);
  };
}
