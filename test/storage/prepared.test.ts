import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { toJson } from '../../src/storage/clean.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { asInteger, asText, prepare } from '../../src/storage/prepared.ts';
import type { Db } from '../../src/storage/schema.ts';
import { temporaryFolder } from './opening.ts';

async function openDb(): Promise<Db> {
  const folder = temporaryFolder();
  const engine = await openSqlite(join(folder.path, 'wence.db'));
  onTestFinished(async () => {
    await engine.close();
    folder.remove();
  });
  return engine.db;
}

describe('a prepared query', () => {
  it('runs with other values each time, built once for each database', async () => {
    const build = vi.fn((db: Db, given: { readonly key: string; readonly atMs: number }) =>
      db
        .insertInto('dedupe_keys')
        .values({ key: given.key, at_ms: given.atMs })
        .onConflict((conflict) => conflict.doNothing()),
    );
    const add = prepare(build);
    const from = prepare((db, given: { readonly atMs: number; readonly limit: number }) =>
      db
        .selectFrom('dedupe_keys')
        .select(['key', 'at_ms'])
        .where('at_ms', '>=', asInteger(given.atMs))
        .orderBy('key')
        .limit(asInteger(given.limit)),
    );
    const [one, other] = [await openDb(), await openDb()];
    expect((await add(one, { key: 'a', atMs: 1 })).changed).toBe(1);
    expect((await add(one, { key: 'b', atMs: 2 ** 41 })).changed).toBe(1);
    expect((await add(one, { key: 'a', atMs: 3 })).changed).toBe(0);
    await one.transaction().execute(async (tx) => {
      expect((await add(tx, { key: 'c', atMs: 4 })).changed).toBe(1);
      expect((await from(tx, { atMs: 2, limit: 9 })).rows).toEqual([
        { key: 'b', at_ms: 2 ** 41 },
        { key: 'c', at_ms: 4 },
      ]);
    });
    expect((await from(one, { atMs: 0, limit: 1 })).rows).toEqual([{ key: 'a', at_ms: 1 }]);
    expect(build).toHaveBeenCalledTimes(1);
    expect((await add(other, { key: 'a', atMs: 1 })).changed).toBe(1);
    expect(build).toHaveBeenCalledTimes(2);
  });

  it('takes null, and a value more than once', async () => {
    const db = await openDb();
    const put = prepare((on, given: { readonly lane: string; readonly token: string | null }) =>
      on.insertInto('lanes').values({ lane: given.lane, queue: given.lane, ready_at_ms: null, token: given.token, attempts: 0 }),
    );
    const find = prepare((on, given: { readonly lane: string }) =>
      on.selectFrom('lanes').select('token').where('lane', '=', asText(given.lane)).where('queue', '=', asText(given.lane)),
    );
    await put(db, { lane: 'a', token: null });
    await put(db, { lane: 'b', token: "t'--" });
    expect([(await find(db, { lane: 'a' })).rows, (await find(db, { lane: 'b' })).rows]).toEqual([[{ token: null }], [{ token: "t'--" }]]);
  });
});

describe('JSON for the database', () => {
  it('is clean, and leaves alone what only looks unclean', () => {
    const value = { a: 'x\0y\ud83d', list: ['\udca9z', '😀'], plain: 'C:\\u0000 \\ud83d', nested: { b: '\ud83d\ude00' } };
    expect(JSON.parse(toJson(value))).toEqual({ a: 'xy', list: ['z', '😀'], plain: 'C:\\u0000 \\ud83d', nested: { b: '😀' } });
  });
});
