import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runSender, type SenderOptions } from '../../src/delivery/sender.ts';
import type { Delivery, OutgoingReply } from '../../src/domain/message.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { claimOne, NOTHING, received, reply, T0 } from '../storage/messages.ts';
import { gate, logBook, pass, stopClock } from './clock.ts';

vi.mock('node:timers/promises', async () => (await import('./clock.ts')).timersPromises);

beforeEach(stopClock);

const sent: Delivery = { status: 'sent', platformMessageId: 'p' };
const busy = (retryAfterMs: number | null): Delivery => ({ status: 'rejected', code: '429', retryable: true, retryAfterMs });

/** Queues replies, as a worker would. */
async function queue(store: MemoryStore, ...replies: OutgoingReply[]): Promise<void> {
  await store.put(received('lane', `for ${replies[0]!.id}`), Date.now());
  await store.complete((await claimOne(store, Date.now(), 1_000))!, NOTHING, replies, Date.now());
}

type Script = (reply: OutgoingReply, attempt: number) => Delivery | Promise<Delivery>;

/** A sender to a scripted platform. `sends` lists what was sent and how long after `T0`. */
function sendWith(store: MemoryStore, script: Script, options: Partial<SenderOptions> & { intervalMs?: number; perSecond?: number } = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const sends: { id: string; atMs: number; form: string; chatId: string }[] = [];
  const ended: string[] = [];
  const retried: string[] = [];
  const log = logBook();
  const tries = new Map<string, number>();
  const { intervalMs = 0, perSecond = Number.POSITIVE_INFINITY, ...rest } = options;
  const pump = runSender(
    {
      store,
      outlet: {
        name: 'telegram',
        limits: { chatIntervalMs: { private: intervalMs, group: intervalMs }, sendsPerSecond: perSecond },
        async send(reply) {
          sends.push({ id: reply.id, atMs: Date.now() - T0, form: reply.form, chatId: reply.address.chatId });
          tries.set(reply.id, (tries.get(reply.id) ?? 0) + 1);
          return script(reply, tries.get(reply.id)!);
        },
      },
      now: Date.now,
      random: () => 0.5,
      log,
      onEnd: ({ id }, status) => ended.push(`${id} ${status}`),
      onRetry: ({ id }, code) => retried.push(`${id} ${code}`),
      ...rest,
    },
    stop.signal,
  );
  return { pump, stop, sends, ended, retried, log };
}
const idsOf = (sends: readonly { id: string }[]): string[] => sends.map(({ id }) => id);

describe('a sender', () => {
  it('sends what is queued, and once only', async () => {
    const store = new MemoryStore();
    const { sends, ended } = sendWith(store, () => sent);
    await queue(store, reply('r1', 'a'), reply('r2', 'b'));
    await pass(10_000);
    expect(idsOf(sends)).toEqual(['r1', 'r2']);
    expect(ended).toEqual(['r1 sent', 'r2 sent']);
    expect(await store.counts()).toMatchObject({ unsent: 0, deadReplies: 0, unknownReplies: 0 });
  });

  it('keeps the order in a chat while others go ahead', async () => {
    const store = new MemoryStore();
    await queue(store, reply('a1', 'a'), reply('a2', 'a'), reply('b1', 'b'));
    const first = gate<Delivery>();
    const { sends } = sendWith(store, ({ id }) => (id === 'a1' ? first.opened : sent));
    await pass(5_000);
    expect(idsOf(sends)).toEqual(['a1', 'b1']);
    first.open(sent);
    await pass();
    expect(idsOf(sends)).toEqual(['a1', 'b1', 'a2']);
  });

  it('leaves replies of other channels alone', async () => {
    const store = new MemoryStore();
    await queue(store, reply('f1', 'a', { channel: 'feishu' }), reply('t1', 'a'));
    const { sends } = sendWith(store, () => sent);
    await pass(5_000);
    expect(idsOf(sends)).toEqual(['t1']);
  });
});

