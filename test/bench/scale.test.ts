import { describe, expect, it } from 'vitest';
import { BUSY, isSustained, kneeOf, type Step, throughputOf } from '../../bench/scale/knee.ts';

const step = (offered: number, change: Partial<Step> = {}): Step => ({
  offered,
  answered: offered,
  p50Ms: 20,
  p99Ms: 100,
  waiting: 0,
  refused: 0,
  lost: 0,
  repeated: 0,
  wenceS: 0.004,
  databaseS: 0.002,
  transactions: 6,
  rssMb: 400,
  ...change,
});

describe('the knee of a load', () => {
  it('is the highest rate that was kept up, with all below it', () => {
    expect(kneeOf([step(40), step(20), step(80)])!.offered).toBe(80);
    expect(kneeOf([step(20), step(40), step(80, { p99Ms: 2_001 })])!.offered).toBe(40);
    // A lucky step after one that failed is none.
    expect(kneeOf([step(20), step(40, { lost: 1 }), step(80)])!.offered).toBe(20);
    expect(kneeOf([step(20, { p99Ms: Number.NaN })])).toBeNull();
    expect(kneeOf([])).toBeNull();
  });

  it('takes an answer lost or given twice for a fault, however quick', () => {
    expect([{}, { lost: 1 }, { repeated: 1 }, { refused: 1 }].map((fault) => isSustained(step(20, fault)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is no rate at which a queue grows, though none has waited long yet', () => {
    expect(isSustained(step(60, { answered: 46 }))).toBe(false);
  });
});

describe('what cores answer', () => {
  it('follows from the processor time a message takes', () => {
    expect(throughputOf(4, 0.006)).toBeCloseTo((BUSY * 4) / 0.006);
    expect(throughputOf(8, 0.006)).toBeCloseTo(2 * throughputOf(4, 0.006));
  });
});
