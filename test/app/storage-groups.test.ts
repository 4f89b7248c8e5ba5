import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Received } from '../../src/domain/message.ts';
import { CommitGroup } from '../../src/storage/commit-group.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Db, Tx } from '../../src/storage/schema.ts';
import { becomeSoleOwner } from '../../src/storage/sole-owner.ts';
import { SqlStore } from '../../src/storage/sql-store.ts';
import { claimOne, claimReplyOne } from '../storage/messages.ts';
import { temporaryFolder } from '../support/config.ts';
import { silent } from '../support/running.ts';

const T0 = 1_760_000_000_000;

const received = (id: number, chat = 'oc_1'): Received => ({
  message: {
    channel: 'feishu',
    lane: `feishu:${chat}`,
    messageId: `om_${id}`,
    senderId: 'ou_1',
    content: { kind: 'text', text: '班车几点发车' },
    sentAtMs: T0,
    address: { chatId: chat, chatKind: 'private', threadId: null, replyTo: `om_${id}` },
  },
  dedupeKeys: [`key-${id}`],
});

async function open(file: string) {
  let tokens = 0;
  const store = await openStore(
    { kind: 'sqlite', file },
    { log: silent, now: () => T0, newId: () => `${file}-${performance.now()}-${(tokens += 1)}` },
  );
  onTestFinished(() => store.close());
  return store;
}

describe('leases of an earlier process', () => {
  it('are released: what it had in hand is due at once, and what it does later does not count', async () => {
    const file = join(temporaryFolder(), 'wence.db');
    const [earlier, later] = [await open(file), await open(file)];
    await earlier.put(received(1), T0);
    await earlier.put(received(2, 'oc_2'), T0);
    const claim = (await claimOne(earlier, T0, 30_000))!;
    const done = (await claimOne(earlier, T0, 30_000))!;
    const reply = { id: 'r1', channel: 'feishu', address: done.message.address, form: 'rich' } as const;
    const message = { title: '', tone: 'plain', blocks: [], buttons: [] } as const;
    await earlier.complete(done, { turn: null, feedback: null }, [{ ...reply, message }], T0);
    expect(await claimReplyOne(earlier, T0, 60_000, 'feishu')).toMatchObject({ attempt: 1 });
    expect(await claimOne(later, T0 + 1, 30_000)).toBeNull();

    expect(await later.releaseLeases(T0 + 2)).toBe(2);
    expect(await later.releaseLeases(T0 + 2)).toBe(0);
    const again = (await claimOne(later, T0 + 2, 30_000))!;
    expect([again.jobId, again.attempt]).toEqual([claim.jobId, 2]);
    expect(await claimReplyOne(later, T0 + 2, 60_000, 'feishu')).toMatchObject({ reply: { id: 'r1' }, attempt: 2 });
    expect(await earlier.complete(claim, { turn: null, feedback: null }, [], T0 + 3)).toBe(false);
    expect(await later.complete(again, { turn: null, feedback: null }, [], T0 + 3)).toBe(true);
  });

  it('leave alone what waits for its next try', async () => {
    const store = await open(join(temporaryFolder(), 'wence.db'));
    await store.put(received(1), T0);
    await store.retry((await claimOne(store, T0, 30_000))!, T0 + 60_000, 'later');
    expect(await store.releaseLeases(T0 + 1)).toBe(0);
    expect(await claimOne(store, T0 + 1, 30_000)).toBeNull();
  });

  it('can be released because only one process at a time owns the database', () => {
    const file = join(temporaryFolder(), 'deeper', 'wence.db');
    const disown = becomeSoleOwner(file);
    expect(() => becomeSoleOwner(file)).toThrow(/in use by another Wence/);
    disown();
    becomeSoleOwner(file)();
  });
});

/** A database in a file of its own. */
async function openEngine(): Promise<Engine & { readonly file: string }> {
  const file = join(temporaryFolder(), 'wence.db');
  const engine = await openSqlite(file);
  onTestFinished(() => engine.close());
  return { ...engine, file };
}

/** A disk that is done when told to. */
function slowDisk() {
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const called: (() => void)[] = [];
  return {
    sync: () =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject });
        for (const call of called.splice(0)) call();
      }),
    /** Resolves once it is busy. */
    busy: async (): Promise<void> => (waiting.length > 0 ? undefined : new Promise((resolve) => called.push(resolve))),
    finish: () => waiting.shift()!.resolve(),
    fail: () => waiting.shift()!.reject(new Error('EIO')),
    syncs: () => waiting.length,
  };
}

