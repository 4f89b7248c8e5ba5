import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { claimOne, claimReplyOne, LEASE_MS, NOTHING, received, reply, T0 } from './messages.ts';
import { audit, publication, user } from './samples.ts';

const DAY_MS = 86_400_000;

export interface OpenSqlStore {
  readonly store: SqlStore;
  close(): Promise<void>;
}

/** What a store in a database has beyond the contract: looking after it. `open` is given the clock and returns an empty store. */
export function sqlStoreSuite(name: string, open: (now: () => number) => Promise<OpenSqlStore>): void {
  describe(`looking after the store: ${name}`, () => {
    let opened: OpenSqlStore;
    let store: SqlStore;
    let nowMs = T0;

    beforeEach(async () => {
      nowMs = T0;
      opened = await open(() => nowMs);
      store = opened.store;
    });
    afterEach(() => opened.close());

    const die = async (lane: string, messageId: string, error: string, atMs = T0): Promise<void> => {
      await store.put(received(lane, messageId), atMs);
      const claimed = await claimOne(store, atMs, LEASE_MS);
      expect(await store.end(claimed!, { status: 'dead', error }, [], atMs + 5)).toBe(true);
    };

    it('lists dead messages and replies with the reason, the latest first', async () => {
      expect(await store.deadLetters(10)).toEqual([]);
      await die('a', '1', 'TypeError: x');
      await store.put(received('b', '2'), T0 + 10);
      await store.complete((await claimOne(store, T0 + 10, LEASE_MS))!, NOTHING, [reply('r1', 'b'), reply('r2', 'c')], T0 + 20);
      await store.settleReply((await claimReplyOne(store, T0 + 20, LEASE_MS))!, { status: 'dead', code: '403' }, T0 + 30);
      await store.settleReply((await claimReplyOne(store, T0 + 20, LEASE_MS))!, { status: 'unknown', code: 'x' }, T0 + 30);
      const [dead, ...others] = await store.deadLetters(10);
      expect(dead).toMatchObject({
        kind: 'reply',
        channel: 'telegram',
        reason: '403',
        attempts: 1,
        storedAtMs: T0 + 20,
        endedAtMs: T0 + 30,
      });
      expect(others).toEqual([
        {
          kind: 'message',
          id: expect.any(String),
          channel: 'telegram',
          reason: 'TypeError: x',
          attempts: 1,
          storedAtMs: T0,
          endedAtMs: T0 + 5,
        },
      ]);
      expect(await store.deadLetters(1)).toEqual([dead]);
    });

    it('puts a dead message back as the last of its lane, as if written now', async () => {
      await die('a', '1', 'x');
      await store.put(received('a', '2'), T0 + 10);
      const [letter] = await store.deadLetters(10);
      nowMs = T0 + 3_600_000;
      let calls = 0;
      store.onWork('inbox', () => calls++);
      expect(await store.requeue(letter?.id ?? '')).toBe(true);
      expect(calls).toBe(1);
      expect(await store.requeue(letter?.id ?? '')).toBe(false);
      expect(await store.deadLetters(10)).toEqual([]);
      const first = await claimOne(store, nowMs, LEASE_MS);
      expect(first?.message.messageId).toBe('2');
      await store.complete(first!, NOTHING, [], nowMs);
      expect(await claimOne(store, nowMs, LEASE_MS)).toMatchObject({
        attempt: 1,
        message: { messageId: '1', sentAtMs: nowMs },
        receivedAtMs: nowMs,
      });
      // The platform may still repeat it.
      expect(await store.put(received('a', '1'), nowMs)).toBe('duplicate');
    });

    it('puts back only what is dead', async () => {
      await store.put(received('a', '1'), T0);
      const claimed = await claimOne(store, T0, LEASE_MS);
      for (const id of [claimed!.jobId, '999', 'x', '', '1e3', '99999999999999999999']) expect(await store.requeue(id)).toBe(false);
      expect((await store.counts()).waiting).toBe(1);
    });

    it('purges many in steps', async () => {
      for (let batch = 0; batch < 6; batch++) {
        await Promise.all(Array.from({ length: 100 }, (_, at) => store.put(received(`${batch}-${at}`, `${batch}-${at}`), T0)));
      }
      for (;;) {
        const claimed = await claimOne(store, T0, LEASE_MS);
        if (!claimed) break;
        await store.end(claimed, { status: 'expired' }, [], T0);
      }
      const purged = store.purge(T0 + 1);
      expect(await store.put(received('during', 'during'), T0 + 2)).toBe('stored');
      await purged;
      expect(await store.put(received('0-0', '0-0'), T0 + 2)).toBe('stored');
      expect(await store.put(received('5-99', '5-99'), T0 + 2)).toBe('stored');
      expect((await store.counts()).waiting).toBe(3);
    });

    it('forgets sessions long unseen, codes past their time and failures of days ago, and nothing that is still good', async () => {
      const { admin } = store;
      nowMs = T0 + 40 * DAY_MS;
      await admin.saveUser(user('u1'), audit());
      for (const [digest, days] of [
        ['old', 31],
        ['recent', 29],
      ] as const) {
        const atMs = nowMs - days * DAY_MS;
        await admin.saveSession({ digest, userId: 'u1', csrfToken: 'c', createdAtMs: atMs, seenAtMs: atMs, from: '', agent: '' }, null);
      }
      await admin.saveCode({ digest: 'expired', purpose: 'chat', userId: 'u1', expiresAtMs: nowMs });
      await admin.saveCode({ digest: 'good', purpose: 'chat', userId: 'u1', expiresAtMs: nowMs + 1 });
      await admin.countFailure('k', nowMs - DAY_MS - 1, 0);
      await admin.countFailure('k', nowMs - DAY_MS + 1, 0);
      await store.editorial.commit([publication('a', 1)]);

      await store.purge(T0);
      expect([await admin.session('old'), await admin.session('recent')]).toMatchObject([null, { digest: 'recent' }]);
      expect(await admin.failures('k', 0)).toBe(1);
      // Asked as of long ago, when both were good.
      const bind = (digest: string) => admin.bindByCode(digest, { channel: 'feishu', senderId: 'ou' }, T0, () => audit());
      expect([await bind('expired'), await bind('good')]).toMatchObject([null, { id: 'u1' }]);
      expect(await store.editorial.published()).toMatchObject({ texts: [{ id: 'a' }] });
      expect(await admin.audit({ limit: 10 })).toHaveLength(3);
    });

    it('answers a ping, and after closing nothing', async () => {
      await store.ping();
      await store.ping();
      const last = store.put(received('a', '1'), T0);
      const closed = store.close();
      await expect(last, 'what was begun is finished').resolves.toBe('stored');
      await closed;
      await store.close();
      await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
      await expect(store.editorial.libraryVersion()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(store.admin.addAudit(audit())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(store.put(received('a', '2'), T0)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });
  });
}
