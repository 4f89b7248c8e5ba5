import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Interest, InterestStore } from '../../src/conversations/interests.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { reply, T0 } from '../storage/messages.ts';
import { turnOf } from '../support/turns.ts';
import { type HandOffStores, type OpenHandOff, type OpenHandOffStores, sendAll } from './hand-off-stores.ts';

const interest = (id: string, part: Partial<Interest> = {}): Interest => ({
  id,
  turnId: `turn-of-${id}`,
  asker: 'asker-1',
  channel: 'telegram',
  address: { chatId: 'chat', chatKind: 'group', threadId: '7', replyTo: '12' },
  question: '龙卷风补贴 😀',
  atMs: T0,
  ...part,
});

const refused: Answer = { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.1 };
const clarify: Answer = { outcome: 'clarify', nearest: [], options: [], missingTerms: [], confidence: 0.4, understoodAs: null };
const browse: Answer = { outcome: 'browse', category: null, sections: [] };

/** What every store of those who wait for an answer promises. */
export function interestStoreContract(name: string, open: OpenHandOff): void {
  describe(`interest store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    let stores: HandOffStores;
    let store: InterestStore;

    beforeEach(async () => {
      opened = await open();
      stores = opened.stores;
      store = stores.interests;
    });
    afterEach(() => opened.close());

    const ids = async (after: string | null = null, limit = 10) => (await store.interests(after, limit)).map(({ id }) => id);

    it('gives back what was written, page by page, also when those of the last page are told by then', async () => {
      expect(await ids()).toEqual([]);
      for (const id of ['i3', 'i1', 'i2', 'i4']) await store.addInterest(interest(id));
      expect(await store.interests(null, 1)).toEqual([interest('i1')]);
      expect(await ids('i1', 2)).toEqual(['i2', 'i3']);
      await store.tell('i3', [], T0);
      expect(await ids('i3')).toEqual(['i4']);
      expect(await ids('i4')).toEqual([]);
    });

    it('counts the wish of a person about a turn once', async () => {
      await store.addInterest(interest('i1', { turnId: 't' }));
      await store.addInterest(interest('i2', { turnId: 't' }));
      await store.addInterest(interest('i3', { turnId: 't', asker: 'asker-2' }));
      expect(await ids()).toEqual(['i1', 'i3']);
    });

    it('leaves out what a database refuses', async () => {
      await store.addInterest(interest('i1', { question: 'a\0b\ud83dc' }));
      expect(await store.interests(null, 1)).toEqual([interest('i1', { question: 'abc' })]);
    });

    it('tells somebody once, whoever does, and forgets it then', async () => {
      const other = (await opened.another?.()) ?? stores;
      let calls = 0;
      stores.onWork('outbox:telegram', () => calls++);
      await store.addInterest(interest('i1'));
      expect(await store.tell('i2', [reply('x', 'chat')], T0)).toBe(false);
      expect(calls).toBe(0);
      const told = await Promise.all(
        Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? stores : other).interests.tell('i1', [reply(`r${at}`, 'chat')], T0)),
      );
      expect(told.filter(Boolean)).toHaveLength(1);
      expect(calls).toBeGreaterThan(0);
      expect((await sendAll(stores)).map(({ id }) => id)).toEqual([`r${told.indexOf(true)}`]);
      expect(await ids()).toEqual([]);
    });

    it('knows what was asked since a day and not answered, the latest first', async () => {
      for (const [id, part] of Object.entries({
        early: { answer: refused, day: '2026-11-20', atMs: T0 },
        first: { answer: clarify, day: '2026-11-21', atMs: T0 + 1 },
        browsed: { answer: browse, day: '2026-11-21', atMs: T0 + 2 },
        greeting: { answer: null, day: '2026-11-21', atMs: T0 + 3 },
        last: { answer: refused, day: '2026-11-22', atMs: T0 + 5 },
        second: { answer: refused, day: '2026-11-21', atMs: T0 + 4 },
      })) {
        await stores.save({ turn: turnOf({ id, question: id, ...part }), feedback: null });
      }
      expect(await store.unanswered('2026-11-21', 10)).toEqual(['last', 'second', 'first']);
      expect(await store.unanswered('2026-11-21', 2)).toEqual(['last', 'second']);
      await stores.privacy.eraseBefore({ turnsMs: T0 + 5, ticketsMs: 0 }, T0 + 9);
      expect(await store.unanswered('2026-11-01', 10)).toEqual(['last']);
    });
  });
}
