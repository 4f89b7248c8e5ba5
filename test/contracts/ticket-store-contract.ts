import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { TicketStore } from '../../src/hand-off/store.ts';
import { LEASE_MS, reply, T0 } from '../storage/messages.ts';
import { newTicket, nextVersion, ticketEvent, ticketOf } from '../support/turns.ts';
import { type HandOffStores, type OpenHandOff, type OpenHandOffStores, sendAll } from './hand-off-stores.ts';

const numbered = (number: number, part: Partial<Ticket> = {}): Ticket => ticketOf({ id: `t${number}`, number, ...part });

/** What every store of tickets promises. */
export function ticketStoreContract(name: string, open: OpenHandOff): void {
  describe(`ticket store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    let stores: HandOffStores;
    let store: TicketStore;

    beforeEach(async () => {
      opened = await open();
      stores = opened.stores;
      store = stores.tickets;
    });
    afterEach(() => opened.close());

    const add = async (...tickets: Ticket[]): Promise<void> => {
      expect(
        await store.commit(
          tickets.map((ticket) => newTicket(ticket)),
          [],
          T0,
        ),
      ).toBe(true);
    };
    const numbers = (tickets: readonly Ticket[]): number[] => tickets.map(({ number }) => number);
    const unsent = async (): Promise<number> => (await stores.counts()).unsent;

    it('is empty at first', async () => {
      expect(await store.ticket('t1')).toBeNull();
      expect(await store.tickets({ limit: 10 })).toEqual([]);
      expect(await store.counts()).toEqual({ open: 0, claimed: 0, answered: 0, ignored: 0, withdrawn: 0 });
      expect(await store.history('t1')).toEqual([]);
      expect([await store.waitingIn('context-1'), await store.cardOf('t1', 'telegram', 'desk')]).toEqual([null, null]);
      expect([await store.due(T0, 10), await store.undrafted(10)]).toEqual([[], []]);
      expect(await store.commit([], [], T0)).toBe(true);
    });

    it('gives every number once, whoever asks', async () => {
      const other = (await opened.another?.())?.tickets ?? store;
      expect(await store.nextNumber()).toBe(1);
      const given = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? store : other).nextNumber()));
      expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 2));
    });

    describe('keeping', () => {
      const full = ticketOf({
        state: 'answered',
        reason: 'not-helpful',
        category: null,
        question: '“博士”补贴 😀𠮷\n什么时候到账？',
        additions: ['去年申请的', '还没有到账'],
        before: [{ question: '补贴多少', reply: '每月 800 元' }],
        found: ['《总体工作思路》第6节'],
        turnId: 'turn-1',
        channel: 'feishu',
        address: { chatId: 'oc_1', chatKind: 'group', threadId: 'omt_1', replyTo: null },
        assignee: { userId: 'u1', name: '王芳', channel: 'feishu', senderId: 'ou_1' },
        claimedAtMs: T0 + 1,
        endedAtMs: T0 + 2,
        answer: '下月 10 日前。',
        answeredFor: '人才科',
        draftTextId: 'answer-1',
        reminders: 2,
        isEscalated: true,
        nextStepAtMs: T0 + 3,
      });

      it('gives back a ticket as it was written, with every field', async () => {
        await add(full, numbered(2));
        expect(await store.ticket(full.id)).toEqual(full);
        const next = nextVersion(full, { state: 'withdrawn', assignee: null, nextStepAtMs: null, answer: null, claimedAtMs: null });
        expect(await store.commit([next], [], T0)).toBe(true);
        expect(await store.ticket(full.id)).toEqual(next.ticket);
        expect(await store.ticket('t2')).toEqual(numbered(2));
      });

      it('leaves out what a database refuses', async () => {
        const bad = 'a\0b\ud83dc';
        const event = ticketEvent('added', { by: bad, detail: bad });
        expect(await store.commit([{ ticket: ticketOf({ question: bad, additions: [bad] }), expects: null, event }], [], T0)).toBe(true);
        expect(await store.ticket('ticket-1')).toMatchObject({ question: 'abc', additions: ['abc'] });
        expect(await store.history('ticket-1')).toEqual([{ ...event, by: 'abc', detail: 'abc' }]);
        expect(await store.ticket('ticket\0-1')).toMatchObject({ number: 1 });
      });

      it('keeps the history, the oldest first, of each ticket by itself', async () => {
        await add(numbered(1), numbered(2));
        const event = ticketEvent('claimed', { atMs: T0 - 1, by: '王芳', userId: 'u1', detail: '由我来答' });
        await store.commit([nextVersion(numbered(1), { state: 'claimed' }, event)], [], T0);
        expect(await store.history('t1')).toEqual([ticketEvent(), event]);
        expect(await store.history('t2')).toEqual([ticketEvent()]);
      });
    });

    describe('changing', () => {
      it('refuses a change to what has changed meanwhile, and a second ticket of the same id or number', async () => {
        const first = numbered(1);
        await add(first);
        const claim = nextVersion(first, { state: 'claimed' });
        expect(await store.commit([claim], [], T0)).toBe(true);
        for (const stale of [claim, newTicket(first), newTicket(numbered(2, { number: 1 })), nextVersion(numbered(3), {})]) {
          expect(await store.commit([stale], [reply('r', 'desk')], T0)).toBe(false);
        }
        expect(await store.ticket('t1')).toEqual(claim.ticket);
        expect(numbers(await store.tickets({ limit: 10 }))).toEqual([1]);
        expect([await store.history('t1'), await store.history('t2')].map(({ length }) => length)).toEqual([2, 0]);
        expect(await unsent()).toBe(0);
      });

      it('changes several or none', async () => {
        const [one, two] = [numbered(1), numbered(2)];
        await add(one, two);
        const stale = { ...nextVersion(one, { state: 'claimed' }), expects: 9 };
        expect(await store.commit([nextVersion(two, { state: 'claimed' }), stale], [reply('r', 'desk')], T0)).toBe(false);
        expect([await store.ticket('t1'), await store.ticket('t2'), await unsent()]).toEqual([one, two, 0]);
        expect(await store.history('t2')).toHaveLength(1);
        const both = [nextVersion(two, { state: 'claimed' }), nextVersion(one, { state: 'ignored' })];
        expect(await store.commit(both, [reply('r', 'desk')], T0)).toBe(true);
        expect([(await store.ticket('t1'))?.state, (await store.ticket('t2'))?.state, await unsent()]).toEqual(['ignored', 'claimed', 1]);
      });

      it('queues what is to be said, and calls the senders', async () => {
        const calls = { telegram: 0, feishu: 0 };
        stores.onWork('outbox:telegram', () => calls.telegram++);
        stores.onWork('outbox:feishu', () => calls.feishu++);
        const said = [reply('r1', 'desk'), reply('r2', 'asker'), reply('r3', 'desk')];
        expect(await store.commit([newTicket()], said, T0)).toBe(true);
        expect(calls).toEqual({ telegram: 1, feishu: 0 });
        expect((await sendAll(stores)).map(({ id }) => id).sort()).toEqual(['r1', 'r2', 'r3']);
      });

      it('lets one of many who change a ticket at once do so', async () => {
        const other = (await opened.another?.()) ?? stores;
        await add(numbered(1));
        const outcomes = await Promise.all(
          Array.from({ length: 12 }, (_, at) => {
            const by = { userId: null, name: `${at}`, channel: null, senderId: null };
            const change = nextVersion(numbered(1), { state: 'claimed', assignee: by });
            return (at % 2 === 0 ? stores : other).tickets.commit([change], [reply(`r${at}`, 'desk')], T0);
          }),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
        const winner = outcomes.indexOf(true);
        expect(await store.ticket('t1')).toMatchObject({ version: 2, assignee: { name: `${winner}` } });
        expect((await sendAll(stores)).map(({ id }) => id)).toEqual([`r${winner}`]);
        expect(await store.history('t1')).toHaveLength(2);
      });

      it('does without waiting for ever when several tickets are changed at once in any order', async () => {
        const other = (await opened.another?.()) ?? stores;
        const both = [numbered(1), numbered(2)];
        await add(...both);
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, (_, at) => {
            const changes = both.map((ticket) => nextVersion(ticket, { state: 'claimed' }));
            return (at % 2 === 0 ? stores : other).tickets.commit(at % 3 === 0 ? changes : changes.toReversed(), [], T0);
          }),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
      });
    });

    describe('finding', () => {
      it('lists the highest number first, by state, by desk, and page by page', async () => {
        await add(
          numbered(1, { state: 'answered' }),
          numbered(2, { deskId: 'money' }),
          numbered(3, { state: 'claimed' }),
          numbered(10, { state: 'claimed', deskId: 'money' }),
          numbered(9),
        );
        const list = async (filter: Partial<Parameters<TicketStore['tickets']>[0]>) =>
          numbers(await store.tickets({ limit: 10, ...filter }));
        expect(await list({})).toEqual([10, 9, 3, 2, 1]);
        expect(await list({ limit: 2 })).toEqual([10, 9]);
        expect(await list({ limit: 2, before: 9 })).toEqual([3, 2]);
        expect(await list({ states: ['open', 'claimed'] })).toEqual([10, 9, 3, 2]);
        expect(await list({ states: ['claimed'], deskId: 'money' })).toEqual([10]);
        expect(await list({ deskId: 'money', before: 10 })).toEqual([2]);
        expect(await list({ states: [] })).toEqual([]);
        expect(await list({ deskId: 'nobody' })).toEqual([]);
        expect(await store.counts()).toEqual({ open: 2, claimed: 2, answered: 1, ignored: 0, withdrawn: 0 });
      });

      it('knows what waits in a conversation: the latest that is not over', async () => {
        await add(
          numbered(1),
          numbered(2, { state: 'claimed' }),
          numbered(3, { state: 'withdrawn' }),
          numbered(4, { contextKey: 'context-2', state: 'answered' }),
        );
        expect(await store.waitingIn('context-1')).toEqual(numbered(2, { state: 'claimed' }));
        expect([await store.waitingIn('context-2'), await store.waitingIn('')]).toEqual([null, null]);
      });

      it('knows what is due, the longest due first', async () => {
        await add(
          numbered(1, { nextStepAtMs: T0 }),
          numbered(2, { nextStepAtMs: T0 - 10, state: 'claimed' }),
          numbered(3, { nextStepAtMs: T0 + 1 }),
          numbered(4),
          numbered(5, { nextStepAtMs: T0 - 20, state: 'ignored' }),
          numbered(6, { nextStepAtMs: T0 - 10 }),
        );
        expect(numbers(await store.due(T0, 10))).toEqual([2, 6, 1]);
        expect(numbers(await store.due(T0, 2))).toEqual([2, 6]);
      });

      it('knows what was answered and is no draft yet, the oldest first', async () => {
        await add(
          numbered(3, { state: 'answered', answer: '是' }),
          numbered(2, { state: 'answered', answer: '是' }),
          numbered(1, { state: 'answered', answer: '是', draftTextId: 'answer-1' }),
          numbered(4, { state: 'ignored' }),
        );
        expect(numbers(await store.undrafted(10))).toEqual([2, 3]);
        expect(numbers(await store.undrafted(1))).toEqual([2]);
      });
    });

    describe('what is said about a ticket', () => {
      const about = (id: string, chatId: string, ticketId = 't1') => ({ ...reply(id, chatId), about: `ticket:${ticketId}` });

      it('is known by the ids of its messages: the first of them that is about something', async () => {
        await add(numbered(1), numbered(2));
        await store.commit([], [about('r1', 'desk'), about('r2', 'desk', 't2'), reply('r3', 'desk'), about('r4', 'desk', 'gone')], T0);
        expect(await store.ticketAbout('telegram', 'desk', ['sent-r1'])).toBeNull();
        await sendAll(stores);
        const found = async (...ids: string[]) => (await store.ticketAbout('telegram', 'desk', ids))?.number ?? null;
        expect([await found('sent-r1'), await found('sent-r2'), await found('sent-r3'), await found('sent-r4')]).toEqual([
          1,
          2,
          null,
          null,
        ]);
        expect([await found('sent-r2', 'sent-r1'), await found('sent-r3', 'sent-r1'), await found()]).toEqual([2, 1, null]);
        expect(await store.ticketAbout('telegram', 'other', ['sent-r1'])).toBeNull();
        expect(await store.ticketAbout('feishu', 'desk', ['sent-r1'])).toBeNull();
      });

      it('has a card in each chat: the first message there that was sent', async () => {
        await store.commit([newTicket(numbered(1))], [about('r1', 'desk'), about('r2', 'desk'), about('r3', 'asker')], T0);
        expect(await store.cardOf('t1', 'telegram', 'desk')).toBeNull();
        for (const claim of await stores.claimReplies('telegram', 10, T0 + 1_000, LEASE_MS)) {
          const { id } = claim.reply;
          const end =
            id === 'r1' ? ({ status: 'dead', code: '403' } as const) : ({ status: 'sent', platformMessageId: `sent-${id}` } as const);
          await stores.settleReply(claim, end, T0 + 1_000);
        }
        await sendAll(stores);
        await store.commit([], [about('r4', 'desk')], T0);
        await sendAll(stores);
        const cards = [await store.cardOf('t1', 'telegram', 'desk'), await store.cardOf('t1', 'telegram', 'asker')];
        expect(cards).toEqual(['sent-r2', 'sent-r3']);
        expect([await store.cardOf('t1', 'telegram', 'other'), await store.cardOf('t2', 'telegram', 'desk')]).toEqual([null, null]);
      });

      it('is known when the outbox has forgotten it', async () => {
        await store.commit([newTicket(numbered(1))], [about('r1', 'desk')], T0);
        await sendAll(stores);
        await stores.purge(T0 + 1_000_000);
        expect(await store.cardOf('t1', 'telegram', 'desk')).toBe('sent-r1');
        expect(await store.ticketAbout('telegram', 'desk', ['sent-r1'])).toMatchObject({ id: 't1' });
      });
    });
  });
}
