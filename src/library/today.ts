import { dayIn } from '../domain/day.ts';

const MINUTE_MS = 60_000;

/** The day by a clock, cheap enough to be asked with every question: days begin with a minute in every time zone. */
export function dayClock(timeZone: string, now: () => number): () => string {
  let minute = Number.NaN;
  let today = '';
  return () => {
    const nowMs = now();
    const current = Math.floor(nowMs / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      today = dayIn(timeZone, nowMs);
    }
    return today;
  };
}
