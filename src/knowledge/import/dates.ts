import { parseChineseNumeral } from '../../text/numerals.ts';

const DIGITS = '[〇零○ＯO一二三四五六七八九]';
/** A date as printed in official documents: 2024年3月15日, 二〇二四年三月十五日, 2024-03-15, 2024/3/15, 2024.3.15. */
export const DATE = `(?:\\d{4}\\s*年\\s*\\d{1,2}\\s*月\\s*\\d{1,2}\\s*日|${DIGITS}{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2})`;

/**
 * The ISO date of a printed one; null when it is none, or no day of the calendar.
 * @example isoDate('二〇二四年三月十五日') // → "2024-03-15"
 */
export function isoDate(printed: string): string | null {
  const match = /^(\d{4}|[^\d]{4})[年\-/.](\d{1,2}|[^\d]{1,3})[月\-/.](\d{1,2}|[^\d日]{1,3})日?$/.exec(printed.replaceAll(/\s/g, ''));
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(numberOf);
  if (year === undefined || month === undefined || day === undefined || [year, month, day].includes(Number.NaN)) return null;
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

const numberOf = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : (parseChineseNumeral(text.replaceAll(/[○ＯO]/g, '〇')) ?? Number.NaN);

/** The last day of a term of whole years that begins on a day: 2024-04-01 and 3 years → 2027-03-31. */
export function lastDayOfTerm(iso: string, years: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
