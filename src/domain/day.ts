const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The day a moment falls on in a time zone, ISO.
 * @param timeZone IANA name @param atMs epoch milliseconds
 * @example dayIn('Asia/Shanghai', Date.UTC(2026, 10, 23, 16)) // → '2026-11-24'
 */
export function dayIn(timeZone: string, atMs: number): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(atMs);
}

const DAY_MS = 86_400_000;

/** @example addDays('2026-11-23', 30) // → '2026-12-23' */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between two days, both included. */
export const countDays = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

/** The days of a range, both ends included. */
export const daysIn = (from: string, to: string): readonly string[] =>
  Array.from({ length: Math.max(0, countDays(from, to)) }, (_, at) => addDays(from, at));
