import fc from 'fast-check';
import { expect } from 'vitest';
import type { Claim, DeliveryStore, ReplyClaim } from '../../src/delivery/store.ts';
import { claimOne, claimReplyOne, NOTHING, received, reply, T0 } from './messages.ts';

/** One step of a random sequence. `pick` chooses among the claims made so far, old and lost ones included. */
type Step =
  | { readonly kind: 'put'; readonly lane: number; readonly keys: readonly number[] }
  | { readonly kind: 'claim' | 'claim-reply'; readonly leaseMs: number }
  | { readonly kind: 'complete'; readonly pick: number; readonly chats: readonly number[] }
  | { readonly kind: 'retry' | 'retry-reply' | 'defer-reply'; readonly pick: number; readonly delayMs: number }
  | { readonly kind: 'end'; readonly pick: number; readonly isDead: boolean }
  | { readonly kind: 'settle-reply'; readonly pick: number; readonly status: 'sent' | 'unknown' | 'dead' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'purge' };

const lane = fc.nat({ max: 3 });
/** Mostly the claim made last, which is likely to be held. */
const pick = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 5 }) });
const delayMs = fc.nat({ max: 15 });
const leaseMs = fc.integer({ min: 1, max: 40 });

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('put' as const),
        lane,
        keys: fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('claim' as const, 'claim-reply' as const), leaseMs }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('complete' as const), pick, chats: fc.array(fc.nat({ max: 2 }), { maxLength: 3 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom('retry' as const, 'retry-reply' as const, 'defer-reply' as const), pick, delayMs }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), pick, isDead: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('settle-reply' as const),
        pick,
        status: fc.constantFrom('sent' as const, 'unknown' as const, 'dead' as const),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('purge' as const) }) },
  ),
  { minLength: 30, maxLength: 100, size: 'max' },
);

/** A row that waits in line, naively: found by looking at all of them. */
interface Waiting {
  readonly id: string;
  readonly lane: string;
  readonly storedAtMs: number;
  isOpen: boolean;
  token: string | null;
  readyAtMs: number;
  attempts: number;
  wasTaken: boolean;
}

/** Lines of waiting rows, one per lane. */
class Lines {
  readonly rows: Waiting[] = [];

  add(id: string, inLane: string, nowMs: number): void {
    this.rows.push({ id, lane: inLane, storedAtMs: nowMs, isOpen: true, token: null, readyAtMs: nowMs, attempts: 0, wasTaken: false });
  }

  open(): Waiting[] {
    return this.rows.filter(({ isOpen }) => isOpen);
  }

  heads(nowMs: number): Waiting[] {
    const open = this.open();
    return open.filter((row) => open.find((other) => other.lane === row.lane) === row && row.readyAtMs <= nowMs);
  }

  /** Holds what the store handed out against what it might have handed out. */
  take(claimed: { readonly id: string; readonly token: string; readonly attempt: number } | null, nowMs: number, lease: number): void {
    const heads = this.heads(nowMs);
    if (!claimed) {
      expect(heads.map(({ id }) => id)).toEqual([]);
      return;
    }
    const head = heads.find(({ id }) => id === claimed.id);
    if (!head) throw new Error(`${claimed.id} was handed out; expected one of: ${heads.map(({ id }) => id).join(' ')}`);
    const isOvertaking = !head.wasTaken && heads.some((other) => !other.wasTaken && other.storedAtMs < head.storedAtMs);
    expect(isOvertaking, 'an older message waits').toBe(false);
    expect(claimed.attempt).toBe(head.attempts + 1);
    Object.assign(head, { token: claimed.token, readyAtMs: nowMs + lease, attempts: claimed.attempt, wasTaken: true });
  }

  held(token: string): Waiting | null {
    return this.rows.find((row) => row.isOpen && row.token === token) ?? null;
  }

  isGivenBack(token: string, atMs: number, uncounted = 0): boolean {
    const row = this.held(token);
    if (row) Object.assign(row, { token: null, readyAtMs: atMs, attempts: row.attempts - uncounted });
    return row !== null;
  }

  isEnded(token: string): boolean {
    const row = this.held(token);
    if (row) Object.assign(row, { token: null, isOpen: false });
    return row !== null;
  }
}

/** Runs random sequences on fresh stores and on the model, and compares every outcome. */
export async function checkAgainstModel(
  open: () => Promise<{ readonly store: DeliveryStore; close(): Promise<void> }>,
  numRuns: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const opened = await open();
      try {
        await follow(opened.store, sequence);
      } finally {
        await opened.close();
      }
    }),
    // Shrinking a failure may take long on a slow store: then the shortest found so far is shown.
    { numRuns, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
  );
}

