import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runWorker, type WorkerOptions } from '../../src/delivery/worker.ts';
import type { OutgoingReply, ReplyMessage } from '../../src/domain/message.ts';
import type { Handled } from '../../src/domain/turn.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { claimOne, claimReplyOne, putAll, received, T0, turn } from '../storage/messages.ts';
import { gate, logBook, pass, stopClock } from './clock.ts';

const says = (text: string): ReplyMessage => ({ title: text, tone: 'plain', blocks: [{ kind: 'paragraph', text }], buttons: [] });
const answer = (text: string): Handled => ({ replies: [says(text)], turn: null, feedback: null });
const apology = says('抱歉');
const MINUTE_MS = 60_000;

beforeEach(stopClock);

/** A worker over a store in memory. `ended` lists "<message> <outcome>". */
function workOn(store: MemoryStore, handle: WorkerOptions['handle'], options: Partial<WorkerOptions> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const ended: string[] = [];
  const log = logBook();
  let id = 0;
  const pump = runWorker(
    {
      store,
      handle,
      limitOf: () => ({ maxText: 4_096, textUnit: 'utf16' }),
      apology,
      now: Date.now,
      random: () => 0.5,
      newId: () => `reply-${++id}`,
      log,
      onEnd: ({ messageId }, outcome) => ended.push(`${messageId} ${outcome}`),
      ...options,
    },
    stop.signal,
  );
  return { pump, stop, ended, log };
}

/** All that waits in the outbox, in order. */
async function outbox(store: MemoryStore): Promise<OutgoingReply[]> {
  const replies: OutgoingReply[] = [];
  for (;;) {
    const claim = await claimReplyOne(store, Date.now(), 1_000);
    if (!claim) return replies;
    replies.push(claim.reply);
    await store.settleReply(claim, { status: 'sent', platformMessageId: '' });
  }
}
const titles = async (store: MemoryStore) => (await outbox(store)).map(({ message }) => message.title);

describe('a worker', () => {
  it('handles the messages of a lane in order, and lanes side by side', async () => {
    const store = new MemoryStore();
    const gates = new Map(['a1', 'a2', 'b1'].map((id) => [id, gate()]));
    const started: string[] = [];
    await putAll(store, 'a', ['a1', 'a2']);
    await putAll(store, 'b', ['b1']);
    workOn(store, async ({ messageId }) => {
      started.push(messageId);
      await gates.get(messageId)!.opened;
      return answer(messageId);
    });
    await pass(10);
    expect(started).toEqual(['a1', 'b1']);
    gates.get('b1')!.open();
    await pass();
    expect(started).toEqual(['a1', 'b1']);
    gates.get('a1')!.open();
    await pass();
    expect(started).toEqual(['a1', 'b1', 'a2']);
  });

  it('works on no more messages at once than it may', async () => {
    const store = new MemoryStore();
    for (const lane of ['a', 'b', 'c']) await putAll(store, lane, [lane]);
    const all = gate();
    let busy = 0;
    workOn(
      store,
      async () => {
        busy++;
        await all.opened;
        return answer('');
      },
      { concurrency: 2 },
    );
    await pass(5_000);
    expect(busy).toBe(2);
    all.open();
    await pass();
    expect(busy).toBe(3);
  });

  it('lets other things happen between two answers', async () => {
    const store = new MemoryStore();
    const happened: string[] = [];
    for (const lane of ['a', 'b', 'c']) await putAll(store, lane, [lane]);
    const meanwhile = (): void => {
      happened.push('other');
      if (happened.length < 30) setImmediate(meanwhile);
    };
    meanwhile();
    workOn(store, async ({ messageId }) => {
      happened.push(messageId);
      return answer('');
    });
    await pass();
    const answers = ['a', 'b', 'c'].map((id) => happened.indexOf(id));
    expect(answers.filter((at) => happened[at - 1] !== 'other')).toEqual([]);
  });

  it('learns of a new message at once', async () => {
    const store = new MemoryStore();
    const { ended } = workOn(store, async () => answer('a'));
    await pass(100);
    await store.put(received('a', 'a1'), Date.now());
    await pass();
    expect(ended).toEqual(['a1 answered']);
  });

  it('saves the turn with the replies, the first of which answers the message', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    workOn(store, async () => ({ replies: [says('一'.repeat(700)), says('二')], turn: turn('t1', 'a/person-1', T0), feedback: null }), {
      limitOf: () => ({ maxText: 600, textUnit: 'utf16' }),
    });
    await pass();
    expect((await store.lastTurn('a/person-1'))?.id).toBe('t1');
    const replies = await outbox(store);
    expect(replies.map(({ id, address }) => [id, address.replyTo])).toEqual([
      ['reply-1', 'a1'],
      ['reply-2', null],
      ['reply-3', null],
    ]);
  });

  it('tells a message that wants no reply from an answered one', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    const { ended } = workOn(store, async () => ({ replies: [], turn: null, feedback: null }));
    await pass();
    expect(ended).toEqual(['a1 silent']);
  });
});