describe('a refusal', () => {
  it('for a while is sent again, not before the platform allows', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const { sends, ended, retried } = sendWith(store, (_, attempt) => (attempt === 1 ? busy(7_000) : sent));
    await pass(6_999);
    expect(sends).toHaveLength(1);
    await pass(1_000);
    expect(sends).toHaveLength(2);
    expect([ended, retried]).toEqual([['r1 sent'], ['r1 429']]);
  });

  it('without a time to wait is sent again after waits that grow', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const { sends } = sendWith(store, (_, attempt) => (attempt < 4 ? busy(null) : sent));
    await pass(20_000);
    const waits = sends.slice(1).map(({ atMs }, at) => atMs - sends[at]!.atMs);
    [750, 1_500, 3_000].forEach((least, at) => expect(waits[at]).toBeGreaterThanOrEqual(least));
  });

  it('for good ends the reply at once, and the next one in the chat goes', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'), reply('r2', 'a'));
    const { ended, log } = sendWith(store, ({ id }) =>
      id === 'r1' ? { status: 'rejected', code: '403', retryable: false, retryAfterMs: null } : sent,
    );
    await pass();
    expect(ended).toEqual(['r1 dead', 'r2 sent']);
    expect((await store.counts()).deadReplies).toBe(1);
    expect(log.entries).toEqual(['error: reply not delivered for certain']);
  });

  it('again and again ends the reply after the last try', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const { sends, ended } = sendWith(store, () => busy(null), { maxAttempts: 3 });
    await pass(60_000);
    expect([sends.length, ended]).toEqual([3, ['r1 dead']]);
  });

  it('ends the reply when it has waited too long to be repeated safely', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const { sends, ended } = sendWith(store, () => busy(60_000), { giveUpAfterMs: 90_000, maxAttempts: 99 });
    await pass(300_000);
    expect([sends.length, ended]).toEqual([3, ['r1 dead']]);
  });

  it('of the form is sent again in the form and to the place told', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const degraded = (reply: OutgoingReply): Delivery => ({
      status: 'degrade',
      code: '400',
      form: 'text',
      address: { ...reply.address, chatId: 'moved' },
    });
    const { sends, ended } = sendWith(store, (reply, attempt) => (attempt === 1 ? degraded(reply) : sent));
    await pass();
    expect(sends).toMatchObject([
      { form: 'rich', chatId: 'a' },
      { form: 'text', chatId: 'moved' },
    ]);
    expect(ended).toEqual(['r1 sent']);
  });

  it('of every form ends the reply after the last try', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const { sends, ended } = sendWith(store, ({ address }) => ({ status: 'degrade', code: '400', form: 'text', address }), {
      maxAttempts: 3,
    });
    await pass(10_000);
    expect([sends.length, ended]).toEqual([3, ['r1 dead']]);
  });
});

describe('a send nobody knows the end of', () => {
  it('is not repeated', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'));
    const { sends, ended } = sendWith(store, () => ({ status: 'unknown', code: 'ECONNRESET' }));
    await pass(60_000);
    expect([sends.length, ended, (await store.counts()).unknownReplies]).toEqual([1, ['r1 unknown'], 1]);
  });
});

describe('a reply that cannot be made', () => {
  it('does not hold up its chat for ever', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'), reply('r2', 'a'));
    const broken: Script = ({ id }) => {
      if (id === 'r1') throw new TypeError('no such block');
      return sent;
    };
    const { ended, sends } = sendWith(store, broken, { maxAttempts: 2 });
    await pass(30_000);
    expect([ended, idsOf(sends)]).toEqual([
      ['r1 dead', 'r2 sent'],
      ['r1', 'r1', 'r2'],
    ]);
  });
});

describe('the pace', () => {
  it('keeps sends to one chat apart, without holding up another', async () => {
    const store = new MemoryStore();
    await queue(store, reply('a1', 'a'), reply('a2', 'a'), reply('a3', 'a'), reply('b1', 'b'));
    const { sends } = sendWith(store, () => sent, { intervalMs: 1_000 });
    await pass(10_000);
    const inA = sends.filter(({ chatId }) => chatId === 'a');
    expect(idsOf(inA)).toEqual(['a1', 'a2', 'a3']);
    inA.slice(1).forEach(({ atMs }, at) => expect(atMs - inA[at]!.atMs).toBeGreaterThanOrEqual(1_000));
    expect(sends.find(({ id }) => id === 'b1')!.atMs).toBe(0);
  });

  it('keeps sends over all chats apart', async () => {
    const store = new MemoryStore();
    await queue(store, ...['a', 'b', 'c', 'd'].map((chat) => reply(chat, chat)));
    const { sends } = sendWith(store, () => sent, { perSecond: 2 });
    await pass(10_000);
    expect(sends.map(({ atMs }) => atMs)).toEqual([0, 500, 1_000, 1_500]);
  });

  it('does not use up the tries of a reply that waits for its turn', async () => {
    const store = new MemoryStore();
    await queue(store, ...[1, 2, 3, 4, 5].map((number) => reply(`r${number}`, 'a')));
    const { ended } = sendWith(store, () => sent, { intervalMs: 2_000, maxAttempts: 1 });
    await pass(20_000);
    expect(ended).toEqual([1, 2, 3, 4, 5].map((number) => `r${number} sent`));
  });
});

describe('stopping', () => {
  it('finishes the send under way', async () => {
    const store = new MemoryStore();
    await queue(store, reply('r1', 'a'), reply('r2', 'a'));
    const open = gate<Delivery>();
    const { pump, stop, ended } = sendWith(store, () => open.opened);
    await pass();
    stop.abort();
    open.open(sent);
    await pass();
    await pump.stopped;
    expect([ended, (await store.counts()).unsent]).toEqual([['r1 sent'], 1]);
  });

  it('puts back what only waits for its turn, to be sent by the next to start', async () => {
    const store = new MemoryStore();
    await queue(store, reply('a', 'a'), reply('b', 'b'));
    const first = sendWith(store, () => sent, { perSecond: 1 });
    await pass(10);
    first.stop.abort();
    await pass();
    await first.pump.stopped;
    expect(idsOf(first.sends)).toEqual(['a']);
    const second = sendWith(store, () => sent);
    await pass();
    expect(idsOf(second.sends)).toEqual(['b']);
  });
});
