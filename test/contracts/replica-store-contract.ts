import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimReplyOne, LEASE_MS, reply, T0 } from '../storage/messages.ts';
import type { OpenHandOff, OpenHandOffStores } from './hand-off-stores.ts';

const LONG_MS = 3_600_000;
/** Short enough to wait for its end. */
const SHORT_MS = 40;

/** What several processes agree on, on every database alike. */
export function replicaStoreContract(name: string, open: OpenHandOff): void {
  describe(`replica store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('gives a lease to one, who may have it longer, until it is given back', async () => {
      const { leases } = opened.stores;
      expect(await leases.take('channel/feishu', 'a', LONG_MS)).toBe(true);
      expect(await leases.take('channel/feishu', 'b', LONG_MS)).toBe(false);
      expect(await leases.take('channel/feishu', 'a', LONG_MS)).toBe(true);
      expect(await leases.take('channel/telegram', 'b', LONG_MS)).toBe(true);
      await leases.giveBack('channel/feishu', 'b');
      expect(await leases.take('channel/feishu', 'b', LONG_MS)).toBe(false);
      await leases.giveBack('channel/feishu', 'a');
      expect(await leases.take('channel/feishu', 'b', LONG_MS)).toBe(true);
    });

    it('gives a lease that has run out to the next', async () => {
      const { leases } = opened.stores;
      await leases.take('x', 'a', SHORT_MS);
      while (!(await leases.take('x', 'b', LONG_MS))) await sleep(5);
      expect(await leases.take('x', 'a', LONG_MS)).toBe(false);
    });

    it('counts those in force by how their names begin', async () => {
      const { leases } = opened.stores;
      await leases.take('replica/a', 'a', LONG_MS);
      await leases.take('replica/b', 'b', LONG_MS);
      await leases.take('replica/c', 'c', SHORT_MS);
      await leases.take('replicas', 'd', LONG_MS);
      while ((await leases.count('replica/')) === 3) await sleep(5);
      expect([await leases.count('replica/'), await leases.count('other/')]).toEqual([2, 0]);
    });

    it('lets one of many who try at once have it', async () => {
      const stores = [opened.stores, (await opened.another?.()) ?? opened.stores];
      const tries = Array.from({ length: 12 }, (_, at) => stores[at % 2]!.leases.take('x', `holder-${at}`, LONG_MS));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    it('counts in windows that begin with the first time, over all processes', async () => {
      const stores = [opened.stores, (await opened.another?.()) ?? opened.stores];
      const count = (at: number, keys: readonly string[], nowMs: number) => stores[at % 2]!.rates.count(keys, 1_000, nowMs);
      expect(await count(0, ['p', 'c'], T0)).toEqual([1, 1]);
      expect(await count(1, ['q', 'c'], T0 + 999)).toEqual([1, 2]);
      expect(await count(0, ['c', 'p'], T0 + 1_000)).toEqual([1, 1]);
      const many = await Promise.all(Array.from({ length: 20 }, (_, at) => count(at, [`one-${at}`, 'all'], T0)));
      expect(many.map(([, all]) => all).sort((a, b) => a! - b!)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
      await opened.stores.purge(T0);
    });

    it('frees what a process had in hand that no longer lives', async () => {
      const { stores } = opened;
      if (opened.another === undefined) return;
      const dead = await opened.another('dead');
      const alive = await opened.another('alive');
      for (const chat of ['one', 'two', 'three']) await stores.schedule.finish('job', chat, [reply(chat, chat)], T0);
      await dead.leases.take('replica/dead', 'dead', SHORT_MS);
      await alive.leases.take('replica/alive', 'alive', LONG_MS);
      const lost = (await claimReplyOne(dead, T0, LEASE_MS))!;
      expect((await claimReplyOne(alive, T0, LEASE_MS))!.reply.id).toBe('two');
      // Says nothing of whose it is: as tokens were before.
      expect((await claimReplyOne(stores, T0, LEASE_MS))!.reply.id).toBe('three');
      while ((await alive.releaseLeasesOfGone('replica/', T0 + 1)) === 0) await sleep(5);
      expect(await alive.releaseLeasesOfGone('replica/', T0 + 1)).toBe(0);
      const again = (await claimReplyOne(alive, T0 + 1, LEASE_MS))!;
      expect([again.reply.id, again.attempt]).toEqual(['one', 2]);
      expect(await claimReplyOne(alive, T0 + 1, LEASE_MS)).toBeNull();
      expect(await dead.settleReply(lost, { status: 'sent', platformMessageId: 'p' }, T0 + 1)).toBe(false);
    });

    it('leaves a chat its pause, whichever process sends next, and whenever the next reply comes', async () => {
      const { stores } = opened;
      const other = (await opened.another?.()) ?? stores;
      const queue = (id: string, chat: string) => stores.schedule.finish('job', id, [reply(id, chat)], T0);
      const sent = { status: 'sent', platformMessageId: 'p' } as const;
      await queue('r1', 'busy');
      await queue('r2', 'busy');
      const first = (await claimReplyOne(stores, T0, LEASE_MS))!;
      expect(await stores.settleReply(first, sent, T0, T0 + 3_000)).toBe(true);
      await queue('r3', 'other');
      expect((await claimReplyOne(other, T0 + 2_999, LEASE_MS))!.reply.id).toBe('r3');
      expect(await claimReplyOne(other, T0 + 2_999, LEASE_MS)).toBeNull();
      const second = (await claimReplyOne(other, T0 + 3_000, LEASE_MS))!;
      expect(second.reply.id).toBe('r2');
      await other.settleReply(second, sent, T0 + 3_000, T0 + 6_000);
      await queue('r4', 'busy');
      expect(await claimReplyOne(stores, T0 + 5_999, LEASE_MS)).toBeNull();
      expect((await claimReplyOne(stores, T0 + 6_000, LEASE_MS))!.reply.id).toBe('r4');
    });
  });
}
