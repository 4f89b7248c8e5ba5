import { describe, expect, it } from 'vitest';
import { createIds } from '../../src/delivery/ids.ts';

describe('ids', () => {
  it('are short, fit into a button and are never the same', () => {
    const newId = createIds(() => 1_700_000_000_000);
    const ids = Array.from({ length: 5_000 }, newId);
    expect(ids.filter((id) => !/^[A-Za-z0-9_-]{24}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(5_000);
    // What is left after the time is chance, also for ids of the same millisecond.
    expect(new Set(ids.map((id) => id.slice(8))).size).toBe(5_000);
  });

  it('sort by the time they were made', () => {
    const times = [0, 1, 35, 36, 1_700_000_000_000, 1_700_000_000_001, 2_800_000_000_000];
    const ids = times.map((time) => createIds(() => time)());
    expect(ids.toSorted()).toEqual(ids);
  });
});