/** Whether the promise is settled after everything that is due has happened. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

const probe = (id: number) => async (tx: Tx) => {
  await tx.insertInto('probe').values({ id, at_ms: 1 }).execute();
  return id;
};
const listProbes = async (db: Db): Promise<number[]> =>
  (await db.selectFrom('probe').select('id').orderBy('id').execute()).map(({ id }) => id);

describe('units of work that share a transaction', () => {
  it('succeed and fail each by itself, in the order they were asked for', async () => {
    const store = await open(join(temporaryFolder(), 'wence.db'));
    const outcomes = await Promise.all(
      [received(1), received(2), received(1), received(3), received(2)].map((message) => store.put(message, T0)),
    );
    expect(outcomes).toEqual(['stored', 'stored', 'duplicate', 'stored', 'duplicate']);
    const order: string[] = [];
    for (let claim = await claimOne(store, T0, 1_000); claim; claim = await claimOne(store, T0, 1_000)) {
      order.push(claim.message.messageId);
      await store.complete(claim, { turn: null, feedback: null }, [], T0);
    }
    expect(order).toEqual(['om_1', 'om_2', 'om_3']);
  });

  it('go on without those that fail, of which nothing remains', async () => {
    const engine = await openEngine();
    const group = new CommitGroup(engine.db, engine.sync!);
    const broken = async (tx: Tx): Promise<number> => {
      await probe(9)(tx);
      throw new Error('broken');
    };
    const works = [probe(1), broken, probe(2), probe(1), probe(3), broken];
    const outcomes = await Promise.allSettled(works.map((work) => group.run(work, 'on-disk')));
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual([
      1,
      'failed',
      2,
      'failed',
      3,
      'failed',
    ]);
    expect(await listProbes(engine.db)).toEqual([1, 2, 3]);
  });

  it('all fail when the transaction cannot be committed, and the next ones work', async () => {
    const engine = await openEngine();
    const group = new CommitGroup(engine.db, engine.sync!);
    const endsEarly = (tx: Tx) => sql`rollback`.execute(tx);
    const outcomes = await Promise.allSettled([group.run(probe(1), 'on-disk'), group.run(endsEarly, 'on-disk')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await listProbes(engine.db)).toEqual([]);
    await Promise.all([group.run(probe(3), 'on-disk'), group.run(probe(4), 'on-disk')]);
    expect(await listProbes(engine.db)).toEqual([3, 4]);
  });

  it('are done once they are on the disk; leases need not be, but see only what is', async () => {
    const engine = await openEngine();
    const disk = slowDisk();
    const group = new CommitGroup(engine.db, disk.sync);
    const [first, before] = [group.run(probe(1), 'on-disk'), group.run(listProbes, 'committed')];
    await disk.busy();
    expect(await before, 'does not see what it shares the transaction with').toEqual([]);
    const [second, between] = [group.run(probe(2), 'on-disk'), group.run(listProbes, 'committed')];
    expect([await isSettled(first), await isSettled(second), await isSettled(between)]).toEqual([false, false, false]);
    expect(disk.syncs(), 'one wait at a time').toBe(1);
    disk.finish();
    expect([await first, await between]).toEqual([1, [1]]);
    await disk.busy();
    expect(await isSettled(second)).toBe(false);
    disk.finish();
    expect(await second).toBe(2);
    expect(await group.run(listProbes, 'committed'), 'with the disk free, at once').toEqual([1, 2]);
    expect(disk.syncs()).toBe(0);
  });

  it('fail for good once the disk has', async () => {
    const engine = await openEngine();
    const disk = slowDisk();
    const group = new CommitGroup(engine.db, disk.sync);
    const written = group.run(probe(1), 'on-disk');
    await disk.busy();
    const reading = group.run(listProbes, 'committed');
    disk.fail();
    for (const late of [written, reading, group.run(probe(2), 'on-disk'), group.run(listProbes, 'committed')]) {
      await expect(late).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('EIO') });
    }
  });
});

describe('a store on a slow disk', () => {
  it('acknowledges a message, and hands out a reply, once it is on the disk', async () => {
    const engine = await openEngine();
    const disk = slowDisk();
    let tokens = 0;
    const store = new SqlStore({ ...engine, sync: disk.sync }, { now: () => T0, newId: () => `token-${(tokens += 1)}` });
    const put = store.put(received(1), T0);
    await disk.busy();
    expect(await isSettled(put)).toBe(false);
    const again = store.put(received(1), T0);
    expect(await isSettled(again), 'a repeat neither').toBe(false);
    disk.finish();
    expect(await put).toBe('stored');
    await disk.busy();
    disk.finish();
    expect(await again).toBe('duplicate');

    const claim = (await claimOne(store, T0, 30_000))!;
    const reply = { id: 'r1', channel: 'feishu', address: claim.message.address, form: 'rich' } as const;
    const message = { title: '', tone: 'plain', blocks: [], buttons: [] } as const;
    const completed = store.complete(claim, { turn: null, feedback: null }, [{ ...reply, message }], T0);
    await disk.busy();
    const handedOut = store.claimReplies('feishu', 1, T0, 60_000);
    expect([await isSettled(completed), await isSettled(handedOut)]).toEqual([false, false]);
    disk.finish();
    expect([await completed, (await handedOut).length]).toEqual([true, 1]);
  });

  it('waits for the file that the database writes to, whoever else opens and empties it', async () => {
    const { db, file, sync } = await openEngine();
    const { ino } = statSync(`${file}-wal`);
    for (let round = 0; round < 3; round++) {
      await db.insertInto('probe').values({ id: round, at_ms: 1 }).execute();
      await sync!();
      const other = new Database(file);
      other.exec(`insert into probe values (${100 + round}, 1)`);
      other.pragma('wal_checkpoint(TRUNCATE)');
      other.close();
    }
    await db.insertInto('probe').values({ id: 50, at_ms: 1 }).execute();
    await sync!();
    expect(statSync(`${file}-wal`).ino).toBe(ino);
  });
});
