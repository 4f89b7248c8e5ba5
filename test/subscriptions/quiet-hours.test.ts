import { describe, expect, it } from 'vitest';
import { dueAt, type NewsHours, readNewsHours } from '../../src/subscriptions/quiet-hours.ts';

const HOURS: NewsHours = { quietFrom: '21:00', quietUntil: '08:00', dailyAt: '09:00' };
const ZONE = 'Asia/Shanghai';
const at = (iso: string): number => Date.parse(`${iso}+08:00`);

describe('news', () => {
  it.each([
    ['2026-11-23T20:59:59', '2026-11-23T20:59:59'],
    ['2026-11-23T21:00:00', '2026-11-24T08:00:00'],
    ['2026-11-23T23:30:42', '2026-11-24T08:00:00'],
    ['2026-11-24T00:00:00', '2026-11-24T08:00:00'],
    ['2026-11-24T07:59:59', '2026-11-24T08:00:00'],
    ['2026-11-24T08:00:00', '2026-11-24T08:00:00'],
  ])('told at once, of %s, go out at %s', (now, due) => {
    expect(dueAt('at-once', at(now), HOURS, ZONE)).toBe(at(due));
  });

  it.each([
    ['2026-11-23T08:59:30', '2026-11-23T09:00:00'],
    ['2026-11-23T09:00:30', '2026-11-23T09:00:30'],
    ['2026-11-23T09:01:00', '2026-11-24T09:00:00'],
    ['2026-11-23T22:00:00', '2026-11-24T09:00:00'],
  ])('told daily, of %s, go out at %s', (now, due) => {
    expect(dueAt('daily', at(now), HOURS, ZONE)).toBe(at(due));
  });

  it('may have quiet hours at noon, or none', () => {
    const noon = { ...HOURS, quietFrom: '12:00', quietUntil: '14:00' };
    expect(dueAt('at-once', at('2026-11-23T12:30:00'), noon, ZONE)).toBe(at('2026-11-23T14:00:00'));
    expect(dueAt('at-once', at('2026-11-23T23:30:00'), noon, ZONE)).toBe(at('2026-11-23T23:30:00'));
    const never = { ...HOURS, quietUntil: '21:00' };
    expect(dueAt('at-once', at('2026-11-23T21:00:00'), never, ZONE)).toBe(at('2026-11-23T21:00:00'));
  });

  it('keep the usual hours until others are set', () => {
    expect(readNewsHours(null)).toEqual(HOURS);
    expect(readNewsHours('{"quietFrom":"22:30"}')).toEqual({ ...HOURS, quietFrom: '22:30' });
  });
});
