import type { Pace } from '../domain/subscription.ts';
import { minuteOf, wallTime } from '../domain/wall-time.ts';

/** When people are not disturbed, and when the news of a day come together. `HH:MM` in the house's time zone. */
export interface NewsHours {
  /** Quiet from here on … */
  readonly quietFrom: string;
  /** … until here, the next morning; the same as `quietFrom`: never quiet. */
  readonly quietUntil: string;
  readonly dailyAt: string;
}

/** Name of the setting that holds them, as JSON. */
export const NEWS_HOURS_SETTING = 'news-hours';

const USUAL: NewsHours = { quietFrom: '21:00', quietUntil: '08:00', dailyAt: '09:00' };

export const readNewsHours = (json: string | null): NewsHours =>
  json === null ? USUAL : { ...USUAL, ...(JSON.parse(json) as Partial<NewsHours>) };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Minutes from one time of day to the next time it is another; 0 when it is that already. */
const minutesUntil = (minute: number, target: number): number => (target - minute + DAY_MINUTES) % DAY_MINUTES;

function isQuiet(minute: number, { quietFrom, quietUntil }: NewsHours): boolean {
  const [from, until] = [minuteOf(quietFrom), minuteOf(quietUntil)];
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** When news may go out, epoch milliseconds: now, when quiet hours end, or at the time of the daily news. */
export function dueAt(pace: Pace, nowMs: number, hours: NewsHours, timeZone: string): number {
  const { minute } = wallTime(nowMs, timeZone);
  const waitMinutes =
    pace === 'daily'
      ? minutesUntil(minute, minuteOf(hours.dailyAt))
      : isQuiet(minute, hours)
        ? minutesUntil(minute, minuteOf(hours.quietUntil))
        : 0;
  if (waitMinutes === 0) return nowMs;
  return Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + waitMinutes * MINUTE_MS;
}
