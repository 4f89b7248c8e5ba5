/**
 * The day at a time in a time zone, ISO.
 * @param timeZone IANA name
 * @example todayIn('Asia/Shanghai', Date.UTC(2026, 10, 23, 16)) // → '2026-11-24'
 */
export function todayIn(timeZone: string, nowMs: number): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(nowMs);
}

const formats = new Map<string, Intl.DateTimeFormat>();

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
      today = todayIn(timeZone, nowMs);
    }
    return today;
  };
}
