import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/models/budget.ts';
import { temporaryFolder } from '../support/config.ts';

const NOON = Date.UTC(2024, 5, 30, 12);
const HOUR_MS = 3_600_000;

describe('a budget', () => {
  it('gives until the day is used up', () => {
    const budget = createBudget({ tokensPerDay: 100, now: () => NOON, file: null });
    expect(budget.reserve(60)).not.toBeNull();
    expect(budget.reserve(60)).toBeNull();
    expect(budget.reserve(40)).not.toBeNull();
    expect(budget.reserve(1)).toBeNull();
  });

  it('counts what a call took in place of what was set aside, more or less', () => {
    const budget = createBudget({ tokensPerDay: 100, now: () => NOON, file: null });
    budget.reserve(60)!.settle(10);
    expect(budget.usedToday()).toBe(10);
    budget.reserve(60)!.settle(95);
    expect(budget.usedToday()).toBe(105);
    expect(budget.reserve(0)).toBeNull();
  });

  it('is whole again at midnight UTC; a call over midnight is not charged to the new day', () => {
    let nowMs = NOON;
    const budget = createBudget({ tokensPerDay: 100, now: () => nowMs, file: null });
    const overnight = budget.reserve(100)!;
    nowMs = NOON + 12 * HOUR_MS;
    expect(budget.usedToday()).toBe(0);
    overnight.settle(500);
    expect(budget.usedToday()).toBe(0);
    expect(budget.reserve(100)).not.toBeNull();
  });

  it('of nothing gives nothing', () => {
    expect(createBudget({ tokensPerDay: 0, now: () => NOON, file: null }).reserve(1)).toBeNull();
  });

  it('outlives a restart, on the same day', () => {
    const file = join(temporaryFolder(), 'models', 'budget.json');
    createBudget({ tokensPerDay: 100, now: () => NOON, file })
      .reserve(70)!
      .settle(80);
    expect(createBudget({ tokensPerDay: 100, now: () => NOON + HOUR_MS, file }).usedToday()).toBe(80);
    expect(createBudget({ tokensPerDay: 100, now: () => NOON + 12 * HOUR_MS, file }).usedToday()).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ day: '2024-06-30', used: 80 });
  });

  it.each(['', 'null', '{"day":1,"used":2}', '{"day":"2024-06-30","used":-5}', '[', '{"day":"2024-06-30"}'])(
    'reads no nonsense: %s',
    (content) => {
      const file = join(temporaryFolder(), 'budget.json');
      writeFileSync(file, content);
      expect(createBudget({ tokensPerDay: 100, now: () => NOON, file }).usedToday()).toBe(0);
    },
  );

  it('works where it cannot be kept', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const budget = createBudget({ tokensPerDay: 100, now: () => NOON, file: join(folder, 'file', 'budget.json') });
    budget.reserve(60)!.settle(null);
    expect(budget.usedToday()).toBe(60);
  });
});
