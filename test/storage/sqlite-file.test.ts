import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { restoreSqlite } from '../../src/storage/restore-sqlite.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { StatementCache } from '../../src/storage/statement-cache.ts';
import { claimOne, claimReplyOne, LEASE_MS, putAll, received, reply, T0, turn } from './messages.ts';
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
      expect(
        ours
          .map(({ name }) => name)
          .sort()
          .join(' '),
      ).toBe(
        'api_tokens audit_log chat_bindings counters dedupe_keys deliveries evaluation_runs failures feedback interests jobs lanes ' +
          'leases library_state marks news news_items one_time_codes outbox probe rate_windows revisions schedule_runs ' +
          'schema_compatibility sessions settings subscriptions texts ticket_events tickets turns users',
      );
      expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
    });
  });

  it('finds everything by index: what was done with long ago costs nothing', async () => {
    const prepared = vi.spyOn(Database.prototype, 'prepare');
    const statements: string[] = [];
    try {
      const store = await openFile();
      prepared.mockClear();
      const [put, claim, claimReply] = [
        (id: string) => store.put(received(`lane ${id}`, id), T0),
        () => claimOne(store, T0 + 1_000, LEASE_MS),
        () => claimReplyOne(store, T0 + 1_000, LEASE_MS),
      ];
      for (const id of ['1', '2', '3', '3']) await put(id);
      await store.complete((await claim())!, { turn: turn('t1', 'context', T0), feedback: null }, [reply('r1', 'a'), reply('r2', 'b')], T0);
      await store.retry((await claim())!, T0, 'x');
      await store.end((await claim())!, { status: 'expired' }, [], T0);
      await store.settleReply((await claimReply())!, { status: 'sent', platformMessageId: 'p' }, T0);
      const later = (await claimReply())!;
      await store.retryReply(later, T0, { form: 'text', address: later.reply.address });
      await store.deferReply((await claimReply())!, T0);
      await store.lastTurn('context');
      await store.counts();
      statements.push(...prepared.mock.calls.map(([sql]) => sql).filter((sql) => /^(with|select|insert|update|delete)/.test(sql)));
    } finally {
      prepared.mockRestore();
    }
    expect(statements.length).toBeGreaterThan(15);
    look(file, (database) => {
      for (const sql of statements) {
        const values = Array.from({ length: sql.match(/\?/g)?.length ?? 0 }, () => 1);
        const plan = database.prepare<number[], { readonly detail: string }>(`explain query plan ${sql}`).all(...values);
        const scans = plan
          .map(({ detail }) => detail)
          .filter((detail) => /^SCAN (jobs|outbox|lanes|turns|dedupe_keys|feedback|open)\b/.test(detail));
        expect(scans, sql).toEqual([]);
      }
      const states = database
        .prepare<[], { readonly detail: string }>(`explain query plan select count(*) from jobs where state = 'dead'`)
        .all();
      expect(states[0]?.detail).toContain('USING COVERING INDEX jobs_state (state=?)');
    });
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