describe('a message that fails', () => {
  it('is tried again after a wait that grows, in its place in the lane', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1', 'a2']);
    const tries: [string, number][] = [];
    workOn(store, async ({ messageId }) => {
      tries.push([messageId, Date.now() - T0]);
      if (tries.length < 3) throw new Error('flaky');
      return answer(messageId);
    });
    await pass(10_000);
    expect(tries.map(([id]) => id)).toEqual(['a1', 'a1', 'a1', 'a2']);
    const [first, second, third] = tries.map(([, atMs]) => atMs) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(750);
    expect(third - second).toBeGreaterThanOrEqual(1_500);
    expect(await titles(store)).toEqual(['a1', 'a2']);
  });

  it('every time is given up after the last try, with one apology and a dead letter', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1', 'a2']);
    const { ended, log } = workOn(store, async ({ messageId }) => {
      if (messageId === 'a1') throw new TypeError('broken');
      return answer(messageId);
    });
    await pass(MINUTE_MS);
    expect(ended).toEqual(['a1 dead', 'a2 answered']);
    expect(await titles(store)).toEqual(['抱歉', 'a2']);
    expect(await store.counts()).toMatchObject({ deadMessages: 1, waiting: 0 });
    expect(log.entries.at(-1)).toMatch(/^error: message given up/);
  });

  it('by taking the process down each time is given up without being handled again', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    for (let attempt = 0; attempt < 3; attempt++) await claimOne(store, T0 + attempt * 10, 10);
    const handled: string[] = [];
    await pass(1_000);
    const { ended } = workOn(store, async ({ messageId }) => {
      handled.push(messageId);
      return answer('');
    });
    await pass();
    expect([handled, ended, await titles(store)]).toEqual([[], ['a1 dead'], ['抱歉']]);
  });
});

describe('a message whose turn comes too late', () => {
  it('is not answered any more', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    await pass(15 * MINUTE_MS + 1);
    const { ended } = workOn(store, async () => answer('late'));
    await pass();
    expect([ended, await titles(store)]).toEqual([['a1 expired'], []]);
  });

  it('is still answered at fifteen minutes', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    await pass(15 * MINUTE_MS);
    const { ended } = workOn(store, async () => answer('in time'));
    await pass();
    expect(ended).toEqual(['a1 answered']);
  });
});

describe('a lost lease', () => {
  it('means another has the message: it is answered once', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    const stuck = gate();
    let tries = 0;
    const { ended, log } = workOn(
      store,
      async () => {
        if (++tries === 1) await stuck.opened;
        return answer(`try ${tries}`);
      },
      { leaseMs: 30_000 },
    );
    await pass(32_000);
    expect(ended).toEqual(['a1 answered']);
    stuck.open();
    await pass();
    expect(ended).toEqual(['a1 answered', 'a1 lost']);
    expect(await titles(store)).toEqual(['try 2']);
    expect(log.entries.at(-1)).toMatch(/^warn: lease lost/);
  });
});

describe('stopping', () => {
  it('finishes the work in hand and takes no more', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1', 'a2']);
    const open = gate();
    const { pump, stop, ended } = workOn(store, async () => {
      await open.opened;
      return answer('done');
    });
    await pass();
    stop.abort();
    open.open();
    await pass();
    await pump.stopped;
    expect([ended, (await store.counts()).waiting]).toEqual([['a1 answered'], 1]);
  });
});

describe('a store that cannot be read', () => {
  it('is asked again', async () => {
    const store = new MemoryStore();
    await putAll(store, 'a', ['a1']);
    const claim = store.claim.bind(store);
    let calls = 0;
    store.claim = async (...args) => {
      if (++calls <= 2) throw new Error('locked');
      return claim(...args);
    };
    const { ended, log } = workOn(store, async () => answer(''));
    await pass(5_000);
    expect(ended).toEqual(['a1 answered']);
    expect(log.entries.filter((entry) => entry.startsWith('error: the store could not be read'))).toHaveLength(2);
  });
});
