import type { DayRange } from '../../api/insight.ts';

export const SPANS = [7, 30, 90] as const;
const DEFAULT_SPAN = 30;
const DAY_MS = 86_400_000;
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** By the reader's own clock. */
export const today = (): string => new Intl.DateTimeFormat('en-CA').format(new Date());
const daysBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
export const lastDays = (span: number): DayRange => ({ from: daysBefore(today(), span - 1), to: today() });

export const isDay = (text: string): boolean => ISO.test(text);

/** The days an address names; the last 30 when it names none. */
export function rangeIn(parameters: URLSearchParams): DayRange {
  const [from, to] = [parameters.get('from') ?? '', parameters.get('to') ?? ''];
  return isDay(from) && isDay(to) && from <= to ? { from, to } : lastDays(DEFAULT_SPAN);
}
