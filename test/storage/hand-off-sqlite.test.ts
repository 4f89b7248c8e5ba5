import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { SqlStore } from '../../src/storage/sql-store.ts';
import type { OpenHandOff } from '../contracts/hand-off-stores.ts';
import { insightStoreContract } from '../contracts/insight-store-contract.ts';
import { interestStoreContract } from '../contracts/interest-store-contract.ts';
import { privacyStoreContract } from '../contracts/privacy-store-contract.ts';
import { replicaStoreContract } from '../contracts/replica-store-contract.ts';
import { scheduleStoreContract } from '../contracts/schedule-store-contract.ts';
import { subscriptionStoreContract } from '../contracts/subscription-store-contract.ts';
import { ticketStoreContract } from '../contracts/ticket-store-contract.ts';
import { newTicket, nextVersion, ticketOf } from '../support/turns.ts';
import { T0 } from './messages.ts';
import { open, temporaryFolder } from './opening.ts';

const openInFile: OpenHandOff = async () => {
  const folder = temporaryFolder();
  const location = { kind: 'sqlite', file: join(folder.path, 'wence.db') } as const;
  const stores = [await open(location)];
  return {
    stores: stores[0]!,
    async another(holder?: string) {
      stores.push(await open(location, holder === undefined ? {} : { holder }));
      return stores.at(-1)!;
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      folder.remove();
    },
  };
};

const openInMemory: OpenHandOff = async () => {
  let tokens = 0;
  const stores = new SqlStore(await openSqlite(':memory:'), { now: () => T0, newId: () => `token-${++tokens}` });
  return { stores, close: () => stores.close() };
};

for (const [name, openOne] of [
  ['SQLite', openInFile],
  ['SQLite in memory', openInMemory],
] as const) {
  ticketStoreContract(name, openOne);
  interestStoreContract(name, openOne);
  privacyStoreContract(name, openOne);
  insightStoreContract(name, openOne);
  scheduleStoreContract(name, openOne);
  subscriptionStoreContract(name, openOne);
  replicaStoreContract(name, openOne);
}

it('finds tickets and what was asked by index: what is over costs nothing', async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'wence.db');
  const prepared = vi.spyOn(Database.prototype, 'prepare');
  const store = await open({ kind: 'sqlite', file });
  prepared.mockClear();
  const { tickets, interests, privacy } = store;
  await tickets.nextNumber();
  await tickets.commit([newTicket()], [], T0);
  await tickets.commit([nextVersion(ticketOf(), {})], [], T0);
  for (const filter of [{ states: ['open'], before: 9 } as const, { deskId: 'd' }, { deskId: 'd', states: ['open'] } as const]) {
    await tickets.tickets({ ...filter, limit: 5 });
  }
  await Promise.all([tickets.ticket('t'), tickets.history('t'), tickets.waitingIn('c'), tickets.due(T0, 5), tickets.undrafted(5)]);
  await Promise.all([tickets.cardOf('t', 'feishu', 'c'), tickets.ticketAbout('feishu', 'c', ['m']), store.isOurs('feishu', 'c', ['m'])]);
  await Promise.all([
    store.turn('t'),
    interests.tell('i', [], T0),
    interests.unanswered('2026-11-23', 5),
    store.collect('web', 'c', null, T0),
  ]);
  await privacy.eraseBefore({ turnsMs: T0, ticketsMs: T0 }, T0);
  await privacy.erasePerson('a', T0);
  await store.close();
  const statements = prepared.mock.calls.map(([statement]) => statement).filter((text) => /^(with|select|insert|update|delete)/.test(text));
  prepared.mockRestore();
  expect(statements.length).toBeGreaterThan(15);
  const database = new Database(file);
  for (const statement of statements) {
    const values = Array.from({ length: statement.match(/\?/g)?.length ?? 0 }, () => 1);
    const plan = database.prepare<number[], { readonly detail: string }>(`explain query plan ${statement}`).all(...values);
    expect(
      plan.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN ')),
      statement,
    ).toEqual([]);
  }
  database.close();
  folder.remove();
});
