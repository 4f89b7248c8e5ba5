import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CHANNEL, topicOf } from '../../src/storage/postgres-announcer.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { adminStoreContract } from '../contracts/admin-store-contract.ts';
import type { OpenStores } from '../contracts/console-stores.ts';
import { editorialStoreContract } from '../contracts/editorial-store-contract.ts';
import { startPostgres } from '../support/postgres.ts';
import { openConsoleStores } from './console-opening.ts';
import { received, T0 } from './messages.ts';
import { open } from './opening.ts';
import { audit, created, publication } from './samples.ts';

const postgres = await startPostgres();

if (postgres) {
  const url = await postgres.createDatabase();
  const location = { kind: 'postgres', url, poolSize: 4 } as const;
  await (await open(location)).close();
  const observer = new pg.Pool({ connectionString: url, max: 1 });
  observer.on('error', () => {});
  /** The audit log refuses to be emptied: as its owner may, the tests take the refusal away for that. */
  const empty = async (): Promise<void> => {
    await observer.query(`
      alter table audit_log disable trigger audit_log_append_only;
      truncate texts, revisions, audit_log, users, sessions, api_tokens, chat_bindings, one_time_codes, failures, settings, evaluation_runs, jobs,
        lanes, dedupe_keys;
      alter table audit_log enable trigger audit_log_append_only;
      update library_state set version = 0`);
  };
  afterAll(async () => {
    await observer.end();
    await postgres.stop();
  });

  const openStores: OpenStores = async () => {
    await empty();
    return openConsoleStores(location, async (statement) => {
      await observer.query(statement);
    });
  };
  const name = `PostgreSQL (${postgres.source})`;
  editorialStoreContract(name, openStores);
  adminStoreContract(name, openStores);

  describe('the library and the accounts of several processes on one PostgreSQL', () => {
    const stores: SqlStore[] = [];
    const openOne = async (): Promise<SqlStore> => {
      const store = await open(location);
      stores.push(store);
      return store;
    };
    afterEach(async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()));
      await empty();
    });
    const published = (store: SqlStore): Promise<void> => new Promise((resolve) => store.editorial.onPublication(resolve));

    it('are told of publications, apart from work', async () => {
      const [one, two] = [await openOne(), await openOne()];
      const calls = { ownPublication: 0, ownWork: 0, othersWork: 0, othersPublication: 0 };
      one.editorial.onPublication(() => calls.ownPublication++);
      one.onWork('inbox', () => calls.ownWork++);
      two.onWork('inbox', () => calls.othersWork++);
      two.editorial.onPublication(() => calls.othersPublication++);
      const heard = published(two);
      await one.editorial.commit([created('draft')]);
      await one.editorial.commit([publication('a', 1)]);
      await heard;
      expect(await two.editorial.published()).toMatchObject({ version: 1, texts: [{ id: 'a' }] });
      const worked = new Promise<void>((resolve) => two.onWork('inbox', resolve));
      await one.put(received('a', '1'), T0);
      await worked;
      await sleep(50);
      expect(calls).toEqual({ ownPublication: 1, ownWork: 1, othersWork: 1, othersPublication: 1 });
    });

    it('hear of both when many come at once', async () => {
      const [one, two] = [await openOne(), await openOne()];
      const heard = Promise.all([published(two), new Promise<void>((resolve) => two.onWork('inbox', resolve))]);
      await Promise.all([
        ...Array.from({ length: 10 }, (_, at) => one.put(received(`lane-${at}`, `${at}`), T0)),
        ...Array.from({ length: 10 }, (_, at) => one.editorial.commit([publication(`t${at}`, 1)])),
      ]);
      await heard;
      expect(await two.editorial.libraryVersion()).toBe(10);
    });

    it('look again after the listening connection was lost, for a publication may have gone unheard', async () => {
      const [one, two] = [await openOne(), await openOne()];
      const called = published(two);
      await observer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wence-listen' and datname = current_database()`,
      );
      await called;
      const heard = published(two);
      await one.editorial.commit([publication('a', 1)]);
      await heard;
    });

    it('are told apart by what is announced; what another version announces in its own way is taken for work', async () => {
      const heard = (payload: string) => topicOf(payload, 'me');
      expect(['me', 'me publication', 'me inbox'].map(heard)).toEqual([null, null, null]);
      expect(['you', 'you publication', 'you inbox', 'you outbox:feishu', 'you something', ''].map(heard)).toEqual([
        'work',
        'publication',
        'inbox',
        'outbox:feishu',
        'work',
        'work',
      ]);
      const two = await openOne();
      const worked = new Promise<void>((resolve) => two.onWork('inbox', resolve));
      await observer.query('select pg_notify($1, $2)', [CHANNEL, 'process-of-the-first-version']);
      await worked;
    });

    it('wait for a publication in progress, so that versions appear in their order', async () => {
      const store = await openOne();
      const client = await observer.connect();
      try {
        await client.query('begin');
        await client.query('update library_state set version = version + 1');
        const later = store.editorial.commit([publication('a', 1)]);
        await sleep(50);
        expect(await store.editorial.published()).toMatchObject({ version: 0, texts: [] });
        await client.query('commit');
        expect(await later).toBe('saved');
      } finally {
        client.release();
      }
      expect(await store.editorial.published(1)).toMatchObject({ version: 2, texts: [{ id: 'a' }] });
    });

    it('cannot empty the audit log', async () => {
      const store = await openOne();
      await store.admin.addAudit(audit());
      for (const statement of ['truncate audit_log', 'delete from audit_log where false', 'truncate audit_log cascade']) {
        await expect(observer.query(statement), statement).rejects.toThrow('append-only');
      }
      expect(await store.admin.audit({ limit: 10 })).toHaveLength(1);
    });
  });
} else {
  describe.skip('PostgreSQL', () => it('needs a server'));
}
