import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reply, T0 } from '../storage/messages.ts';
import { type OpenHandOff, type OpenHandOffStores, sendAll } from './hand-off-stores.ts';

/** What is done by the clock is done once, on every database alike. */
export function scheduleStoreContract(name: string, open: OpenHandOff): void {
  describe(`schedule store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('queues what a job has to say once for each slot', async () => {
      const { schedule } = opened.stores;
      expect(await schedule.isDone('digest', '2031-03-03')).toBe(false);
      expect(await schedule.finish('digest', '2031-03-03', [reply('r1', 'desk')], T0)).toBe(true);
      expect(await schedule.finish('digest', '2031-03-03', [reply('r2', 'desk')], T0)).toBe(false);
      expect([await schedule.isDone('digest', '2031-03-03'), await schedule.isDone('digest', '2031-03-10')]).toEqual([true, false]);
      expect(await schedule.finish('news', '2031-03-03', [], T0)).toBe(true);
      expect((await sendAll(opened.stores)).map(({ id }) => id)).toEqual(['r1']);
    });

    it('lets one of many who try at once do so', async () => {
      const stores = [opened.stores, (await opened.another?.()) ?? opened.stores];
      const tries = Array.from({ length: 10 }, (_, at) => stores[at % 2]!.schedule.finish('digest', 'slot', [reply(`r${at}`, 'desk')], T0));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect(await sendAll(opened.stores)).toHaveLength(1);
    });
  });
}
