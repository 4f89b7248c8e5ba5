const DATE_TIME = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
const DATE = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium' });

/** @example moment(1763863200000) // → '2025年11月23日 10:00', by the reader's own clock */
export const moment = (atMs: number): string => DATE_TIME.format(atMs);
export const day = (atMs: number): string => DATE.format(atMs);

/** @example share(0.954) // → '95.4%'; null is a dash */
export const share = (value: number | null): string => (value === null ? '—' : `${(value * 100).toFixed(1)}%`);

/** @example bytes(1536) // → '1.5 KB' */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1024 / 1024).toFixed(1)} MB`;
}

/** What a `datetime-local` field holds, as epoch milliseconds; null when it holds nothing that is a time. */
export function readLocal(value: string): number | null {
  const atMs = new Date(value).getTime();
  return Number.isNaN(atMs) ? null : atMs;
}
/** Epoch milliseconds as a `datetime-local` field holds them. */
export function writeLocal(atMs: number): string {
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
