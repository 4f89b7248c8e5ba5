import type { BusinessHours } from '../domain/desk.ts';
import { minuteOf, type WallTime, wallTime } from '../domain/wall-time.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Longest stretch looked ahead: a desk that is closed for longer is taken to be always open. */
const MAX_DAYS = 60;

const isWorkingDay = ({ days, closedOn, openOn }: BusinessHours, { day, weekday }: WallTime): boolean =>
  openOn.includes(day) || (days.includes(weekday) && !closedOn.includes(day));

/** Whether somebody is there. @param hours null: always */
export function isOpenAt(hours: BusinessHours | null, atMs: number, timeZone: string): boolean {
  if (hours === null) return true;
  const wall = wallTime(atMs, timeZone);
  return isWorkingDay(hours, wall) && wall.minute >= minuteOf(hours.from) && wall.minute < minuteOf(hours.until);
}

/**
 * The time so many minutes of business hours after another, in epoch milliseconds: "two hours" from Friday 17:00 is Monday 10:30 for a desk open
 * from 9:00 to 17:30.
 */
export function afterBusinessMinutes(hours: BusinessHours | null, fromMs: number, minutes: number, timeZone: string): number {
  const straight = fromMs + minutes * MINUTE_MS;
  if (hours === null) return straight;
  const [opens, closes] = [minuteOf(hours.from), minuteOf(hours.until)];
  let atMs = fromMs;
  let left = minutes;
  for (let day = 0; day < MAX_DAYS; day++) {
    const wall = wallTime(atMs, timeZone);
    const start = Math.max(wall.minute, opens);
    if (isWorkingDay(hours, wall) && start < closes) {
      const beginsMs = atMs + (start - wall.minute) * MINUTE_MS;
      if (left <= closes - start) return beginsMs + left * MINUTE_MS;
      left -= closes - start;
    }
    // On to the next midnight; where the clock is put forward or back, the wall is read anew there.
    atMs += (DAY_MINUTES - wall.minute) * MINUTE_MS;
    atMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  }
  return straight;
}
