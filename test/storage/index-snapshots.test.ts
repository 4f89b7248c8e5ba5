import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open-store.ts';
import { startApp } from '../../src/app.ts';
import type { Log } from '../../src/domain/log.ts';
import { SMALL_LIBRARY } from '../support/child-server.ts';
import { temporaryFolder, testConfig } from '../support/config.ts';
import { startPostgres } from '../support/postgres.ts';
import { QUICK, silent } from '../support/running.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const DAY_MS = 86_400_000;

describe.skipIf(!postgres)('built indexes in PostgreSQL', () => {
  it('are read as they were written, whatever their size, and replaced whole', async () => {
    let nowMs = 0;
    const location = { kind: 'postgres', url: await postgres!.createDatabase() } as const;
    const store = await openStore(location, { log: silent, now: () => nowMs, newId: () => 'id' });
    const shelf = store.snapshots!;
    expect(await shelf.read('a')).toBeNull();
    const large = new Uint8Array(randomBytes(33 * 1_024 * 1_024 + 5));
    await shelf.write('a', large);
    await shelf.write('b', Uint8Array.of(1, 2, 3));
    expect(Buffer.compare((await shelf.read('a'))!, large)).toBe(0);
    await shelf.write('a', Uint8Array.of(9));
    expect(await shelf.read('a')).toEqual(Uint8Array.of(9));
    // Those of a program that nobody runs any more are forgotten.
    nowMs = 40 * DAY_MS;
    await shelf.write('c', Uint8Array.of(4));
    expect([await shelf.read('a'), await shelf.read('b'), await shelf.read('c')]).toEqual([null, null, Uint8Array.of(4)]);
    await store.close();
  });

  it('let a further process start without building one, from another folder', async () => {
    const url = await postgres!.createDatabase();
    const how: unknown[] = [];
    const log: Log = { ...silent, info: (fields) => void ('how' in fields && how.push(fields.how)) };
    for (let process = 0; process < 2; process++) {
      const settings = {
        DATABASE_URL: url,
        KNOWLEDGE_DIR: SMALL_LIBRARY,
        DATA_DIR: temporaryFolder(),
        PSEUDONYM_KEY: 'the same for all of them, nobody can guess it',
      };
      const app = await startApp(testConfig(settings), log, QUICK);
      await app.stop();
    }
    expect(how).toEqual(['indexed', 'from the snapshot']);
  });
});
