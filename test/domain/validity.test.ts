import { describe, expect, it } from 'vitest';
import type { LibraryRecord } from '../../src/domain/record.ts';
import { splitByValidity, successionOf, type Validity } from '../../src/domain/validity.ts';
import { recordOf } from '../support/records.ts';

/** A policy with `fields` in its front matter. */
const policy = (id: string, fields: Readonly<Record<string, string>> = {}): LibraryRecord =>
  recordOf(
    [
      'kind: policy',
      `id: ${id}`,
      `title: 文件${id}`,
      'category: subsidy',
      ...Object.entries(fields).map(([key, value]) => `${key}: ${value}`),
    ].join('\n'),
    '### 1. 总则\n\n给予补助。',
  );

const validityOf = (record: LibraryRecord, today: string, library: readonly LibraryRecord[]): Validity =>
  successionOf(library).validityOf(record, today);

describe('the validity of a record by itself', () => {
  it('holds when it states no dates', () => {
    expect(validityOf(policy('a'), '2026-11-23', [])).toEqual({ status: 'in-force' });
  });

  it('begins on its effective day', () => {
    const record = policy('a', { effectiveOn: '2026-03-01' });
    expect(validityOf(record, '2026-02-28', [record])).toEqual({ status: 'upcoming', from: '2026-03-01' });
    expect(validityOf(record, '2026-03-01', [record])).toEqual({ status: 'in-force' });
  });

  it('ends after its last day', () => {
    const record = policy('a', { effectiveOn: '2024-03-01', expiresOn: '2026-12-31' });
    expect(validityOf(record, '2026-12-31', [record])).toEqual({ status: 'in-force' });
    expect(validityOf(record, '2027-01-01', [record])).toEqual({ status: 'expired', lastDay: '2026-12-31' });
  });
});

describe('the validity of a record with a successor', () => {
  const old = policy('old', { effectiveOn: '2024-01-01', documentNumber: '镇发〔2024〕1号' });
  it.each([
    ['its id', 'old'],
    ['its title', '文件old'],
    ['its number', '镇发〔2024〕1号'],
  ])('ends the day the successor, which names it by %s, takes effect', (_, name) => {
    const next = policy('new', { effectiveOn: '2026-02-01', supersedes: `[${name}]` });
    expect(validityOf(old, '2026-01-31', [old, next])).toEqual({ status: 'in-force' });
    expect(validityOf(next, '2026-01-31', [old, next])).toEqual({ status: 'upcoming', from: '2026-02-01' });
    expect(validityOf(old, '2026-02-01', [old, next])).toEqual({ status: 'superseded', by: 'new', since: '2026-02-01' });
    expect(validityOf(next, '2026-02-01', [old, next])).toEqual({ status: 'in-force' });
  });

  it('ends with the successor it names itself', () => {
    const named = policy('old', { supersededBy: '文件new' });
    const next = policy('new', { effectiveOn: '2026-02-01' });
    expect(validityOf(named, '2026-01-31', [named, next])).toEqual({ status: 'in-force' });
    expect(validityOf(named, '2026-02-01', [named, next])).toMatchObject({ status: 'superseded', by: 'new' });
  });

  it('has ended when the successor is known by name only', () => {
    const named = policy('old', { supersededBy: '《另一份文件》' });
    expect(validityOf(named, '2026-02-01', [named])).toEqual({ status: 'superseded', by: null, since: null });
  });

  it('is told by the first of several successors, in whichever order they stand', () => {
    const first = policy('first', { effectiveOn: '2025-01-01', supersedes: '[old]' });
    const second = policy('second', { effectiveOn: '2026-01-01', supersedes: '[old, first]' });
    for (const library of [
      [old, first, second],
      [second, first, old],
    ]) {
      expect(validityOf(old, '2026-05-01', library)).toEqual({ status: 'superseded', by: 'first', since: '2025-01-01' });
    }
  });

  it('ended by its own last day when that has passed too', () => {
    const dated = policy('old', { expiresOn: '2025-12-31' });
    const next = policy('new', { effectiveOn: '2025-06-01', supersedes: '[old]' });
    expect(validityOf(dated, '2025-12-31', [dated, next])).toMatchObject({ status: 'superseded' });
    expect(validityOf(dated, '2026-01-01', [dated, next])).toMatchObject({ status: 'expired' });
  });

  it('is not ended by itself', () => {
    const self = policy('self', { supersedes: '[self]', supersededBy: 'self' });
    expect(validityOf(self, '2026-01-01', [self])).toEqual({ status: 'in-force' });
  });
});

describe('a library on a day', () => {
  const records = [
    policy('a'),
    policy('b', { expiresOn: '2025-12-31' }),
    policy('c', { effectiveOn: '2027-01-01', supersedes: '[a]' }),
    policy('d', { supersededBy: 'a' }),
  ];
  const idsOn = (today: string) => {
    const { inForce, lapsed } = splitByValidity(records, today);
    return [inForce.map(({ id }) => id), lapsed.map(({ id }) => id)];
  };

  it('is split in its order, each record on one side', () => {
    expect(idsOn('2025-12-31')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(idsOn('2026-11-23')).toEqual([['a'], ['b', 'c', 'd']]);
    expect(idsOn('2027-01-01')).toEqual([['c'], ['a', 'b', 'd']]);
  });

  it('tells successors and predecessors, whichever of the two names the other', () => {
    const succession = successionOf(records);
    const ids = (found: readonly LibraryRecord[]) => found.map(({ id }) => id);
    expect(ids(succession.successorsOf(records[0]!))).toEqual(['c']);
    expect(ids(succession.successorsOf(records[3]!))).toEqual(['a']);
    expect(ids(succession.predecessorsOf(records[2]!))).toEqual(['a']);
    expect(ids(succession.predecessorsOf(records[0]!))).toEqual(['d']);
  });
});
