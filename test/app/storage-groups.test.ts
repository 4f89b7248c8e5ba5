import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Received } from '../../src/domain/message.ts';
import { CommitGroup } from '../../src/storage/commit-group.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { becomeSoleOwner } from '../../src/storage/sole-owner.ts';
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
    const claim = (await earlier.claim(T0, 30_000))!;
    const done = (await earlier.claim(T0, 30_000))!;
    const reply = { id: 'r1', channel: 'feishu', address: done.message.address, form: 'rich' } as const;
    const message = { title: '', tone: 'plain', blocks: [], buttons: [] } as const;
    await earlier.complete(done, { turn: null, feedback: null }, [{ ...reply, message }], T0);
    expect(await earlier.claimReply(['feishu'], T0, 60_000)).toMatchObject({ attempt: 1 });
    expect(await later.claim(T0 + 1, 30_000)).toBeNull();

    expect(await later.releaseLeases(T0 + 2)).toBe(2);
    expect(await later.releaseLeases(T0 + 2)).toBe(0);
    const again = (await later.claim(T0 + 2, 30_000))!;
    expect([again.jobId, again.attempt]).toEqual([claim.jobId, 2]);
    expect(await later.claimReply(['feishu'], T0 + 2, 60_000)).toMatchObject({ reply: { id: 'r1' }, attempt: 2 });
    expect(await earlier.complete(claim, { turn: null, feedback: null }, [], T0 + 3)).toBe(false);
    expect(await later.complete(again, { turn: null, feedback: null }, [], T0 + 3)).toBe(true);
  });

  it('leave alone what waits for its next try', async () => {
    const store = await open(join(temporaryFolder(), 'wence.db'));
    await store.put(received(1), T0);
    await store.retry((await store.claim(T0, 30_000))!, T0 + 60_000, 'later');
    expect(await store.releaseLeases(T0 + 1)).toBe(0);
    expect(await store.claim(T0 + 1, 30_000)).toBeNull();
  });

  it('can be released because only one process at a time owns the database', () => {
    const file = join(temporaryFolder(), 'deeper', 'wence.db');
    const disown = becomeSoleOwner(file);
    expect(() => becomeSoleOwner(file)).toThrow(/in use by another Wence/);
    disown();
    becomeSoleOwner(file)();
  });
});

describe('units of work that share a transaction', () => {
  it('succeed and fail each by itself, in the order they were asked for', async () => {
    const store = await open(join(temporaryFolder(), 'wence.db'));
    const outcomes = await Promise.all(
      [received(1), received(2), received(1), received(3), received(2)].map((message) => store.put(message, T0)),
    );
    expect(outcomes).toEqual(['stored', 'stored', 'duplicate', 'stored', 'duplicate']);
    const order: string[] = [];
    for (let claim = await store.claim(T0, 1_000); claim; claim = await store.claim(T0, 1_000)) {
      order.push(claim.message.messageId);
      await store.complete(claim, { turn: null, feedback: null }, [], T0);
    }
    expect(order).toEqual(['om_1', 'om_2', 'om_3']);
  });

  it('all fail when the transaction cannot be committed, and the next ones work', async () => {
    const engine = await openSqlite(join(temporaryFolder(), 'wence.db'));
    onTestFinished(() => engine.close());
    const group = new CommitGroup(engine.db);
    const put = (at_ms: number) =>
      group.run((tx) =>
        tx
          .insertInto('probe')
          .values({ id: 1, at_ms })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ at_ms }))
          .execute(),
      );
    const broken = group.run((tx) => sql`rollback`.execute(tx));
    const outcomes = await Promise.allSettled([put(1), broken, put(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await engine.db.selectFrom('probe').select('at_ms').execute()).toEqual([]);
    await Promise.all([put(3), put(4)]);
    expect(await engine.db.selectFrom('probe').select('at_ms').execute()).toEqual([{ at_ms: 4 }]);
  });

  it('wait for the disk; leases alone do not', async () => {
    const engine = await openSqlite(join(temporaryFolder(), 'wence.db'));
    onTestFinished(() => engine.close());
    const level = async (db = engine.db): Promise<unknown> =>
      (await sql<{ synchronous: number }>`pragma synchronous`.execute(db)).rows[0]!.synchronous;
    const [normal, full] = [1, 2];
    for (let round = 0; round < 3; round++) {
      expect(await level()).toBe(full);
      expect(await engine.lightly((db) => level(db))).toBe(normal);
      expect(await level()).toBe(full);
      await expect(engine.lightly(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    }
    expect(await level()).toBe(full);
  });
});
