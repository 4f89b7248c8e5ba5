import { addDays } from '../domain/day.ts';
import { minuteOf, wallTime } from '../domain/wall-time.ts';
import type { DayRange } from './store.ts';

/** When staff get the digest of the week before. */
export interface DigestPlan {
  readonly isOn: boolean;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** `HH:MM` in the house's time zone. */
  readonly time: string;
}

/** Name of the setting that holds it, as JSON. */
export const DIGEST_SETTING = 'digest';

const USUAL: DigestPlan = { isOn: true, weekday: 1, time: '09:00' };

/** What is set; where nothing is, Mondays at nine. */
export const readDigestPlan = (json: string | null): DigestPlan =>
  json === null ? USUAL : { ...USUAL, ...(JSON.parse(json) as Partial<DigestPlan>) };

const WEEK_DAYS = 7;
/** A digest that could not be sent in time is sent later, but not long after. */
const LATE_DAYS = 2;

/** The digest that is due: for which day, over which week. Null: none now. */
export function digestDue(
  { isOn, weekday, time }: DigestPlan,
  nowMs: number,
  timeZone: string,
): { readonly day: string; readonly range: DayRange } | null {
  if (!isOn) return null;
  const wall = wallTime(nowMs, timeZone);
  const daysLate = (wall.weekday - weekday + WEEK_DAYS) % WEEK_DAYS;
  if (daysLate > LATE_DAYS || (daysLate === 0 && wall.minute < minuteOf(time))) return null;
  const day = addDays(wall.day, -daysLate);
  return { day, range: weekBefore(day) };
}

/** The seven days before a day. */
export const weekBefore = (day: string): DayRange => ({ from: addDays(day, -WEEK_DAYS), to: addDays(day, -1) });
