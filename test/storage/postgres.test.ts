import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../src/domain/log.ts';
import { openPostgres } from '../../src/storage/open-postgres.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { deliveryStoreContract } from '../contracts/delivery-store-contract.ts';
import { startPostgres } from '../support/postgres.ts';
import { workOffConcurrently } from './concurrent-work.ts';
import { claimOne, LEASE_MS, received, T0 } from './messages.ts';
import { open, silentLog } from './opening.ts';
import { sqlStoreSuite } from './sql-store-suite.ts';

const postgres = await startPostgres();

if (postgres) {
  const url = await postgres.createDatabase();
  const location = { kind: 'postgres', url } as const;
  await (await open(location)).close();
  const observer = new pg.Pool({ connectionString: url, max: 1 });
  observer.on('error', () => {});
  const empty = () => observer.query('truncate dedupe_keys, lanes, jobs, outbox, turns, feedback, deliveries, tickets, ticket_events');
  afterAll(async () => {
    await observer.end();
    await postgres.stop();
  });

  deliveryStoreContract(
    `PostgreSQL (${postgres.source})`,
    async () => {
      await empty();
      let store = await open(location);
      return {
        store,
        async reopen() {
          await store.close();
          store = await open(location);
          return store;
        },
        close: () => store.close(),
      };
    },
    { modelRuns: 25 },
  );

  sqlStoreSuite('PostgreSQL', async (now) => {
    await empty();
    const store = await open(location, { now });
    return { store, close: () => store.close() };
  });

  describe('several processes on one PostgreSQL', () => {
    const stores: SqlStore[] = [];
    const openOne = async (options: { readonly url?: string; readonly log?: Log } = {}): Promise<SqlStore> => {
      const store = await open({ kind: 'postgres', url: options.url ?? url, poolSize: 4 }, { log: options.log ?? silentLog });
      stores.push(store);
      return store;
    };
    beforeAll(empty);
    afterEach(async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()));
      await empty();
    });

    it('may create the tables at once', async () => {
      const fresh = await postgres.createDatabase();
      const opened = await Promise.all(Array.from({ length: 6 }, () => openOne({ url: fresh })));
      await Promise.all(opened.map((store) => store.ping()));
    });

    it('hand out nothing twice and keep the order of every lane', async () => {
      const four = await Promise.all(Array.from({ length: 4 }, () => openOne()));
      const result = await workOffConcurrently(four, { lanes: 12, messagesPerLane: 15, workers: 8, senders: 4 });
      expect(result).toMatchObject({ answered: 180, sent: 180, overlaps: 0, answeredInWrongOrder: [], sentInWrongOrder: [] });
    });

    it('keep the order of a hot lane', async () => {
      const four = await Promise.all(Array.from({ length: 4 }, () => openOne()));
      const result = await workOffConcurrently(four, { lanes: 1, messagesPerLane: 100, workers: 8, senders: 4 });
      expect(result).toMatchObject({ answered: 100, sent: 100, overlaps: 0, answeredInWrongOrder: [], sentInWrongOrder: [] });
    });

    it('tell each other of work', async () => {
      const [one, two] = [await openOne(), await openOne()];
      let ownCalls = 0;
      one.onWork('inbox', () => ownCalls++);
      const called = new Promise<void>((resolve) => two.onWork('inbox', resolve));
      await one.put(received('a', '1'), T0);
      await called;
      await sleep(50);
      expect(ownCalls, 'not by itself a second time').toBe(1);
    });

    it('tell nobody of what they take in hand themselves, and of other work only who waits for that', async () => {
      const [one, two] = [await openOne(), await openOne()];
      const calls = { inbox: 0, outbox: 0 };
      two.onWork('inbox', () => calls.inbox++);
      two.onWork('outbox:telegram', () => calls.outbox++);
      const stop = one.onWork('inbox', () => true);
      await one.put(received('a', '1'), T0);
      await sleep(50);
      expect(calls).toEqual({ inbox: 0, outbox: 0 });
      stop();
      const called = new Promise<void>((resolve) => two.onWork('inbox', resolve));
      await one.put(received('b', '2'), T0);
      await called;
      expect(calls).toEqual({ inbox: 1, outbox: 0 });
    });

    it('tell each other again after the listening connection was lost', async () => {
      const [one, two] = [await openOne(), await openOne()];
      const { rows } = await observer.query<{ count: string }>(
        `select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'wence-listen' and datname = current_database()`,
      );
      expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(2);
      // The new connection calls once: something may have gone unheard.
      await new Promise<void>((resolve) => two.onWork('inbox', resolve));
      const called = new Promise<void>((resolve) => two.onWork('inbox', resolve));
      await one.put(received('a', '1'), T0);
      await called;
    });

    it('go on after every connection was lost', async () => {
      const warnings: string[] = [];
      const store = await openOne({ log: { ...silentLog, warn: (_, message) => warnings.push(message) } });
      await store.put(received('a', '1'), T0);
      await observer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'wence%' and datname = current_database()`,
      );
      await sleep(100);
      expect(await claimOne(store, T0, LEASE_MS)).toMatchObject({ message: { messageId: '1' } });
      expect(warnings).not.toEqual([]);
    });

    it('lose a transaction whose connection is cut between two statements, and nothing else', async () => {
      const engine = await openPostgres({ url, poolSize: 1 }, silentLog, () => 'origin');
      const cut = engine.db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await observer.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
        // The client hears of it while nobody waits for it.
        await sleep(100);
        await sql`select 1`.execute(tx);
      });
      await expect(cut).rejects.toThrow();
      expect((await sql<{ one: number }>`select 1 as one`.execute(engine.db)).rows).toEqual([{ one: 1 }]);
      await engine.close();
    });

    it('wait for a process in the middle of storing into a lane, and lose no message to it', async () => {
      const store = await openOne();
      await store.put(received('a', '1'), T0);
      const claim = await claimOne(store, T0, LEASE_MS);
      // Another process has the lane and has not committed.
      const client = await observer.connect();
      await client.query('begin');
      await client.query(`update lanes set ready_at_ms = ready_at_ms where lane = 'inbox/a'`);
      const completed = store.complete(claim!, { turn: null, feedback: null }, [], T0);
      await sleep(100);
      await client.query(
        `insert into jobs (lane, message, received_at_ms, state, attempts) select lane, message, received_at_ms + 1, 'open', 0 from jobs where lane = 'inbox/a'`,
      );
      await client.query('commit');
      client.release();
      expect(await completed).toBe(true);
      expect(await claimOne(store, T0 + 10, LEASE_MS), 'what the other process stored').not.toBeNull();
    });

    it('store into a lane one after another, so that order is the order of appearing', async () => {
      const store = await openOne();
      await store.put(received('a', '1'), T0);
      const client = await observer.connect();
      await client.query('begin');
      await client.query(`update lanes set ready_at_ms = ready_at_ms where lane = 'inbox/a'`);
      const put = store.put(received('a', 'later'), T0 + 1);
      await sleep(100);
      await client.query(
        `insert into jobs (lane, message, received_at_ms, state, attempts) select lane, message, received_at_ms, 'open', 0 from jobs where lane = 'inbox/a'`,
      );
      await client.query('commit');
      expect(await put).toBe('stored');
      const { rows } = await client.query<{ message: string }>(`select message from jobs where lane = 'inbox/a' order by seq`);
      client.release();
      expect(rows.map(({ message }) => /"messageId":"(\w+)"/.exec(message)?.[1])).toEqual(['1', '1', 'later']);
    });

    it('read counts as numbers without changing how others in the process read them', async () => {
      const store = await openOne();
      await store.put(received('a', '1'), T0);
      expect(await store.counts()).toMatchObject({ waiting: 1, oldestWaitingAtMs: T0 });
      const { rows } = await observer.query<{ count: unknown }>('select count(*) from jobs');
      expect(rows).toEqual([{ count: '1' }]);
    });

    it('send back for a backup to the tools of PostgreSQL', async () => {
      const store = await openOne();
      await expect(store.backup('/tmp/x')).rejects.toMatchObject({ code: 'INPUT_INVALID', hint: expect.stringContaining('pg_dump') });
    });
  });

  describe('opening PostgreSQL', () => {
    it('tells what to do when the server cannot be reached', async () => {
      await expect(open({ kind: 'postgres', url: 'postgres://wence:secret@127.0.0.1:1/wence' })).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        hint: expect.stringContaining('DATABASE_URL'),
        message: expect.not.stringContaining('secret'),
      });
      await expect(open({ kind: 'postgres', url: 'postgres://:nonsense:/' })).rejects.toMatchObject({ hint: expect.any(String) });
    });

    it('refuses a database that cannot hold Chinese', async () => {
      const name = `wence_ascii_${process.pid}`;
      await observer.query(`create database ${name} encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'`);
      const ascii = new URL(url);
      ascii.pathname = `/${name}`;
      await expect(open({ kind: 'postgres', url: ascii.href })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining('UTF8'),
      });
      await observer.query(`drop database ${name} with (force)`);
    });

    it('leaves no connection open when it is closed', async () => {
      const store = await open(location);
      await store.put(received('z', 'z'), T0);
      await store.close();
      await sleep(50);
      const { rows } = await observer.query(
        `select 1 from pg_stat_activity where application_name like 'wence%' and datname = current_database()`,
      );
      expect(rows).toEqual([]);
    });
  });
} else {
  describe.skip('PostgreSQL', () => it('needs a server'));
}
