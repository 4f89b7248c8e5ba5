import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import type { OpenHandOff } from '../contracts/hand-off-stores.ts';
import { insightStoreContract } from '../contracts/insight-store-contract.ts';
import { interestStoreContract } from '../contracts/interest-store-contract.ts';
import { privacyStoreContract } from '../contracts/privacy-store-contract.ts';
import { replicaStoreContract } from '../contracts/replica-store-contract.ts';
import { scheduleStoreContract } from '../contracts/schedule-store-contract.ts';
import { subscriptionStoreContract } from '../contracts/subscription-store-contract.ts';
import { ticketStoreContract } from '../contracts/ticket-store-contract.ts';
import { startPostgres } from '../support/postgres.ts';
import { newTicket, ticketOf } from '../support/turns.ts';
import { reply, T0 } from './messages.ts';
import { open } from './opening.ts';

const postgres = await startPostgres();

if (postgres) {
  const location = { kind: 'postgres', url: await postgres.createDatabase(), poolSize: 4 } as const;
  await (await open(location)).close();
  const observer = new pg.Pool({ connectionString: location.url, max: 1 });
  observer.on('error', () => {});
  afterAll(async () => {
    await observer.end();
    await postgres.stop();
  });

  const openEmpty = async () => {
    await observer.query(
      'truncate dedupe_keys, lanes, jobs, outbox, turns, feedback, deliveries, counters, tickets, ticket_events, interests, marks, schedule_runs, subscriptions, news, news_items, leases, rate_windows',
    );
    const stores: SqlStore[] = [await open(location)];
    return {
      stores: stores[0]!,
      async another(holder?: string) {
        stores.push(await open(location, holder === undefined ? {} : { holder }));
        return stores.at(-1)!;
      },
      close: async () => void (await Promise.all(stores.map((store) => store.close()))),
    };
  };
  const name = `PostgreSQL (${postgres.source})`;
  ticketStoreContract(name, openEmpty satisfies OpenHandOff);
  interestStoreContract(name, openEmpty);
  privacyStoreContract(name, openEmpty);
  insightStoreContract(name, openEmpty);
  scheduleStoreContract(name, openEmpty);
  subscriptionStoreContract(name, openEmpty);
  replicaStoreContract(name, openEmpty);

  describe('several processes on one PostgreSQL', () => {
    it('erase what another one is changing at that moment, as it is then', async () => {
      const { stores, close } = await openEmpty();
      await stores.tickets.commit([newTicket({ question: '旧' })], [], T0);
      const client = await observer.connect();
      await client.query('begin');
      await client.query(`update tickets set version = 2, data = replace(data, '旧', '新') where id = 'ticket-1'`);
      const erased = stores.privacy.erasePerson(ticketOf().asker, T0);
      await sleep(100);
      await client.query('commit');
      client.release();
      expect(await erased).toBe(1);
      expect(await stores.tickets.ticket('ticket-1')).toMatchObject({ version: 3, question: '', state: 'withdrawn' });
      await close();
    });

    it('lose no reply that is queued while its reader comes', async () => {
      const { stores, close } = await openEmpty();
      const web = (id: string) => reply(id, 'visitor', { channel: 'web' });
      await stores.save({ turn: null, feedback: null }, [web('r1')]);
      // Another process has the lane and has not committed.
      const client = await observer.connect();
      await client.query('begin');
      await client.query(`update lanes set ready_at_ms = ready_at_ms where lane = 'outbox/web:visitor:'`);
      const collected = stores.collect('web', 'visitor', null, T0);
      await sleep(100);
      await client.query(`
        insert into outbox (id, lane, channel, address, message, form, queued_at_ms, state, attempts)
        select 'r2', lane, channel, address, message, form, queued_at_ms, state, attempts from outbox where id = 'r1'`);
      await client.query('commit');
      client.release();
      expect((await collected).map(({ id }) => id)).toEqual(['r1', 'r2']);
      expect(await stores.collect('web', 'visitor', 'r2', T0)).toEqual([]);
      await close();
    });
  });
} else {
  describe.skip('PostgreSQL', () => it('needs a server'));
}
