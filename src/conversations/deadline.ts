/** A time by which work must be done that others would otherwise wait for. */
export interface Deadline {
  /** What the work gives, or null when it fails or is not done in time. Never rejects; the work goes on unheeded. */
  meet<T>(work: (signal: AbortSignal) => Promise<T | null>): Promise<T | null>;
  /** Lets the clock go. */
  end(): void;
}

/** @example const deadline = startDeadline(4_000); try { return await deadline.meet((signal) => ask(signal)); } finally { deadline.end(); } */
export function startDeadline(ms: number): Deadline {
  const passed = new AbortController();
  const timer = setTimeout(() => passed.abort(new DOMException('The deadline passed', 'TimeoutError')), ms);
  const { signal } = passed;
  return {
    async meet(work) {
      if (signal.aborted) return null;
      const { promise, resolve } = Promise.withResolvers<null>();
      const giveUp = (): void => resolve(null);
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        return await Promise.race([work(signal), promise]);
      } catch {
        return null;
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
    end: () => clearTimeout(timer),
  };
}
