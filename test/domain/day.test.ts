import { describe, expect, it } from 'vitest';
import { dayIn } from '../../src/domain/day.ts';

describe('the day a moment falls on', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-23T15:59:59Z', '2026-11-23'],
    ['Asia/Shanghai', '2026-11-23T16:00:00Z', '2026-11-24'],
    ['UTC', '2026-01-05T00:00:00Z', '2026-01-05'],
    ['America/New_York', '2026-01-05T00:00:00Z', '2026-01-04'],
  ])('is that of the clocks there: %s, %s', (timeZone, moment, day) => {
    expect(dayIn(timeZone, Date.parse(moment))).toBe(day);
  });
});
