import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pseudonymKey } from '../../src/privacy/key.ts';
import { createPseudonyms } from '../../src/privacy/pseudonyms.ts';
import { keepRetention, readRetention } from '../../src/privacy/retention.ts';
import { DEFAULT_RETENTION } from '../../src/privacy/store.ts';
import { temporaryFolder } from '../support/config.ts';

describe('pseudonyms', () => {
  const one = createPseudonyms(Buffer.alloc(32, 1));
  it('are the same for the same person under the same key, and otherwise not', () => {
    const asker = one.asker('telegram', '42');
    expect(asker).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(one.asker('telegram', '42')).toBe(asker);
    const others = [
      one.asker('feishu', '42'),
      one.asker('telegram', '43'),
      one.asker('telegram:4', '2'),
      one.context('telegram', '42'),
      createPseudonyms(Buffer.alloc(32, 2)).asker('telegram', '42'),
    ];
    expect(new Set([asker, ...others]).size).toBe(6);
  });
});

describe('the key of the pseudonyms', () => {
  it('is made once, for nobody else to read', () => {
    const folder = join(temporaryFolder(), 'data');
    const key = pseudonymKey(null, folder);
    expect(key).toHaveLength(32);
    expect(pseudonymKey(null, folder)).toEqual(key);
    expect(statSync(join(folder, 'asker.key')).mode & 0o777).toBe(0o600);
    expect(pseudonymKey(null, join(temporaryFolder(), 'data'))).not.toEqual(key);
  });

  it('is the one that is set, and then no file is made', () => {
    const folder = temporaryFolder();
    expect(Buffer.from(pseudonymKey('x'.repeat(40), folder)).toString()).toBe('x'.repeat(40));
    expect(existsSync(join(folder, 'asker.key'))).toBe(false);
  });

  it('is never overwritten when it is damaged', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'asker.key');
    writeFileSync(file, 'half of it');
    chmodSync(file, 0o600);
    expect(() => pseudonymKey(null, folder)).toThrow(/64 hexadecimal digits/);
    expect(readFileSync(file, 'utf8')).toBe('half of it');
  });
});

describe('retention', () => {
  it('is the usual where nothing, or nothing possible, is set', () => {
    expect(readRetention(null)).toEqual(DEFAULT_RETENTION);
    expect(readRetention('{"questionDays":30,"ticketDays":1}')).toEqual({ ...DEFAULT_RETENTION, questionDays: 30 });
    expect(readRetention('{"questionDays":"30","ticketDays":90.5}')).toEqual(DEFAULT_RETENTION);
  });

  it('erases by whole days from now', async () => {
    const asked: unknown[] = [];
    const store = { eraseBefore: async (...given: unknown[]) => (asked.push(given), 7) };
    const day = 86_400_000;
    expect(await keepRetention(store, { questionDays: 30, ticketDays: 60 }, 100 * day)).toBe(7);
    expect(asked).toEqual([[{ turnsMs: 70 * day, ticketsMs: 40 * day }, 100 * day]]);
  });
});
