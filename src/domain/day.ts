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
