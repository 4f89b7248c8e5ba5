import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '../../src/domain/desk.ts';
import { afterBusinessMinutes, isOpenAt } from '../../src/hand-off/hours.ts';

const ZONE = 'Asia/Shanghai';
const at = (time: string): number => Date.parse(`${time}:00+08:00`);
/** Weekdays from 9:00 to 17:30; a Tuesday off, a Saturday worked. */
const OFFICE: BusinessHours = {
  days: [1, 2, 3, 4, 5],
  from: '09:00',
  until: '17:30',
  closedOn: ['2026-11-24'],
  openOn: ['2026-11-28'],
};

describe('business hours', () => {
  it.each([
    ['2026-11-23T09:00', true],
    ['2026-11-23T08:59', false],
    ['2026-11-23T17:30', false],
    ['2026-11-24T10:00', false],
    ['2026-11-28T10:00', true],
    ['2026-11-29T10:00', false],
  ])('at %s: %s', (time, isOpen) => {
    expect(isOpenAt(OFFICE, at(time), ZONE)).toBe(isOpen);
  });

  it.each([
    ['2026-11-23T10:00', 120, '2026-11-23T12:00'],
    // Over night, the day off included.
    ['2026-11-23T17:00', 60, '2026-11-25T09:30'],
    ['2026-11-24T12:00', 30, '2026-11-25T09:30'],
    // Friday evening: the Saturday is worked.
    ['2026-11-27T20:00', 15, '2026-11-28T09:15'],
    ['2026-11-23T07:00', 510, '2026-11-23T17:30'],
  ])('from %s, %i minutes later it is %s', (from, minutes, until) => {
    expect(afterBusinessMinutes(OFFICE, at(from), minutes, ZONE)).toBe(at(until));
  });

  it('without any are always', () => {
    expect(isOpenAt(null, at('2026-11-29T03:00'), ZONE)).toBe(true);
    expect(afterBusinessMinutes(null, at('2026-11-29T03:00'), 90, ZONE)).toBe(at('2026-11-29T04:30'));
  });

  it('that never open do not hold anything up for ever', () => {
    const never = { ...OFFICE, days: [], openOn: [] };
    expect(afterBusinessMinutes(never, at('2026-11-23T10:00'), 60, ZONE)).toBe(at('2026-11-23T11:00'));
  });

  it('end where somebody is there, in any zone, also where clocks are put forward and back', () => {
    const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'];
    const hours = { ...OFFICE, closedOn: [], openOn: [] };
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00') }),
        fc.integer({ min: 0, max: 3_000 }),
        fc.constantFrom(...zones),
        (from, minutes, zone) => {
          const until = afterBusinessMinutes(hours, from, minutes, zone);
          expect(until).toBeGreaterThanOrEqual(from - 60_000);
          // The last minute of it is one of business.
          if (minutes > 0) expect(isOpenAt(hours, until - 60_000, zone)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
