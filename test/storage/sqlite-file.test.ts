import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreSqlite } from '../../src/storage/restore-sqlite.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { StatementCache } from '../../src/storage/statement-cache.ts';
import { LEASE_MS, NOTHING, putAll, received, T0, turn } from './messages.ts';
import { open, temporaryFolder } from './opening.ts';

describe('the database file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;
  const stores: SqlStore[] = [];

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder.path, 'data', 'deeper', 'wence.db');
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    folder.remove();
  });
  const openFile = async (at = file): Promise<SqlStore> => {
    const store = await open({ kind: 'sqlite', file: at });
    stores.push(store);
    return store;
  };
  /** Looks into the file past the store. */
  const look = <T>(at: string, see: (database: Database.Database) => T): T => {
    const database = new Database(at);
    try {
      return see(database);
    } finally {
      database.close();
    }
  };

  it('is created with its folder, for its owner only', async () => {
    await openFile();
    expect(statSync(join(folder.path, 'data', 'deeper')).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  });

  it('keeps a write-ahead log and strict tables', async () => {
    await openFile();
    look(file, (database) => {
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
      const tables = database.pragma('table_list') as { readonly name: string; readonly strict: number }[];
      const ours = tables.filter(({ name }) => !/^(sqlite|kysely)_/.test(name));
      expect(ours.map(({ name }) => name).sort()).toEqual(['dedupe_keys', 'feedback', 'jobs', 'lanes', 'outbox', 'probe', 'turns']);
      expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
    });
  });

  it('finds lanes and their heads by index', async () => {
    await openFile();
    look(file, (database) => {
      const plan = (sql: string): string =>
        (database.prepare(`explain query plan ${sql}`).all() as { readonly detail: string }[]).map(({ detail }) => detail).join('\n');
      expect(plan(`select lane from lanes where queue in ('inbox') and ready_at_ms <= 1 order by ready_at_ms limit 1`)).toBe(
        'SEARCH lanes USING INDEX lanes_ready (queue=? AND ready_at_ms<?)',
      );
      for (const table of ['jobs', 'outbox']) {
        expect(plan(`select seq, message from ${table} where lane = 'a' and state = 'open' order by seq limit 1`)).toBe(
          `SEARCH ${table} USING INDEX ${table}_open (lane=?)`,
        );
        expect(plan(`select count(*) from ${table} where state = 'dead'`)).toContain(`USING COVERING INDEX ${table}_state (state=?)`);
      }
      expect(plan('select id from turns where context_key = 1 order by at_ms desc, seq desc limit 1')).toContain('turns_context');
    });
  });

  it('hands out messages as quickly with 100,000 finished ones as with none', { timeout: 60_000 }, async () => {
    const store = await openFile();
    const timeOf = async (prefix: string): Promise<number> => {
      const startedAt = performance.now();
      for (let at = 0; at < 200; at++) {
        await store.put(received(`${prefix}${at % 20}`, `${prefix}${at}`), T0 + at);
        await store.complete((await store.claim(T0 + 1_000, LEASE_MS))!, NOTHING, [], T0 + 1_000);
      }
      return performance.now() - startedAt;
    };
    await timeOf('warm');
    const empty = await timeOf('empty');
    look(file, (database) => {
      database.exec(`
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
        insert into jobs (lane, message, received_at_ms, state, attempts, ended_at_ms)
        select 'inbox/done' || (i % 20000), '{"content":"' || hex(zeroblob(200)) || '"}', ${T0} + i, case i % 50 when 0 then 'dead' else 'done' end, 1, ${T0} from n;
        insert into lanes (lane, queue, ready_at_ms, token, attempts) select distinct lane, 'inbox', null, null, 0 from jobs where lane like 'inbox/done%';
      `);
    });
    const full = await timeOf('full');
    expect(full).toBeLessThan(empty * 3 + 50);
  });

  it('refuses what is not a database, and a folder it may not write to, with advice', async () => {
    const text = join(folder.path, 'letter.txt');
    writeFileSync(text, 'Dear Sir or Madam, '.repeat(500));
    await expect(openFile(text)).rejects.toMatchObject({ code: 'CONFIG_INVALID', hint: expect.stringContaining('DATA_DIR') });
    await expect(openFile(join(text, 'wence.db'))).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('refuses a database written by a newer version, and leaves it alone', async () => {
    await (await openFile()).close();
    look(file, (database) => database.exec(`insert into kysely_migration values ('9999-later', '2999-01-01T00:00:00.000Z')`));
    await expect(openFile()).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('newer version') });
  });

  describe('backup and restore', () => {
    it('copies everything while others write', async () => {
      const store = await openFile();
      await putAll(store, 'a', ['1', '2', '3']);
      await store.save({ turn: turn('t1', 'context', T0), feedback: null });
      const copy = join(folder.path, 'copy.db');
      const [, ...outcomes] = await Promise.all([
        store.backup(copy),
        ...Array.from({ length: 50 }, (_, at) => store.put(received(`b${at}`, `b${at}`), T0)),
      ]);
      expect(new Set(outcomes)).toEqual(new Set(['stored']));
      expect(statSync(copy).mode & 0o777).toBe(0o600);
      const copied = await openFile(copy);
      expect((await copied.counts()).waiting).toBeGreaterThanOrEqual(3);
      expect(await copied.lastTurn('context')).toMatchObject({ id: 't1' });
      // A second backup takes the place of the first.
      await copied.close();
      await store.backup(copy);
      expect((await (await openFile(copy)).counts()).waiting).toBe(53);
      expect(readdirSync(folder.path).filter((name) => name.includes('.part'))).toEqual([]);
    });

    it('says why no backup could be written, and never overwrites itself', async () => {
      const store = await openFile();
      await expect(store.backup(join(folder.path, 'missing', 'copy.db'))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(store.backup(file)).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('itself') });
      await store.ping();
    });

    it('puts a backup in place and keeps what was there', async () => {
      const copy = join(folder.path, 'copy.db');
      const store = await openFile();
      await putAll(store, 'a', ['1', '2']);
      await store.backup(copy);
      await putAll(store, 'a', ['3', '4', '5']);
      await store.close();

      const kept = await restoreSqlite(copy, file, () => Date.UTC(2026, 10, 22, 9, 30));
      expect(kept).toBe(`${file}.before-restore-20261122T093000000Z`);
      expect((await (await openFile()).counts()).waiting).toBe(2);
      expect((await (await openFile(kept!)).counts()).waiting).toBe(5);
      expect(existsSync(copy)).toBe(true);
      expect(readdirSync(join(folder.path, 'data', 'deeper')).filter((name) => name.includes('.restoring'))).toEqual([]);
    });

    it('restores where nothing was', async () => {
      const copy = join(folder.path, 'copy.db');
      await (await openFile()).backup(copy);
      const target = join(folder.path, 'fresh.db');
      expect(await restoreSqlite(copy, target)).toBeNull();
      await openFile(target);
    });

    it('takes a copied file whose log was not folded in', async () => {
      const store = await openFile();
      await putAll(store, 'a', ['1', '2']);
      const target = join(folder.path, 'fresh.db');
      await restoreSqlite(file, target);
      expect((await (await openFile(target)).counts()).waiting).toBe(2);
    });

    it('replaces a damaged database, keeping it', async () => {
      const copy = join(folder.path, 'copy.db');
      const store = await openFile();
      await putAll(store, 'a', ['1']);
      await store.backup(copy);
      await store.close();
      writeFileSync(file, 'ruined '.repeat(1000));
      writeFileSync(`${file}-wal`, 'ruined too');
      const kept = await restoreSqlite(copy, file);
      expect((await (await openFile()).counts()).waiting).toBe(1);
      expect(existsSync(kept!)).toBe(true);
    });

    it('refuses to replace a database in use', async () => {
      const copy = join(folder.path, 'copy.db');
      const store = await openFile();
      await store.backup(copy);
      await putAll(store, 'a', ['1']);
      await expect(restoreSqlite(copy, file)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('in use') });
      expect(await store.put(received('a', '2'), T0)).toBe('stored');
      await store.close();
      expect((await (await openFile()).counts()).waiting).toBe(2);
    });

    it.each([
      ['missing', async () => {}],
      ['no database', async (copy: string) => writeFileSync(copy, 'hello '.repeat(2000))],
      ['empty', async (copy: string) => writeFileSync(copy, '')],
      ['of another program', async (copy: string) => void look(copy, (database) => database.exec('create table t (a)'))],
      [
        'from a newer version',
        async (copy: string) => {
          await (await open({ kind: 'sqlite', file: copy })).close();
          look(copy, (database) => database.exec(`insert into kysely_migration values ('9999-later', '2999-01-01T00:00:00.000Z')`));
        },
      ],
      [
        'damaged',
        async (copy: string) => {
          const store = await open({ kind: 'sqlite', file: copy });
          for (let at = 0; at < 50; at++) await store.put(received(`${at}`, `${at}`), T0);
          await store.close();
          look(copy, (database) => {
            database.unsafeMode();
            database.pragma('writable_schema = ON');
            database.exec(
              `update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'turns') where name = 'jobs_open'`,
            );
          });
        },
      ],
    ])('refuses a backup that is %s, and changes nothing', async (_, spoil) => {
      const copy = join(folder.path, 'copy.db');
      const store = await openFile();
      await putAll(store, 'a', ['1']);
      await store.close();
      await spoil(copy);
      await expect(restoreSqlite(copy, file)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: expect.stringMatching(/^copy\.db cannot be restored/),
      });
      expect(readdirSync(join(folder.path, 'data', 'deeper'))).toEqual(['wence.db']);
      expect((await (await openFile()).counts()).waiting).toBe(1);
    });
  });

  it('keeps a bounded number of statements, those used last', () => {
    const cache = new StatementCache(new Database(':memory:'), 3);
    const one = cache.prepare('select 1');
    for (const sql of ['select 2', 'select 3', 'select 1', 'select 4']) cache.prepare(sql);
    expect(cache.size).toBe(3);
    expect(cache.prepare('select 1')).toBe(one);
    const two = cache.prepare('select 2');
    expect(two.all([])).toEqual([{ 2: 2 }]);
    expect(cache.size).toBe(3);
    cache.close();
  });
});
