import { describe, expect, it } from 'vitest';
import { applicationTime } from '../../src/domain/policy-facts.ts';

describe('the time to apply, in words', () => {
  it.each([
    ['2026-03-01', '2026-04-30', '2026-03-01至2026-04-30', '2026-03-01 至 2026-04-30'],
    [null, '2026-04-30', '截至2026-04-30', '截至 2026-04-30'],
    ['2026-03-01', null, '2026-03-01起', '2026-03-01 起'],
    [null, null, null, null],
  ])('from %s until %s', (applyFrom, applyUntil, inText, onCard) => {
    expect(applicationTime({ applyFrom, applyUntil })).toBe(inText);
    expect(applicationTime({ applyFrom, applyUntil }, ' ')).toBe(onCard);
  });
});
