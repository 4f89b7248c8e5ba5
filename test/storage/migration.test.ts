import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { EngineKind } from '../../src/storage/engine.ts';
import { migrationProvider } from '../../src/storage/migrations/index.ts';
import type { StoreLocation } from '../../src/storage/open-store.ts';
import { startPostgres } from '../support/postgres.ts';
import { newTicket, turnOf } from '../support/turns.ts';
import { claimOne, claimReplyOne, LEASE_MS, NOTHING, received, reply, T0 } from './messages.ts';
import { open, temporaryFolder } from './opening.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

interface Engine {
  readonly kind: EngineKind;
  readonly location: StoreLocation;
  readonly connect: () => Kysely<unknown>;
}

function sqlite(): Engine {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, 'wence.db');
  const connect = () => new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(file) }) });
  return { kind: 'sqlite', location: { kind: 'sqlite', file }, connect };
}

async function onPostgres(): Promise<Engine> {
  const url = await postgres!.createDatabase();
  const connect = () => new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
  return { kind: 'postgres', location: { kind: 'postgres', url, poolSize: 2 }, connect };
}

const message = JSON.stringify(received('lane', '1').message);
const { address, message: said } = reply('r1', 'chat');
const refused = JSON.stringify({ outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.25 });

/** Writes a database as the version before did, with something in every table that is changed. */
async function writeBefore({ kind, connect }: Engine): Promise<void> {
  const db = connect();
  const { error } = await new Migrator({ db, provider: migrationProvider(kind) }).migrateTo('0003-console-accounts');
  expect(error).toBeUndefined();
  for (const statement of [
    sql`insert into turns (id, channel, context_key, question, answer, at_ms) values
      ('t1', 'telegram', 'telegram:7:/person-1', '补贴多少', ${refused}, ${T0}), ('t2', 'feishu', 'feishu:oc:/ou_1', '你好', null, ${T0 + 1})`,
    sql`insert into feedback (turn_id, sender_id, vote, at_ms) values
      ('t1', 'person-1', 'up', ${T0}), ('t1', 'person-2', 'down', ${T0}), ('t2', 'person-1', 'up', ${T0})`,
    sql`insert into lanes (lane, queue, ready_at_ms, token, attempts) values
      ('inbox/lane', 'inbox', ${T0}, null, 0), ('outbox/telegram:chat:', 'outbox:telegram', ${T0}, null, 0)`,
    sql`insert into jobs (lane, message, received_at_ms, state, attempts) values ('inbox/lane', ${message}, ${T0}, 'open', 0)`,
    sql`insert into outbox (id, lane, channel, address, message, form, queued_at_ms, state, attempts) values
      ('r1', 'outbox/telegram:chat:', 'telegram', ${JSON.stringify(address)}, ${JSON.stringify(said)}, 'rich', ${T0}, 'open', 0)`,
  ]) {
    await statement.execute(db);
  }
  await db.destroy();
}

for (const [name, engine] of [
  ['SQLite', async () => sqlite()],
  ['PostgreSQL', onPostgres],
] as const) {
  describe.skipIf(name === 'PostgreSQL' && postgres === null)(`a database of the version before, in ${name}`, () => {
    it('keeps what was asked and what waits, and nothing by which people could be known', async () => {
      const { connect, ...before } = await engine();
      await writeBefore({ connect, ...before });
      const store = await open(before.location);
      expect(await store.turn('t1')).toEqual(
        turnOf({ id: 't1', contextKey: '', asker: '', answer: JSON.parse(refused), atMs: T0, tookMs: 0, question: '补贴多少' }),
      );
      expect(await store.turn('t2')).toMatchObject({ channel: 'feishu', question: '你好', answer: null });
      expect([await store.lastTurn('telegram:7:/person-1'), await store.lastTurn('')]).toEqual([null, null]);
      expect([await store.voteOf('t1', 'person-1'), await store.voteOf('t1', 'person-2')]).toEqual([null, null]);

      const claim = (await claimOne(store, T0 + 1, LEASE_MS))!;
      expect(claim.message.messageId).toBe('1');
      const handled = { ...NOTHING, turn: turnOf({ id: 't3', contextKey: 'c' }), tickets: [newTicket()] };
      expect(await store.complete(claim, handled, [{ ...reply('r2', 'desk'), about: 'ticket:ticket-1' }], T0 + 2)).toBe(true);
      expect(await store.lastTurn('c')).toMatchObject({ id: 't3' });
      expect((await claimReplyOne(store, T0 + 3, LEASE_MS))?.reply).toEqual(reply('r1', 'chat'));
      // Old turns end as new ones do.
      expect(await store.privacy.eraseBefore({ turnsMs: T0 + 2, ticketsMs: 0 }, T0 + 4)).toBe(3);
      await store.close();

      const db = connect();
      const { rows: votes } = await sql<{ asker: string }>`select asker from feedback`.execute(db);
      expect(votes).toEqual([]);
      await db.destroy();
    });

    it('keeps each vote as one', async () => {
      const { connect, ...before } = await engine();
      await writeBefore({ connect, ...before });
      await (await open(before.location)).close();
      const db = connect();
      const { rows } = await sql<{ turn_id: string; asker: string; vote: string }>`
        select turn_id, asker, vote from feedback order by turn_id, vote`.execute(db);
      expect(rows.map(({ turn_id, vote }) => `${turn_id} ${vote}`)).toEqual(['t1 down', 't1 up', 't2 up']);
      expect(new Set(rows.map(({ asker }) => asker)).size).toBe(3);
      expect(rows.filter(({ asker }) => asker.includes('person'))).toEqual([]);
      const { rows: turns } = await sql<{ id: string }>`select id from turns order by seq`.execute(db);
      expect(turns.map(({ id }) => id)).toEqual(['t1', 't2']);
      await db.destroy();
    });
  });
}
