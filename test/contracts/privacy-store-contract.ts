import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { PrivacyStore } from '../../src/privacy/store.ts';
import { reply, T0, turn } from '../storage/messages.ts';
import { feedbackOf, newTicket, nextVersion, ticketEvent, ticketOf, turnOf } from '../support/turns.ts';
import { type HandOffStores, type OpenHandOff, type OpenHandOffStores, sendAll } from './hand-off-stores.ts';

const NOW = T0 + 1_000_000;

/** More than are erased in one step. */
const MANY = 450;

/** What every store promises that erases. */
export function privacyStoreContract(name: string, open: OpenHandOff): void {
  describe(`privacy store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    let stores: HandOffStores;
    let privacy: PrivacyStore;

    beforeEach(async () => {
      opened = await open();
      stores = opened.stores;
      privacy = stores.privacy;
    });
    afterEach(() => opened.close());

    const ask = (id: string, atMs: number, asker = 'asker-1', contextKey = `context of ${asker}`): Promise<void> =>
      stores.save({ turn: { ...turn(id, contextKey, atMs), asker }, feedback: feedbackOf({ turnId: id, asker }) });
    const wish = (id: string, turnId: string, asker = 'asker-1'): Promise<void> => {
      const address = { chatId: 'chat', chatKind: 'private', threadId: null, replyTo: null } as const;
      return stores.interests.addInterest({ id, turnId, asker, channel: 'telegram', address, question: '补贴', atMs: T0 });
    };
    const wishes = async () => (await stores.interests.interests(null, 10)).map(({ id }) => id);
    const open1 = (part: Partial<Ticket> = {}): Ticket =>
      ticketOf({
        additions: ['去年申请的'],
        before: [{ question: '补贴多少', reply: '800 元' }],
        found: ['《总体工作思路》第6节'],
        turnId: 'turn-1',
        ...part,
      });
    const add = async (...tickets: Ticket[]): Promise<void> => {
      for (const ticket of tickets) {
        await stores.tickets.commit([newTicket(ticket)], [{ ...reply(`card-${ticket.id}`, 'desk'), about: `ticket:${ticket.id}` }], T0);
      }
    };
    const WORDLESS = { question: '', additions: [], before: [], asker: '', contextKey: '', turnId: null };

    it('has nothing to erase at first', async () => {
      expect(await privacy.eraseBefore({ turnsMs: NOW, ticketsMs: NOW }, NOW)).toBe(0);
      expect(await privacy.erasePerson('asker-1', NOW)).toBe(0);
    });

    describe('by age', () => {
      it('takes the words out of turns before the time, with votes and wishes about them', async () => {
        await ask('old', T0 - 1);
        await ask('young', T0, 'asker-2');
        await wish('i1', 'old', 'asker-3');
        await wish('i2', 'young');
        expect(await privacy.eraseBefore({ turnsMs: T0, ticketsMs: 0 }, NOW)).toBe(1);
        expect([await stores.turn('old'), await stores.lastTurn('context of asker-1')]).toEqual([null, null]);
        expect(await stores.turn('young')).toMatchObject({ question: '补贴多少', asker: 'asker-2' });
        expect([await stores.voteOf('old', 'asker-1'), await stores.voteOf('young', 'asker-2')]).toEqual([null, 'up']);
        expect(await wishes()).toEqual(['i2']);
        expect(await privacy.eraseBefore({ turnsMs: T0, ticketsMs: 0 }, NOW), 'once').toBe(0);
      });

      it('takes the words out of tickets that ended before the time, and keeps what staff answered', async () => {
        const answered = open1({
          id: 'old',
          state: 'answered',
          endedAtMs: T0 - 1,
          answer: '下月 10 日前。',
          answeredFor: '人才科',
          version: 4,
        });
        const young = open1({ id: 'young', number: 2, state: 'answered', endedAtMs: T0, answer: '是' });
        const waiting = open1({ id: 'waiting', number: 3, createdAtMs: 0 });
        await add(answered, young, waiting);
        const added = nextVersion(answered, {}, ticketEvent('added', { detail: '去年申请的' }));
        await stores.tickets.commit([added], [], T0);
        await sendAll(stores);
        expect(await privacy.eraseBefore({ turnsMs: 0, ticketsMs: T0 }, NOW)).toBe(1);

        const erased = await stores.tickets.ticket('old');
        expect(erased).toEqual({
          ...added.ticket,
          ...WORDLESS,
          address: { chatId: '', chatKind: 'private', threadId: null, replyTo: null },
          version: 6,
        });
        expect(await stores.tickets.history('old')).toEqual([
          ticketEvent(),
          { ...ticketEvent('added'), detail: null },
          { atMs: NOW, kind: 'erased', by: '系统', userId: null, detail: null },
        ]);
        expect(await stores.tickets.ticket('young')).toEqual(young);
        expect(await stores.tickets.ticket('waiting')).toEqual(waiting);
        expect([await stores.tickets.cardOf('old', 'telegram', 'desk'), await stores.tickets.cardOf('young', 'telegram', 'desk')]).toEqual([
          null,
          'sent-card-young',
        ]);
        expect((await stores.tickets.undrafted(10)).map(({ id }) => id)).toEqual(['young']);
        expect(await privacy.eraseBefore({ turnsMs: 0, ticketsMs: T0 }, NOW), 'once').toBe(0);
      });

      it('does so in steps, however many there are', async () => {
        await Promise.all(Array.from({ length: MANY }, (_, at) => ask(`t${at}`, T0, `asker-${at}`)));
        expect(await privacy.eraseBefore({ turnsMs: NOW, ticketsMs: NOW }, NOW)).toBe(MANY);
        expect([await stores.turn('t0'), await stores.turn(`t${MANY - 1}`)]).toEqual([null, null]);
      });

      it('brings nothing back that was read before', async () => {
        const over = open1({ state: 'ignored', endedAtMs: T0 - 1 });
        await add(over);
        await privacy.eraseBefore({ turnsMs: 0, ticketsMs: T0 }, NOW);
        expect(await stores.tickets.commit([nextVersion(over, { answer: '是' })], [], NOW)).toBe(false);
      });
    });

    describe('of a person', () => {
      it('takes all they said, in every chat, and leaves the others alone', async () => {
        await ask('t1', T0);
        await ask('t2', T0 + 1, 'asker-1', 'another chat');
        await ask('t3', T0 + 2, 'asker-2');
        await stores.save({ turn: null, feedback: feedbackOf({ turnId: 't3', asker: 'asker-1', vote: 'down' }) });
        await wish('i1', 't1');
        await wish('i2', 't3');
        await wish('i3', 't3', 'asker-2');
        expect(await privacy.erasePerson('asker-1', NOW)).toBeGreaterThanOrEqual(2);
        expect([await stores.turn('t1'), await stores.turn('t2'), await stores.lastTurn('another chat')]).toEqual([null, null, null]);
        expect(await stores.lastTurn('context of asker-2')).toMatchObject({ id: 't3', question: '补贴多少' });
        expect([await stores.voteOf('t1', 'asker-1'), await stores.voteOf('t3', 'asker-1')]).toEqual([null, null]);
        expect(await stores.voteOf('t3', 'asker-2')).toBe('up');
        expect(await wishes()).toEqual(['i3']);
        expect(await privacy.erasePerson('asker-1', NOW), 'once').toBe(0);
      });

      it('withdraws what waits for staff, and takes the words out of what is over', async () => {
        const waiting = open1({ id: 'waiting', state: 'claimed', claimedAtMs: T0, nextStepAtMs: T0 + 5 });
        const over = open1({ id: 'over', number: 2, state: 'ignored', endedAtMs: T0 });
        const others = open1({ id: 'others', number: 3, asker: 'asker-2' });
        await add(waiting, over, others);
        expect(await privacy.erasePerson('asker-1', NOW)).toBe(2);
        expect(await stores.tickets.ticket('waiting')).toMatchObject({
          ...WORDLESS,
          state: 'withdrawn',
          endedAtMs: NOW,
          nextStepAtMs: null,
          version: 2,
        });
        expect((await stores.tickets.history('waiting')).map(({ kind }) => kind)).toEqual(['opened', 'erased']);
        expect(await stores.tickets.ticket('over')).toMatchObject({ ...WORDLESS, state: 'ignored', endedAtMs: T0 });
        expect(await stores.tickets.ticket('others')).toEqual(others);
        expect([await stores.tickets.waitingIn('context-1'), await stores.tickets.due(NOW, 10)]).toMatchObject([{ id: 'others' }, []]);
      });

      it('takes nothing of people nobody knows', async () => {
        await stores.save({ turn: turnOf({ asker: '' }), feedback: null });
        expect(await privacy.erasePerson('', NOW)).toBe(0);
        expect(await stores.turn('turn-1')).not.toBeNull();
      });
    });
  });
}