async function follow(store: DeliveryStore, sequence: readonly Step[]): Promise<void> {
  let nowMs = T0;
  let serial = 0;
  const keys = new Set<number>();
  const inbox = new Lines();
  const outbox = new Lines();
  const claims: Claim[] = [];
  const replyClaims: ReplyClaim[] = [];
  const dead = { messages: 0, replies: 0, unknown: 0 };

  for (const step of sequence) {
    switch (step.kind) {
      case 'put': {
        const isKnown = step.keys.some((key) => keys.has(key));
        const id = `m${++serial}`;
        const outcome = await store.put(
          received(
            `lane ${step.lane}`,
            id,
            step.keys.map((key) => `key ${key}`),
          ),
          nowMs,
        );
        expect(outcome).toBe(isKnown ? 'duplicate' : 'stored');
        if (isKnown) break;
        for (const key of step.keys) keys.add(key);
        inbox.add(id, `lane ${step.lane}`, nowMs);
        break;
      }
      case 'claim': {
        const claim = await claimOne(store, nowMs, step.leaseMs);
        inbox.take(claim && { id: claim.message.messageId, token: claim.token, attempt: claim.attempt }, nowMs, step.leaseMs);
        if (claim) claims.unshift(claim);
        break;
      }
      case 'complete': {
        const claim = claims[step.pick];
        if (!claim) break;
        const replies = step.chats.map((chat) => reply(`r${++serial}`, `chat ${chat}`));
        const isHeld = await store.complete(claim, NOTHING, replies, nowMs);
        expect(isHeld).toBe(inbox.isEnded(claim.token));
        if (isHeld) for (const { id, address } of replies) outbox.add(id, address.chatId, nowMs);
        break;
      }
      case 'end': {
        const claim = claims[step.pick];
        if (!claim) break;
        const isHeld = await store.end(claim, step.isDead ? { status: 'dead', error: 'x' } : { status: 'expired' }, [], nowMs);
        expect(isHeld).toBe(inbox.isEnded(claim.token));
        if (isHeld && step.isDead) dead.messages++;
        break;
      }
      case 'retry': {
        const claim = claims[step.pick];
        if (claim) expect(await store.retry(claim, nowMs + step.delayMs, 'x')).toBe(inbox.isGivenBack(claim.token, nowMs + step.delayMs));
        break;
      }
      case 'claim-reply': {
        const claim = await claimReplyOne(store, nowMs, step.leaseMs);
        outbox.take(claim && { id: claim.reply.id, token: claim.token, attempt: claim.attempt }, nowMs, step.leaseMs);
        if (claim) replyClaims.unshift(claim);
        break;
      }
      case 'retry-reply': {
        const claim = replyClaims[step.pick];
        if (!claim) break;
        const change = step.delayMs % 2 === 0 ? null : ({ form: 'text', address: { ...claim.reply.address, threadId: null } } as const);
        expect(await store.retryReply(claim, nowMs + step.delayMs, change)).toBe(outbox.isGivenBack(claim.token, nowMs + step.delayMs));
        break;
      }
      case 'defer-reply': {
        const claim = replyClaims[step.pick];
        if (claim)
          expect(await store.deferReply(claim, nowMs + step.delayMs)).toBe(outbox.isGivenBack(claim.token, nowMs + step.delayMs, 1));
        break;
      }
      case 'settle-reply': {
        const claim = replyClaims[step.pick];
        if (!claim) break;
        const isHeld = await store.settleReply(
          claim,
          step.status === 'sent' ? { status: 'sent', platformMessageId: 'p' } : { status: step.status, code: 'x' },
          nowMs,
        );
        expect(isHeld).toBe(outbox.isEnded(claim.token));
        if (isHeld && step.status === 'dead') dead.replies++;
        if (isHeld && step.status === 'unknown') dead.unknown++;
        break;
      }
      case 'wait':
        nowMs += step.ms;
        break;
      case 'purge':
        await store.purge(nowMs + 1);
        keys.clear();
        dead.unknown = 0;
        break;
    }
    const open = inbox.open();
    expect(await store.counts()).toEqual({
      waiting: open.length,
      oldestWaitingAtMs: open[0]?.storedAtMs ?? null,
      unsent: outbox.open().length,
      deadMessages: dead.messages,
      deadReplies: dead.replies,
      unknownReplies: dead.unknown,
    });
  }
}
