import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrationProvider } from '../../src/storage/migrations/index.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { restoreSqlite } from '../../src/storage/restore-sqlite.ts';
import type { Tables } from '../../src/storage/schema.ts';
import { SqlStore } from '../../src/storage/sql-store.ts';
import { adminStoreContract } from '../contracts/admin-store-contract.ts';
import type { OpenStores } from '../contracts/console-stores.ts';
import { handOffStoreContract } from '../contracts/hand-off-store-contract.ts';
import { editorialStoreContract } from '../contracts/editorial-store-contract.ts';
import { openConsoleStores } from './console-opening.ts';
import { T0 } from './messages.ts';
import { open, temporaryFolder } from './opening.ts';
import { audit, created, publication, user } from './samples.ts';

/** Runs statements past the store, as another program with the file at hand. */
function executeIn(file: string, statement: string): void {
  const database = new Database(file);
  try {
    database.pragma('foreign_keys = ON');
    database.exec(statement);
  } finally {
    database.close();
  }
}

const openInFile: OpenStores = async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'wence.db');
  return openConsoleStores(
    { kind: 'sqlite', file },
    async (statement) => executeIn(file, statement),
    () => folder.remove(),
  );
};

const openInMemory: OpenStores = async () => {
  const engine = await openSqlite(':memory:');
  const stores = new SqlStore(engine, { now: () => T0, newId: () => 'token' });
  return {
    stores,
    async execute(statement) {
      await sql.raw(statement).execute(engine.db);
    },
    close: () => stores.close(),
  };
};

for (const [name, openOne] of [
  ['SQLite', openInFile],
  ['SQLite in memory', openInMemory],
] as const) {
  editorialStoreContract(name, openOne);
  adminStoreContract(name, openOne);
  handOffStoreContract(name, openOne);
}

describe('the library and the accounts in a file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;
  const stores: SqlStore[] = [];
  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder.path, 'wence.db');
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

  it('come with a backup, and so does the refusal to change the audit log', async () => {
    const copy = join(folder.path, 'copy.db');
    const store = await openFile();
    await store.editorial.commit([publication('a', 1), created('b')]);
    await store.admin.saveUser(user('u1'), audit());
    const [published, lines] = [await store.editorial.published(), await store.admin.audit({ limit: 10 })];
    await store.backup(copy);
    await store.editorial.commit([publication('a', 2)]);
    await store.close();

    await restoreSqlite(copy, file);
    const restored = await openFile();
    expect(await restored.editorial.published()).toEqual(published);
    expect(await restored.admin.audit({ limit: 10 })).toEqual(lines);
    expect(await restored.admin.userNamed('name-u1')).toEqual(user('u1'));
    expect(() => executeIn(file, 'delete from audit_log')).toThrow('append-only');
    expect(await restored.editorial.commit([publication('a', 2)])).toBe('saved');
  });

  it('can be rewritten by no other way of writing either', async () => {
    const store = await openFile();
    await store.admin.addAudit(audit());
    const [line] = await store.admin.audit({ limit: 1 });
    const values = `values (${line!.seq}, 0, 'house', null, '', null, 'x', null, '{}')`;
    for (const statement of [
      `insert or replace into audit_log ${values}`,
      `replace into audit_log ${values}`,
      `insert or ignore into audit_log ${values}`,
    ]) {
      expect(() => executeIn(file, statement), statement).toThrow('append-only');
    }
    expect(await store.admin.audit({ limit: 10 })).toEqual([line]);
  });

  it('are added to a database of the first version, which keeps what it has', async () => {
    await writeFirstVersion(file);
    const store = await openFile();
    expect(await store.turn('t1')).toMatchObject({ id: 't1', question: '补贴多少', contextKey: '' });
    // Conversations were kept by the platform's ids: those are gone, and nobody's.
    expect(await store.lastTurn('context')).toBeNull();
    expect(await store.lastTurn('')).toBeNull();
    expect(await store.editorial.libraryVersion()).toBe(0);
    expect(await store.editorial.commit([publication('a', 1)])).toBe('saved');
  });

  it('are found by index: what was revised and logged long ago costs nothing', async () => {
    const prepared = vi.spyOn(Database.prototype, 'prepare');
    const statements: string[] = [];
    try {
      const store = await openFile();
      const { editorial, admin } = store;
      prepared.mockClear();
      await editorial.commit([publication('a', 1)]);
      await editorial.commit([publication('a', 2)]);
      await Promise.all([editorial.text('a'), editorial.revision('a', 1), editorial.revisions('a'), editorial.revisionsIn(['draft'])]);
      await Promise.all([editorial.libraryVersion(), editorial.published(1)]);
      await admin.saveUser(user('u1'), null);
      await admin.saveCode({ digest: 'c', purpose: 'chat', userId: 'u1', expiresAtMs: T0 });
      await admin.bindByCode('c', { channel: 'feishu', senderId: 'ou' }, 0, () => audit());
      await Promise.all([admin.user('u1'), admin.userNamed('u1'), admin.session('s'), admin.token('t'), admin.binding('feishu', 'ou')]);
      await Promise.all([admin.bindings('u1'), admin.countFailure('k', T0, 0), admin.failures('k', 0), admin.forgetFailures('k')]);
      await admin.endSessions({ userId: 'u1', except: 's' }, null);
      await Promise.all([
        admin.audit({ limit: 1 }),
        admin.audit({ limit: 1, userId: 'u' }),
        admin.audit({ limit: 1, target: 't', before: 9 }),
      ]);
      await Promise.all([admin.evaluations(1), admin.evaluation('r'), admin.setting('k')]);
      await store.purge(0);
      statements.push(
        ...prepared.mock.calls.map(([statement]) => statement).filter((statement) => /^(with|select|insert|update|delete)/.test(statement)),
      );
    } finally {
      prepared.mockRestore();
    }
    expect(statements.length).toBeGreaterThan(30);
    const database = new Database(file);
    for (const statement of statements) {
      const values = Array.from({ length: statement.match(/\?/g)?.length ?? 0 }, () => 1);
      const plan = database.prepare<number[], { readonly detail: string }>(`explain query plan ${statement}`).all(...values);
      // Walking an index in its order is what a list of the latest does; lanes are purged as a whole.
      const scans = plan
        .map(({ detail }) => detail)
        .filter((detail) => /^SCAN (?!\d+-ROW VALUES|lanes|library_state|audit_log$|evaluation_runs USING INDEX)/.test(detail));
      const sorts = plan.filter(
        ({ detail }) => detail.startsWith('USE TEMP B-TREE') && /from "(audit_log|evaluation_runs)"/.test(statement),
      );
      expect([...scans, ...sorts], statement).toEqual([]);
    }
    database.close();
  });
});

/** Writes a database as the first version did, with one turn in it. */
async function writeFirstVersion(file: string): Promise<void> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Database(file) }) });
  const { error } = await new Migrator({ db, provider: migrationProvider('sqlite') }).migrateTo('0001-create-tables');
  expect(error).toBeUndefined();
  const row = { id: 't1', channel: 'telegram', context_key: 'context', question: '补贴多少', answer: null, at_ms: T0 };
  await db.insertInto('turns').values(row).execute();
  await db.destroy();
}
