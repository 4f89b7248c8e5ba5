import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/delivery/backoff.ts';
import { createIntake } from '../../src/delivery/intake.ts';
import { createPace } from '../../src/delivery/pace.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { received, T0 } from '../storage/messages.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('backoffMs', () => {
  it('doubles from try to try up to the cap', () => {
    const waits = [1, 2, 3, 4, 5, 9].map((attempt) => backoffMs(attempt, { baseMs: 1_000, capMs: 10_000, random: 0.5 }));
    expect(waits).toEqual([750, 1_500, 3_000, 6_000, 7_500, 7_500]);
  });

  it('leaves half of the wait to chance', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), chance, (attempt, random) => {
        const full = Math.min(60_000, 1_000 * 2 ** (attempt - 1));
        const wait = backoffMs(attempt, { baseMs: 1_000, capMs: 60_000, random });
        expect(wait).toBeGreaterThanOrEqual(full / 2);
        expect(wait).toBeLessThanOrEqual(full);
      }),
    );
  });
});

describe('a pace', () => {
  it('keeps sends to one chat apart by its interval, and leaves other chats alone', () => {
    const pace = createPace(() => Number.POSITIVE_INFINITY);
    expect([1, 2, 3].map(() => pace.takeMs('a', 1_000, T0))).toEqual([0, 1_000, 2_000]);
    expect(pace.takeMs('b', 1_000, T0)).toBe(0);
    expect([pace.chatWaitMs('a', T0), pace.chatWaitMs('a', T0 + 5_000), pace.chatWaitMs('c', T0)]).toEqual([3_000, 0, 0]);
  });

  it('keeps sends over all chats apart', () => {
    const pace = createPace(() => 4);
    expect(['a', 'b', 'c', 'd'].map((chat) => pace.takeMs(chat, 0, T0))).toEqual([0, 250, 500, 750]);
    expect(pace.takeMs('e', 0, T0 + 10_000)).toBe(0);
  });

  it('never lets two sends to a chat closer than its interval, whatever comes when', () => {
    const send = fc.record({ chat: fc.constantFrom('a', 'b', 'c'), afterMs: fc.integer({ min: 0, max: 900 }) });
    fc.assert(
      fc.property(fc.array(send, { maxLength: 30 }), (sends) => {
        const pace = createPace(() => 20);
        const last = new Map<string, number>();
        let nowMs = T0;
        for (const { chat, afterMs } of sends) {
          nowMs += afterMs;
          const waitMs = pace.takeMs(chat, 700, nowMs);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(nowMs + waitMs - (last.get(chat) ?? 0)).toBeGreaterThanOrEqual(700);
          last.set(chat, nowMs + waitMs);
        }
      }),
    );
  });
});

describe('the intake', () => {
  it('stores a message once, and tells which of its arrivals was stored', async () => {
    const store = new MemoryStore();
    const told: string[] = [];
    const receive = createIntake(store, () => T0, {
      onStored: ({ message }) => told.push(`stored ${message.messageId}`),
      onDuplicate: ({ message }) => told.push(`duplicate ${message.messageId}`),
    });
    await receive(received('lane', 'm1', ['event/1', 'message/1']));
    await receive(received('lane', 'm1', ['event/2', 'message/1']));
    await receive(received('lane', 'm2', ['event/3', 'message/2']));
    expect(told).toEqual(['stored m1', 'duplicate m1', 'stored m2']);
    expect((await store.counts()).waiting).toBe(2);
  });

  it('rejects when the message could not be stored, so that the channel does not acknowledge it', async () => {
    const told: unknown[] = [];
    const store = new MemoryStore();
    store.put = async () => {
      throw new Error('disk full');
    };
    const receive = createIntake(store, () => T0, {
      onStored: (message) => told.push(message),
      onDuplicate: (message) => told.push(message),
    });
    await expect(receive(received('lane', 'm1'))).rejects.toThrow('disk full');
    expect(told).toEqual([]);
  });
});
