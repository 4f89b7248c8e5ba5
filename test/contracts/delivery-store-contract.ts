import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStore } from '../../src/conversations/store.ts';
import type { Claim, DeliveryStore, ReplyClaim } from '../../src/delivery/store.ts';
import { workOffConcurrently } from '../storage/concurrent-work.ts';
import { claimOne, claimReplyOne, LEASE_MS, NOTHING, putAll, received, reply, T0, turn } from '../storage/messages.ts';
import { checkAgainstModel } from '../storage/store-model.ts';
import { feedbackOf, newTicket, nextVersion, ticketOf, turnOf } from '../support/turns.ts';

/** What is held against the contract. `voteOf` is how the suite sees votes. */
export type StoreUnderTest = DeliveryStore &
  ConversationStore & { voteOf(turnId: string, senderId: string): Promise<'up' | 'down' | null> };

export interface OpenStore {
  readonly store: StoreUnderTest;
  /** Opens once more what is on the disk, as the next start of the process would. Stores in memory have none. */
  readonly reopen?: () => Promise<StoreUnderTest>;
  close(): Promise<void>;
}

/** What every delivery and conversation store promises. `open` is called before each test and returns an empty store. */
export function deliveryStoreContract(name: string, open: () => Promise<OpenStore>, options: { readonly modelRuns?: number } = {}): void {
  describe(`delivery store contract: ${name}`, () => {
    let opened: OpenStore;
    let store: StoreUnderTest;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => {
      await opened.close();
    });

    const claim = async (nowMs = T0 + 1_000): Promise<Claim> => {
      const claimed = await claimOne(store, nowMs, LEASE_MS);
      if (!claimed) throw new Error('expected a message');
      return claimed;
    };
    const claimReply = async (nowMs = T0 + 1_000): Promise<ReplyClaim> => {
      const claimed = await claimReplyOne(store, nowMs, LEASE_MS);
      if (!claimed) throw new Error('expected a reply');
      return claimed;
    };
    /** Queues replies by way of a message. */
    const queue = async (...replies: ReturnType<typeof reply>[]): Promise<void> => {
      await store.put(received('queueing', `for ${replies[0]?.id}`), T0);
      expect(await store.complete(await claim(), NOTHING, replies, T0)).toBe(true);
    };
    const sent = { status: 'sent', platformMessageId: 'p1' } as const;

    describe('storing', () => {
      it('hands out what was stored, unchanged', async () => {
        const put = received('lane', '住房补贴 😀 𠮷 \n\t"\\');
        expect(await store.put(put, T0)).toBe('stored');
        expect(await claimOne(store, T0, LEASE_MS)).toEqual({
          jobId: expect.any(String),
          token: expect.any(String),
          message: put.message,
          attempt: 1,
          receivedAtMs: T0,
        });
      });

      it('knows a message again by any of its keys', async () => {
        await store.put(received('lane', '1', ['event/1', 'message/1']), T0);
        expect(await store.put(received('lane', '1', ['message/1']), T0)).toBe('duplicate');
        expect(await store.put(received('other', '1', ['event/2', 'event/1']), T0)).toBe('duplicate');
        expect((await store.counts()).waiting).toBe(1);
      });

      it('remembers no key of a duplicate', async () => {
        await store.put(received('lane', '1', ['event/1']), T0);
        await store.put(received('lane', '2', ['event/1', 'event/2']), T0);
        expect(await store.put(received('lane', '3', ['event/2']), T0)).toBe('stored');
      });

      it('takes the same key twice in one message', async () => {
        expect(await store.put(received('lane', '1', ['event/1', 'event/1']), T0)).toBe('stored');
      });

      it('knows a message that was answered', async () => {
        await store.put(received('lane', '1'), T0);
        await store.complete(await claim(), NOTHING, [], T0);
        expect(await store.put(received('lane', '1'), T0)).toBe('duplicate');
      });

      it('stores exactly one of many that arrive at once with a key in common', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 40 }, (_, at) =>
            store.put(received(`lane ${at % 4}`, '1', at % 2 ? [`own/${at}`, 'shared'] : ['shared', `own/${at}`]), T0),
          ),
        );
        expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
        expect((await store.counts()).waiting).toBe(1);
      });

      it('leaves out U+0000 and halves of surrogate pairs', async () => {
        const put = received('la\0ne', 'a\0b\ud83dc\udca9d😀', ['key\0\ud83d']);
        expect(await store.put(put, T0)).toBe('stored');
        expect(await store.put(received('lane', '2', ['key']), T0)).toBe('duplicate');
        const claimed = await claim();
        expect(claimed.message).toMatchObject({ lane: 'lane', content: { text: 'abcd😀' } });

        expect(await store.retry(claimed, T0, 'fail\0ed')).toBe(true);
        const again = await claim();
        const bad = { ...reply('r\u0031', 'chat\0'), address: { ...reply('r1', 'chat\0').address, replyTo: '\ud83dx' } };
        const handled = {
          turn: turn('t1', 'context\0', T0, 'wh\0y\udca9'),
          feedback: { turnId: 't0', vote: 'up', asker: 'a\0b', reason: null },
        } as const;
        expect(await store.complete(again, handled, [bad], T0)).toBe(true);
        expect(await store.lastTurn('context\0')).toMatchObject({ contextKey: 'context', question: 'why' });
        expect(await store.voteOf('t0', 'ab')).toBe('up');
        const claimedReply = await claimReply();
        expect(claimedReply.reply.address).toMatchObject({ chatId: 'chat', replyTo: 'x' });
        const moved = { ...claimedReply.reply.address, chatId: 'ch\0at' };
        expect(await store.retryReply(claimedReply, T0, { form: 'text', address: moved })).toBe(true);
        const last = await claimReply();
        expect(last.reply.address.chatId).toBe('chat');
        expect(await store.settleReply(last, { status: 'dead', code: 'c\0ode' }, T0)).toBe(true);
      });
    });

    describe('lanes', () => {
      it('has nothing to hand out when nothing was stored', async () => {
        expect(await claimOne(store, T0, LEASE_MS)).toBeNull();
        expect(await claimReplyOne(store, T0, LEASE_MS)).toBeNull();
      });

      it('hands out the messages of a lane one at a time, in the order they were stored', async () => {
        await putAll(store, 'lane', ['1', '2', '3']);
        for (const id of ['1', '2', '3']) {
          const claimed = await claim();
          expect(claimed.message.messageId).toBe(id);
          expect(claimed.attempt).toBe(1);
          expect(await claimOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
          expect(await store.complete(claimed, NOTHING, [], T0 + 1_000)).toBe(true);
        }
        expect(await claimOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
      });

      it('hands out different lanes side by side, the oldest message first', async () => {
        await store.put(received('b', 'b1'), T0);
        await store.put(received('a', 'a1'), T0 + 1);
        await store.put(received('b', 'b2'), T0 + 2);
        await store.put(received('c', 'c1'), T0 + 3);
        const ids = [await claim(), await claim(), await claim()].map(({ message }) => message.messageId);
        expect(ids).toEqual(['b1', 'a1', 'c1']);
        expect(await claimOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
      });

      it('lets a lane that waited go before later arrivals', async () => {
        await store.put(received('a', 'a1'), T0);
        await store.put(received('a', 'a2'), T0 + 1);
        await store.put(received('b', 'b1'), T0 + 2);
        await store.complete(await claim(), NOTHING, [], T0 + 10);
        expect((await claim()).message.messageId).toBe('a2');
      });

      it('hands out a message that comes while its lane is worked on, after that', async () => {
        await store.put(received('lane', '1'), T0);
        const first = await claim();
        await store.put(received('lane', '2'), T0 + 2);
        expect(await claimOne(store, T0 + 3, LEASE_MS)).toBeNull();
        await store.complete(first, NOTHING, [], T0 + 4);
        expect((await claim()).message.messageId).toBe('2');
      });

      it('keeps order and hands out nothing twice when many store, answer and send at once', async () => {
        const result = await workOffConcurrently([store], { lanes: 8, messagesPerLane: 12, workers: 6, senders: 4 });
        expect(result.answeredInWrongOrder).toEqual([]);
        expect(result.sentInWrongOrder).toEqual([]);
        expect(result.overlaps).toBe(0);
        expect(result.answered).toBe(8 * 12);
        expect(result.sent).toBe(8 * 12);
        expect(await store.counts()).toMatchObject({ waiting: 0, unsent: 0 });
      });

      it('keeps a hot lane in order', async () => {
        const result = await workOffConcurrently([store], { lanes: 1, messagesPerLane: 60, workers: 4, senders: 2 });
        expect(result).toMatchObject({ answered: 60, sent: 60, overlaps: 0, answeredInWrongOrder: [], sentInWrongOrder: [] });
      });

      it('hands out several at once, one of each lane, the oldest, and no more than asked for', async () => {
        for (const [at, id] of ['b1', 'a1', 'b2', 'c1', 'd1'].entries()) await store.put(received(id[0]!, id), T0 + at);
        const idsOf = (claims: readonly Claim[]): string[] => claims.map(({ message }) => message.messageId);
        const claims = await store.claim(3, T0 + 10, LEASE_MS);
        expect(idsOf(claims)).toEqual(['b1', 'a1', 'c1']);
        expect(claims.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
        expect(idsOf(await store.claim(10, T0 + 10, LEASE_MS))).toEqual(['d1']);
        expect(await store.claim(10, T0 + 10, LEASE_MS)).toEqual([]);
        // Each is held by itself, whoever was handed out with it.
        expect(await store.complete(claims[1]!, NOTHING, [], T0 + 11)).toBe(true);
        expect(await store.retry(claims[2]!, T0 + 11, 'x')).toBe(true);
        expect(idsOf(await store.claim(10, T0 + 11, LEASE_MS))).toEqual(['c1']);
        expect(await store.complete(claims[0]!, NOTHING, [], T0 + 12)).toBe(true);
        expect(idsOf(await store.claim(10, T0 + 12, LEASE_MS))).toEqual(['b2']);
      });

      it('hands each message to one of many who ask at once', async () => {
        for (let lane = 0; lane < 10; lane++) await store.put(received(`lane ${lane}`, `${lane}`), T0);
        const claims = (await Promise.all(Array.from({ length: 30 }, () => claimOne(store, T0, LEASE_MS)))).filter(
          (claimed) => claimed !== null,
        );
        expect(new Set(claims.map(({ jobId }) => jobId)).size).toBe(claims.length);
        expect(new Set(claims.map(({ token }) => token)).size).toBe(claims.length);
        expect(claims).toHaveLength(10);
      });
    });

    describe('leases', () => {
      it('hands a message out again when its lease has run out, as the next attempt', async () => {
        await putAll(store, 'lane', ['1', '2']);
        const first = await claim(T0);
        expect(await claimOne(store, T0 + LEASE_MS - 1, LEASE_MS)).toBeNull();
        const second = await claim(T0 + LEASE_MS);
        expect(second.jobId).toBe(first.jobId);
        expect(second.attempt).toBe(2);
        expect(second.token).not.toBe(first.token);
      });

      it('takes nothing from a worker whose lease was lost', async () => {
        await store.put(received('lane', '1'), T0);
        const lost = await claim(T0);
        const held = await claim(T0 + LEASE_MS);
        const handled = { turn: turn('t1', 'context', T0), feedback: { turnId: 't0', vote: 'up', asker: 'p', reason: null } } as const;
        expect(await store.complete(lost, handled, [reply('r1', 'chat')], T0)).toBe(false);
        expect(await store.end(lost, { status: 'expired' }, [reply('r2', 'chat')], T0)).toBe(false);
        expect(await store.retry(lost, T0, 'late')).toBe(false);
        expect(await store.counts()).toMatchObject({ waiting: 1, unsent: 0 });
        expect(await store.lastTurn('context')).toBeNull();
        expect(await store.voteOf('t0', 'p')).toBeNull();
        expect(await store.complete(held, handled, [reply('r1', 'chat')], T0)).toBe(true);
        expect(await store.counts()).toMatchObject({ waiting: 0, unsent: 1 });
      });

      it('takes the answer of a late worker while no one else has the message', async () => {
        await store.put(received('lane', '1'), T0);
        const late = await claim(T0);
        expect(await store.complete(late, NOTHING, [], T0 + 10 * LEASE_MS)).toBe(true);
      });

      it('ends a message once', async () => {
        await putAll(store, 'lane', ['1', '2']);
        const claimed = await claim();
        expect(await store.complete(claimed, NOTHING, [], T0)).toBe(true);
        expect(await store.complete(claimed, NOTHING, [reply('r1', 'chat')], T0)).toBe(false);
        expect(await store.end(claimed, { status: 'dead', error: 'x' }, [], T0)).toBe(false);
        expect(await store.retry(claimed, T0, 'x')).toBe(false);
        expect(await store.counts()).toMatchObject({ waiting: 1, unsent: 0, deadMessages: 0 });
      });

      it('lets one of many who end the same claim at once do so', async () => {
        await store.put(received('lane', '1'), T0);
        const claimed = await claim();
        const ends = await Promise.all(
          Array.from({ length: 8 }, (_, at) => store.complete(claimed, NOTHING, [reply(`r${at}`, 'chat')], T0)),
        );
        expect(ends.filter(Boolean)).toHaveLength(1);
        expect((await store.counts()).unsent).toBe(1);
      });
    });

    describe('ending a message', () => {
      it('tries again not before the given time, and keeps the lane waiting until then', async () => {
        await putAll(store, 'lane', ['1', '2']);
        await store.put(received('other', '3'), T0 + 5);
        expect(await store.retry(await claim(T0 + 10), T0 + 500.25, 'busy')).toBe(true);
        expect((await claim(T0 + 500)).message.messageId).toBe('3');
        expect(await claimOne(store, T0 + 500, LEASE_MS)).toBeNull();
        const again = await claim(T0 + 501);
        expect(again).toMatchObject({ attempt: 2, message: { messageId: '1' } });
        await store.complete(again, NOTHING, [], T0 + 502);
        expect(await claim(T0 + 503)).toMatchObject({ attempt: 1, message: { messageId: '2' } });
      });

      it('saves turn and vote and queues the replies with the end', async () => {
        await store.put(received('lane', '1'), T0);
        const asked = turn('t1', 'context', T0);
        const handled = { turn: asked, feedback: { turnId: 't0', vote: 'down', asker: 'p', reason: null } } as const;
        expect(await store.complete(await claim(), handled, [reply('r1', 'chat'), reply('r2', 'chat')], T0 + 7)).toBe(true);
        expect(await store.lastTurn('context')).toEqual(asked);
        expect(await store.voteOf('t0', 'p')).toBe('down');
        expect(await store.counts()).toMatchObject({ waiting: 0, oldestWaitingAtMs: null, unsent: 2 });
        expect(await claimReply()).toEqual({
          reply: reply('r1', 'chat'),
          lane: expect.any(String),
          token: expect.any(String),
          attempt: 1,
          queuedAtMs: T0 + 7,
        });
      });

      it('ends a message unanswered, with or without an apology', async () => {
        await putAll(store, 'lane', ['1', '2', '3']);
        expect(await store.end(await claim(), { status: 'expired' }, [], T0)).toBe(true);
        expect(await store.end(await claim(), { status: 'dead', error: 'TypeError' }, [reply('sorry', 'chat')], T0)).toBe(true);
        expect((await claim()).message.messageId).toBe('3');
        expect(await store.counts()).toMatchObject({ waiting: 1, unsent: 1, deadMessages: 1 });
        expect((await claimReply()).reply.id).toBe('sorry');
      });
    });

    describe('the outbox', () => {
      it('sends the replies to one chat in order, a later one only after the one before', async () => {
        await queue(reply('r1', 'chat'), reply('r2', 'chat'));
        const first = await claimReply();
        expect(first.reply.id).toBe('r1');
        expect(await claimReplyOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
        expect(await store.settleReply(first, sent, T0)).toBe(true);
        expect((await claimReply()).reply.id).toBe('r2');
      });

      it('hands out several replies at once, one to each chat', async () => {
        await queue(reply('r1', 'a'), reply('r2', 'a'), reply('r3', 'b'), reply('r4', 'c'));
        const claims = await store.claimReplies('telegram', 10, T0 + 1_000, LEASE_MS);
        expect(claims.map(({ reply: { id } }) => id).sort()).toEqual(['r1', 'r3', 'r4']);
        const first = claims.find(({ reply: { id } }) => id === 'r1')!;
        expect(await store.settleReply(first, sent, T0)).toBe(true);
        expect(await store.settleReply(first, sent, T0), 'once').toBe(false);
        const next = await store.claimReplies('telegram', 10, T0 + 1_000, LEASE_MS);
        expect(next.map(({ reply: { id } }) => id)).toEqual(['r2']);
      });

      it('sends to other chats, threads and channels meanwhile', async () => {
        await queue(
          reply('r1', 'chat'),
          reply('r2', 'chat', { threadId: '7' }),
          reply('r3', 'other'),
          reply('r4', 'chat', { channel: 'feishu' }),
          reply('r5', 'chat'),
        );
        const telegram = [await claimReply(), await claimReply(), await claimReply()].map(({ reply: { id } }) => id).sort();
        expect(telegram).toEqual(['r1', 'r2', 'r3']);
        expect(await claimReplyOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
        expect(await claimReplyOne(store, T0 + 1_000, LEASE_MS, 'feishu')).toMatchObject({ reply: { id: 'r4' } });
      });

      it.each([sent, { status: 'unknown', code: 'ECONNRESET' }, { status: 'dead', code: '403' }] as const)(
        'goes on with the next after %o',
        async (end) => {
          await queue(reply('r1', 'chat'), reply('r2', 'chat'));
          const claimed = await claimReply();
          expect(await store.settleReply(claimed, end, T0)).toBe(true);
          expect(await store.settleReply(claimed, sent, T0)).toBe(false);
          expect((await claimReply()).reply.id).toBe('r2');
          expect(await store.counts()).toMatchObject({
            unsent: 1,
            deadReplies: end.status === 'dead' ? 1 : 0,
            unknownReplies: end.status === 'unknown' ? 1 : 0,
          });
        },
      );

      it('tries a reply again, not before the given time and before any later one', async () => {
        await queue(reply('r1', 'chat'), reply('r2', 'chat'));
        expect(await store.retryReply(await claimReply(), T0 + 2_000.5, null)).toBe(true);
        expect(await claimReplyOne(store, T0 + 2_000, LEASE_MS)).toBeNull();
        expect(await claimReply(T0 + 2_001)).toMatchObject({ reply: reply('r1', 'chat'), attempt: 2 });
      });

      it('sends a reply in another form and to another place, still in its order', async () => {
        await queue(reply('r1', 'chat', { threadId: '7' }), reply('r2', 'chat', { threadId: '7' }));
        const address = { chatId: 'moved', chatKind: 'group', threadId: null, replyTo: null } as const;
        expect(await store.retryReply(await claimReply(), T0, { form: 'text', address })).toBe(true);
        const changed = await claimReply();
        expect(changed).toMatchObject({ reply: { ...reply('r1', 'chat'), form: 'text', address }, attempt: 2 });
        expect(await claimReplyOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
        expect(await store.retryReply(changed, T0, null)).toBe(true);
        expect(await store.settleReply(await claimReply(), sent, T0)).toBe(true);
        expect((await claimReply()).reply.id).toBe('r2');
      });

      it('does not count a deferred try', async () => {
        await queue(reply('r1', 'chat'));
        expect(await store.deferReply(await claimReply(), T0 + 3_000.5)).toBe(true);
        expect(await claimReplyOne(store, T0 + 3_000, LEASE_MS)).toBeNull();
        expect((await claimReply(T0 + 3_001)).attempt).toBe(1);
      });

      it('takes nothing from a sender whose lease was lost', async () => {
        await queue(reply('r1', 'chat'));
        const lost = await claimReply(T0);
        const held = await claimReply(T0 + LEASE_MS);
        expect(held.attempt).toBe(2);
        const change = { form: 'text', address: { ...lost.reply.address, chatId: 'moved' } } as const;
        expect(await store.settleReply(lost, sent, T0)).toBe(false);
        expect(await store.retryReply(lost, T0, change)).toBe(false);
        expect(await store.deferReply(lost, T0)).toBe(false);
        expect(await claimReplyOne(store, T0 + LEASE_MS, LEASE_MS)).toBeNull();
        expect((await store.counts()).unsent).toBe(1);
        expect(await store.settleReply(held, sent, T0)).toBe(true);
        expect((await store.counts()).unsent).toBe(0);
      });
    });

    describe('replies about something', () => {
      const about = { about: 'ticket:t1' } as const;
      const card = { ...reply('card', 'desk'), ...about };

      it('hands out what a reply is about and what it takes the place of', async () => {
        const change = { ...reply('r2', 'other'), ...about, edits: 'p1' };
        await queue(card, change);
        const claims = await store.claimReplies('telegram', 10, T0 + 1_000, LEASE_MS);
        expect(claims.map((claimed) => claimed.reply).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([card, change]);
      });

      it('sends as a new message what could not be changed, and else keeps what it changes', async () => {
        await queue({ ...card, edits: 'p1' });
        const first = await claimReply();
        const { address } = first.reply;
        expect(await store.retryReply(first, T0, { form: 'simple', address })).toBe(true);
        const second = await claimReply();
        expect(second.reply).toEqual({ ...card, form: 'simple', edits: 'p1' });
        expect(await store.retryReply(second, T0, null)).toBe(true);
        const third = await claimReply();
        expect(third.reply.edits).toBe('p1');
        expect(await store.retryReply(third, T0, { form: 'simple', address, edits: null })).toBe(true);
        expect((await claimReply()).reply).toEqual({ ...card, form: 'simple' });
      });

      it('knows them by the ids the platform gave them, in their chat, also when the outbox has forgotten them', async () => {
        await queue(card, reply('plain', 'desk'));
        const isOurs = (ids: readonly string[], chat = 'desk') => store.isOurs('telegram', chat, ids);
        expect(await isOurs(['card-id'])).toBe(false);
        await store.settleReply(await claimReply(), { status: 'sent', platformMessageId: 'card-id' }, T0);
        await store.settleReply(await claimReply(), { status: 'sent', platformMessageId: 'plain-id' }, T0);
        await store.purge(T0 + 60_000);
        expect([await isOurs(['card-id']), await isOurs(['x', 'card-id'])]).toEqual([true, true]);
        expect([await isOurs([]), await isOurs(['plain-id', 'x']), await isOurs(['card-id'], 'other')]).toEqual([false, false, false]);
        expect(await store.isOurs('feishu', 'desk', ['card-id'])).toBe(false);
      });

      it('does not know them by an id when they did not arrive', async () => {
        await queue(card);
        await store.settleReply(await claimReply(), { status: 'dead', code: 'card-id' }, T0);
        expect(await store.isOurs('telegram', 'desk', ['card-id'])).toBe(false);
      });
    });

    describe('replies somebody comes for', () => {
      const web = (id: string, chatId = 'visitor') => reply(id, chatId, { channel: 'web' });
      const collect = async (seen: string | null = null) => (await store.collect('web', 'visitor', seen, T0)).map(({ id }) => id);

      it('wait until their reader has seen them, in order, of their chat only', async () => {
        expect(await collect()).toEqual([]);
        await queue({ ...web('r1'), about: 'ticket:t1' }, web('r2'), web('r3', 'other'), reply('r4', 'visitor'));
        expect(await store.collect('web', 'visitor', null, T0)).toEqual([{ ...web('r1'), about: 'ticket:t1' }, web('r2')]);
        expect(await collect()).toEqual(['r1', 'r2']);
        expect(await collect('r1')).toEqual(['r2']);
        // What the reader says they have seen and nobody sent hides nothing.
        expect(await collect('r3')).toEqual(['r2']);
        expect(await collect('r2')).toEqual([]);
        expect(await store.counts()).toMatchObject({ unsent: 2 });
        expect(await claimReplyOne(store, T0 + 1_000, LEASE_MS, 'web')).toMatchObject({ reply: { id: 'r3' } });
        await queue(web('r5'));
        expect(await collect('r2')).toEqual(['r5']);
      });

      it('reach a reader who comes again and again while they are queued, each of them once', async () => {
        await store.put(received('queueing', 'waiting'), T0);
        await queue(web('r0'));
        const got: string[] = [];
        const come = async () => got.push(...(await collect(got.at(-1) ?? null)));
        await Promise.all([
          (async () => {
            for (let at = 1; at <= 20; at++) await store.save(NOTHING, [web(`r${at}`)]);
          })(),
          (async () => {
            for (let at = 1; at <= 20; at++) await come();
          })(),
        ]);
        await come();
        expect(got).toEqual(Array.from({ length: 21 }, (_, at) => `r${at}`));
        expect(await collect(got.at(-1))).toEqual([]);
      });

      it('are forgotten in the end when nobody comes', async () => {
        await queue(web('old'), reply('other', 'visitor'));
        await store.put(received('queueing', 'later'), T0 + 60_000);
        await store.complete(await claim(T0 + 60_000), NOTHING, [web('young')], T0 + 60_000);
        await store.purge(T0 + 1);
        expect(await store.counts()).toMatchObject({ unsent: 2 });
        expect(await collect()).toEqual(['young']);
        expect((await claimReply()).reply.id).toBe('other');
        expect(await collect('young')).toEqual([]);
        await queue(web('old again'));
        await store.purge(T0 + 1);
        expect(await collect()).toEqual([]);
        await queue(web('next'));
        expect(await collect()).toEqual(['next']);
      });
    });

    describe('tickets', () => {
      it('take effect with the message, or nothing does', async () => {
        const ticket = ticketOf();
        await putAll(store, 'lane', ['1', '2']);
        expect(await store.complete(await claim(), { ...NOTHING, tickets: [newTicket()] }, [reply('r1', 'chat')], T0)).toBe(true);
        const handled = {
          turn: turn('t1', 'context', T0),
          feedback: feedbackOf({ turnId: 't0', asker: 'p' }),
          tickets: [nextVersion({ ...ticket, version: 7 }, { state: 'claimed' })],
        } as const;
        const second = await claim();
        await expect(store.complete(second, handled, [reply('r2', 'chat')], T0)).rejects.toMatchObject({ code: 'STALE' });
        expect([await store.lastTurn('context'), await store.voteOf('t0', 'p')]).toEqual([null, null]);
        expect(await store.counts()).toMatchObject({ waiting: 1, unsent: 1 });
        // The message is still in hand, and can be tried again.
        expect(await claimOne(store, T0 + 1_000, LEASE_MS)).toBeNull();
        const again = { ...handled, tickets: [nextVersion(ticket, { state: 'claimed' })] };
        expect(await store.complete(second, again, [reply('r2', 'chat')], T0)).toBe(true);
        expect(await store.lastTurn('context')).toMatchObject({ id: 't1' });
      });

      it('take effect with what is saved and said elsewhere, or nothing does', async () => {
        let calls = 0;
        store.onWork('outbox:telegram', () => calls++);
        await store.save({ ...NOTHING, tickets: [newTicket()] }, [reply('r1', 'desk')]);
        expect([calls, (await store.counts()).unsent]).toEqual([1, 1]);
        const stale = { turn: turn('t1', 'context', T0), feedback: null, tickets: [newTicket()] };
        await expect(store.save(stale, [reply('r2', 'desk')])).rejects.toMatchObject({ code: 'STALE' });
        expect(await store.lastTurn('context')).toBeNull();
        expect([calls, (await store.counts()).unsent]).toEqual([1, 1]);
        // By the store's own clock.
        expect((await claimReply(Date.now() + 1_000)).reply.id).toBe('r1');
      });
    });

    describe('counts and purge', () => {
      it('counts what waits, and how long, the messages in hand included', async () => {
        await store.put(received('a', '1'), T0 + 5);
        await store.put(received('b', '2'), T0 + 6);
        await claim();
        expect(await store.counts()).toEqual({
          waiting: 2,
          oldestWaitingAtMs: T0 + 5,
          unsent: 0,
          deadMessages: 0,
          deadReplies: 0,
          unknownReplies: 0,
        });
      });

      it('forgets what ended before the time, and its keys', async () => {
        for (const [at, end] of (['done', 'expired', 'dead'] as const).entries()) {
          await store.put(received('lane', end), T0 + at);
          const claimed = await claim();
          if (end === 'done')
            await store.complete(claimed, NOTHING, [reply('r1', 'a'), reply('r2', 'b'), reply('r3', 'c'), reply('r4', 'd')], T0);
          else await store.end(claimed, end === 'expired' ? { status: end } : { status: end, error: 'x' }, [], T0);
        }
        for (const end of [sent, { status: 'dead', code: '403' }, { status: 'unknown', code: 'x' }] as const) {
          await store.settleReply(await claimReply(), end, T0);
        }
        await store.put(received('lane', 'waiting'), T0);
        await store.put(received('lane', 'young'), T0 + 60_000);
        await store.purge(T0 + 60_000);

        expect(await store.counts()).toMatchObject({ waiting: 2, unsent: 1, deadMessages: 1, deadReplies: 1, unknownReplies: 0 });
        expect(await store.put(received('lane', 'done'), T0)).toBe('stored');
        expect(await store.put(received('lane', 'young'), T0)).toBe('duplicate');
        expect((await claim()).message.messageId).toBe('waiting');
        expect((await claimReply()).reply.id).toBe('r4');
      });

      it('keeps turns and votes', async () => {
        await store.save({ turn: turn('t1', 'context', T0), feedback: { turnId: 't1', vote: 'up', asker: 'p', reason: null } });
        await store.purge(T0 + 1_000_000);
        expect(await store.lastTurn('context')).toMatchObject({ id: 't1' });
        expect(await store.voteOf('t1', 'p')).toBe('up');
      });

      it('does not hold up lanes that it found empty', async () => {
        await store.put(received('lane', '1'), T0);
        await store.complete(await claim(), NOTHING, [], T0);
        await Promise.all([store.purge(T0 + 1_000_000), store.put(received('lane', '2'), T0), store.put(received('lane', '3'), T0)]);
        expect((await claim()).message.lane).toBe('lane');
      });
    });

    describe('calls', () => {
      it('calls those who wait for it when there may be work, until told to stop', async () => {
        const calls = { messages: 0, replies: 0, others: 0 };
        const stop = store.onWork('inbox', () => calls.messages++);
        store.onWork('outbox:telegram', () => calls.replies++);
        store.onWork('outbox:feishu', () => calls.others++);
        await store.put(received('lane', '1'), T0);
        expect(calls).toEqual({ messages: 1, replies: 0, others: 0 });
        await store.put(received('lane', '2'), T0);
        const claimed = await claim();
        calls.messages = 0;
        await store.complete(claimed, NOTHING, [reply('r1', 'chat'), reply('r2', 'chat')], T0);
        expect(calls.messages, 'the next message').toBeGreaterThan(0);
        expect(calls.replies, 'replies to send').toBeGreaterThan(0);
        calls.replies = 0;
        await store.settleReply(await claimReply(), sent, T0);
        expect(calls.replies, 'the next reply').toBeGreaterThan(0);
        calls.replies = 0;
        await store.retryReply(await claimReply(), T0, null);
        expect(calls.replies, 'the reply again').toBeGreaterThan(0);
        expect(calls.others).toBe(0);
        stop();
        calls.messages = 0;
        await store.put(received('lane', '3'), T0);
        expect(calls.messages).toBe(0);
      });
    });

    describe('conversations', () => {
      it('remembers nothing at first', async () => {
        expect(await store.lastTurn('context')).toBeNull();
      });

      it('gives the latest turn of a context: by its time, then by when it was saved', async () => {
        const save = (id: string, contextKey: string, atMs: number) => store.save({ turn: turn(id, contextKey, atMs), feedback: null });
        await save('t1', 'a', T0);
        await save('t2', 'a', T0 + 2);
        await save('t3', 'a', T0 + 1);
        await save('t4', 'b', T0 + 9);
        expect(await store.lastTurn('a')).toEqual(turn('t2', 'a', T0 + 2));
        await save('t5', 'a', T0 + 2);
        expect(await store.lastTurn('a')).toEqual(turn('t5', 'a', T0 + 2));
      });

      it('gives a turn by its id', async () => {
        const asked = turn('t1', 'a', T0);
        await store.save({ turn: asked, feedback: null });
        expect([await store.turn('t1'), await store.turn('t2')]).toEqual([asked, null]);
      });

      it('gives back every field of a turn, and no turn for no context', async () => {
        const asked = turnOf({
          id: 't1',
          channel: 'feishu',
          contextKey: 'a',
          asker: 'b',
          via: 'chosen',
          category: 'talent',
          awaits: 'question-for-staff',
          day: '2031-12-31',
          tookMs: 1_234,
        });
        await store.save({ turn: asked, feedback: null });
        expect(await store.lastTurn('a')).toEqual(asked);
        await store.save({ turn: turnOf({ id: 't2', contextKey: '' }), feedback: null });
        expect(await store.lastTurn('')).toBeNull();
      });

      it('keeps a turn without an answer', async () => {
        const greeting = { ...turn('t1', 'a', T0), answer: null };
        await store.save({ turn: greeting, feedback: null });
        expect(await store.lastTurn('a')).toEqual(greeting);
      });

      it('keeps one vote of each person on an answer, the last', async () => {
        const vote = (vote: 'up' | 'down', asker: string) =>
          store.save({ turn: null, feedback: { turnId: 't1', vote, asker, reason: null } });
        await vote('up', 'a');
        await vote('down', 'b');
        await vote('down', 'a');
        expect([await store.voteOf('t1', 'a'), await store.voteOf('t1', 'b'), await store.voteOf('t1', 'c')]).toEqual([
          'down',
          'down',
          null,
        ]);
      });
    });

    it('behaves like a naive model under random sequences', async () => {
      await checkAgainstModel(open, options.modelRuns ?? 50);
    }, 90_000);

    it('keeps everything over a restart', async ({ skip }) => {
      if (!opened.reopen) return skip();
      await putAll(store, 'lane', ['1', '2', '3']);
      await store.complete(
        await claim(T0 + 10),
        { turn: turn('t1', 'context', T0), feedback: { turnId: 't1', vote: 'up', asker: 'p', reason: null } },
        [reply('r1', 'chat'), reply('r2', 'chat')],
        T0 + 20,
      );
      const inHand = await claim(T0 + 30);
      const replyInHand = await claimReply(T0 + 30);
      const before = await store.counts();

      store = await opened.reopen();
      expect(await store.counts()).toEqual(before);
      expect(await store.lastTurn('context')).toEqual(turn('t1', 'context', T0));
      expect(await store.voteOf('t1', 'p')).toBe('up');
      expect(await store.put(received('lane', '3'), T0)).toBe('duplicate');
      // What the last process had in hand comes back when its leases run out.
      expect(await claimOne(store, T0 + 29 + LEASE_MS, LEASE_MS)).toBeNull();
      expect(await claimReplyOne(store, T0 + 29 + LEASE_MS, LEASE_MS)).toBeNull();
      expect(await claim(T0 + 30 + LEASE_MS)).toMatchObject({ jobId: inHand.jobId, attempt: 2, message: { messageId: '2' } });
      expect(await claimReply(T0 + 30 + LEASE_MS)).toMatchObject({ reply: { id: replyInHand.reply.id }, attempt: 2 });
      expect(await store.complete(inHand, NOTHING, [], T0)).toBe(false);
    });
  });
}
