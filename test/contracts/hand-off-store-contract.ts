import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingReply } from '../../src/domain/message.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { LEASE_MS, reply, T0 } from '../storage/messages.ts';
import { feedbackOf, moved, opened, ticketEvent, ticketOf, turnOf } from '../support/turns.ts';
import type { ConsoleStores, OpenConsoleStores, OpenStores } from './console-stores.ts';

const REFUSED: Answer = { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.1 };
const about = (id: string, chatId: string, topic = 'ticket:ticket-1'): OutgoingReply => ({ ...reply(id, chatId), about: topic });

/** Tickets, wishes, what was sent about them, and erasing; on every database. */
export function handOffStoreContract(name: string, open: OpenStores): void {
  describe(`hand-off: ${name}`, () => {
    let opening: OpenConsoleStores;
    let store: ConsoleStores;
    beforeEach(async () => {
      opening = await open();
      store = opening.stores;
    });
    afterEach(() => opening.close());

    /** Sends the next reply of a channel, as a message with this id. */
    const send = async (platformMessageId: string, atMs = T0): Promise<OutgoingReply> => {
      const [claim] = await store.claimReplies('telegram', 1, atMs, LEASE_MS);
      expect(await store.settleReply(claim!, { status: 'sent', platformMessageId }, atMs)).toBe(true);
      return claim!.reply;
    };

    it('gives numbers nobody has had', async () => {
      const numbers = await Promise.all(Array.from({ length: 5 }, () => store.tickets.nextNumber()));
      expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    });

    it('keeps a ticket as it is, with its history', async () => {
      const ticket = ticketOf({
        additions: ['我是外地户口'],
        before: [{ question: '早', reply: '好' }],
        found: ['《计划》第3节'],
        turnId: 't1',
        nextStepAtMs: T0 + 5,
      });
      expect(await store.tickets.commit([opened(ticket)], [], T0)).toBe(true);
      expect(await store.tickets.ticket('ticket-1')).toEqual(ticket);
      expect(await store.tickets.ticket('nobody')).toBeNull();
      const claimed = moved(ticket, {
        state: 'claimed',
        assignee: { userId: 'u1', name: '周', channel: null, senderId: null },
        claimedAtMs: T0,
      });
      expect(await store.tickets.commit([claimed], [], T0)).toBe(true);
      expect(await store.tickets.ticket('ticket-1')).toEqual(claimed.ticket);
      expect((await store.tickets.history('ticket-1')).map(({ kind }) => kind)).toEqual(['opened', 'claimed']);
      expect(await store.tickets.counts()).toEqual({ open: 0, claimed: 1, answered: 0, ignored: 0, withdrawn: 0 });
    });

    it('changes nothing and sends nothing when one of the tickets has changed meanwhile', async () => {
      const ticket = ticketOf();
      await store.tickets.commit([opened()], [], T0);
      expect(await store.tickets.commit([opened()], [reply('r0', 'chat')], T0)).toBe(false);
      expect(await store.tickets.commit([moved(ticket, { state: 'claimed' })], [], T0)).toBe(true);
      const other = opened({ id: 'ticket-2', number: 2 });
      expect(await store.tickets.commit([other, moved(ticket, { state: 'answered' })], [reply('r1', 'chat')], T0)).toBe(false);
      expect(await store.tickets.ticket('ticket-2')).toBeNull();
      expect(await store.tickets.ticket('ticket-1')).toMatchObject({ state: 'claimed', version: 2 });
      const late = { turn: turnOf(), feedback: null, tickets: [moved(ticket, { state: 'answered' })] };
      await expect(store.save(late, [reply('r2', 'chat')])).rejects.toMatchObject({ code: 'STALE' });
      expect(await store.lastTurn('context-1')).toBeNull();
      expect((await store.counts()).unsent).toBe(0);
    });

    it('lets one of several who change it at once do so', async () => {
      const others = [store, (await opening.another?.()) ?? store, store];
      await store.tickets.commit([opened()], [], T0);
      const outcomes = await Promise.all(
        others.map((other, at) => other.tickets.commit([moved(ticketOf(), { state: 'claimed' })], [reply(`r${at}`, 'chat')], T0)),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect((await store.counts()).unsent).toBe(1);
    });

    it('finds tickets by state, desk and number, the latest first', async () => {
      for (const number of [1, 2, 3]) {
        const part = { id: `t${number}`, number, deskId: number === 2 ? 'b' : 'a', contextKey: `c${number}` };
        await store.tickets.commit([opened(part)], [], T0);
      }
      await store.tickets.commit([moved(ticketOf({ id: 't1', number: 1, deskId: 'a', contextKey: 'c1' }), { state: 'answered' })], [], T0);
      const numbers = async (filter: Parameters<typeof store.tickets.tickets>[0]) =>
        (await store.tickets.tickets(filter)).map(({ number }) => number);
      expect(await numbers({ limit: 10 })).toEqual([3, 2, 1]);
      expect(await numbers({ limit: 1, before: 3 })).toEqual([2]);
      expect(await numbers({ limit: 10, states: ['open'], deskId: 'a' })).toEqual([3]);
      expect(await store.tickets.waitingIn('c1')).toBeNull();
      expect(await store.tickets.waitingIn('c3')).toMatchObject({ number: 3 });
      expect((await store.tickets.undrafted(5)).map(({ number }) => number)).toEqual([1]);
    });

    it('names those whose next step is due, the longest due first', async () => {
      const due = [
        [1, T0 + 10],
        [2, T0],
        [3, null],
        [4, T0 + 99],
      ] as const;
      for (const [number, nextStepAtMs] of due) await store.tickets.commit([opened({ id: `t${number}`, number, nextStepAtMs })], [], T0);
      expect((await store.tickets.due(T0 + 10, 5)).map(({ number }) => number)).toEqual([2, 1]);
    });

    it('knows what its messages were about, and which was the first', async () => {
      await store.tickets.commit([opened()], [about('r1', 'staff'), about('r2', 'staff'), reply('r3', 'staff')], T0);
      await send('m1');
      await send('m2');
      await send('m3');
      expect(await store.isOurs('telegram', 'staff', ['x', 'm2'])).toBe(true);
      expect(await store.isOurs('telegram', 'staff', ['m3'])).toBe(false);
      expect(await store.isOurs('telegram', 'other', ['m2'])).toBe(false);
      expect(await store.tickets.ticketAbout('telegram', 'staff', ['m2'])).toMatchObject({ id: 'ticket-1' });
      expect(await store.tickets.ticketAbout('telegram', 'staff', ['m3'])).toBeNull();
      expect(await store.tickets.cardOf('ticket-1', 'telegram', 'staff')).toBe('m1');
      expect(await store.tickets.cardOf('ticket-1', 'telegram', 'elsewhere')).toBeNull();
    });

    it('has a message take the place of another one, until that cannot be', async () => {
      await store.tickets.commit([], [{ ...about('r1', 'staff'), edits: 'm1' }], T0);
      const [claim] = await store.claimReplies('telegram', 1, T0, LEASE_MS);
      expect(claim!.reply).toMatchObject({ about: 'ticket:ticket-1', edits: 'm1' });
      const { form, address } = claim!.reply;
      expect(await store.retryReply(claim!, T0, { form, address, edits: null })).toBe(true);
      const again = await send('m2');
      expect(again).toMatchObject({ about: 'ticket:ticket-1' });
      expect(again).not.toHaveProperty('edits');
    });

    it('keeps for a page what its reader has not seen, in order', async () => {
      const toPage = (id: string): OutgoingReply => ({ ...reply(id, 'page'), channel: 'web' });
      await store.save({ turn: null, feedback: null }, [toPage('n1'), toPage('n2'), { ...reply('n3', 'other'), channel: 'web' }]);
      const ids = async (seen: string | null) => (await store.collect('web', 'page', seen, T0)).map(({ id }) => id);
      expect(await ids(null)).toEqual(['n1', 'n2']);
      expect(await ids(null)).toEqual(['n1', 'n2']);
      expect(await ids('n1')).toEqual(['n2']);
      expect(await ids('n1')).toEqual(['n2']);
      expect(await ids('n2')).toEqual([]);
      expect((await store.counts()).unsent).toBe(1);
    });

    it('tells who wants to know once', async () => {
      const { address } = reply('r', 'chat');
      const wish = { id: 'i1', turnId: 't1', asker: 'a', channel: 'telegram', address, question: '公积金', atMs: T0 } as const;
      await store.interests.addInterest(wish);
      await store.interests.addInterest({ ...wish, id: 'i2' });
      await store.interests.addInterest({ ...wish, id: 'i3', asker: 'b' });
      expect(await store.interests.interests(null, 10)).toEqual([wish, { ...wish, id: 'i3', asker: 'b' }]);
      expect((await store.interests.interests('i1', 10)).map(({ id }) => id)).toEqual(['i3']);
      const told = await Promise.all([
        store.interests.tell('i1', [reply('r1', 'chat')], T0),
        store.interests.tell('i1', [reply('r2', 'chat')], T0),
      ]);
      expect(told.toSorted()).toEqual([false, true]);
      expect((await store.counts()).unsent).toBe(1);
    });

    it('knows the questions nobody answered', async () => {
      await store.save({ turn: turnOf({ id: 't1', question: '公积金', answer: REFUSED, atMs: T0 }), feedback: null });
      await store.save({ turn: turnOf({ id: 't2', question: '补贴', answer: null, atMs: T0 + 1 }), feedback: null });
      expect(await store.interests.unanswered('2023-11-14', 10)).toEqual(['公积金']);
      expect(await store.interests.unanswered('2023-11-15', 10)).toEqual([]);
    });

    it('keeps the reason of a vote, and the latest of both', async () => {
      await store.save({ turn: null, feedback: feedbackOf({ vote: 'down' }) });
      await store.save({ turn: null, feedback: feedbackOf({ vote: 'down', reason: 'outdated' }) });
      expect(await store.voteOf('turn-1', 'asker-1')).toBe('down');
      await store.save({ turn: null, feedback: feedbackOf({ vote: 'up' }) });
      expect(await store.voteOf('turn-1', 'asker-1')).toBe('up');
    });

    it('erases one person and nobody else', async () => {
      const other = { asker: 'asker-2', contextKey: 'context-2' };
      await store.save({ turn: turnOf({ id: 't1', answer: REFUSED }), feedback: feedbackOf({ turnId: 't9' }) });
      await store.save({ turn: turnOf({ id: 't2', ...other }), feedback: feedbackOf({ turnId: 't9', asker: 'asker-2' }) });
      await store.tickets.commit([opened({ address: reply('r', 'chat').address, before: [{ question: '甲', reply: '乙' }] })], [], T0);
      await store.tickets.commit([opened({ id: 'ticket-2', number: 2, ...other })], [], T0);
      await store.tickets.commit(
        [moved(ticketOf({ id: 'ticket-2', number: 2, ...other }), { additions: ['补充'] }, ticketEvent('added', { detail: '补充' }))],
        [],
        T0,
      );
      expect(await store.privacy.erasePerson('asker-1', T0 + 5)).toBe(3);
      expect(await store.turn('t1')).toBeNull();
      expect(await store.lastTurn('context-1')).toBeNull();
      expect(await store.voteOf('t9', 'asker-1')).toBeNull();
      expect(await store.tickets.ticket('ticket-1')).toMatchObject({
        state: 'withdrawn',
        question: '',
        additions: [],
        before: [],
        address: { chatId: '' },
        nextStepAtMs: null,
      });
      expect((await store.tickets.history('ticket-1')).at(-1)).toMatchObject({ kind: 'erased' });
      expect(await store.turn('t2')).toMatchObject({ question: '补贴多少' });
      expect(await store.voteOf('t9', 'asker-2')).toBe('up');
      expect(await store.tickets.ticket('ticket-2')).toMatchObject({ state: 'open', additions: ['补充'] });
      expect(await store.privacy.erasePerson('asker-1', T0 + 5)).toBe(0);
      expect(await store.privacy.erasePerson('asker-2', T0 + 5)).toBe(3);
      expect((await store.tickets.history('ticket-2')).map(({ detail }) => detail)).toEqual([null, null, null]);
    });

    it('erases what is older than it may be, however much', async () => {
      for (let at = 0; at < 450; at++)
        await store.save({ turn: turnOf({ id: `t${at}`, atMs: T0 + at, contextKey: `c${at}` }), feedback: null });
      await store.tickets.commit([opened({ state: 'answered', answer: '好', endedAtMs: T0 })], [], T0);
      await store.tickets.commit([opened({ id: 'ticket-2', number: 2, state: 'answered', endedAtMs: T0 + 50 })], [], T0);
      expect(await store.privacy.eraseBefore({ turnsMs: T0 + 430, ticketsMs: T0 + 50 }, T0 + 99)).toBe(431);
      expect(await store.turn('t429')).toBeNull();
      expect(await store.turn('t430')).toMatchObject({ question: '补贴多少' });
      expect(await store.tickets.ticket('ticket-1')).toMatchObject({ state: 'answered', question: '', answer: '好' });
      expect(await store.tickets.ticket('ticket-2')).toMatchObject({ question: '博士补贴什么时候到账？' });
      expect(await store.privacy.eraseBefore({ turnsMs: T0 + 430, ticketsMs: T0 + 50 }, T0 + 99)).toBe(0);
    });
  });
}
