import { codeOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { ChannelName, Incoming, ReplyMessage } from '../domain/message.ts';
import { type Span, tracedAnswer, type Tracing, UNTRACED } from '../domain/tracing.ts';
import type { Handled } from '../domain/turn.ts';
import { backoffMs } from './backoff.ts';
import { outgoingFrom, type OutgoingOptions } from './outgoing.ts';
import { createPump, type Pump } from './pump.ts';
import type { TextLimit } from './split.ts';
import type { Claim, DeliveryStore } from './store.ts';

export interface WorkerOptions {
  readonly store: DeliveryStore;
  readonly handle: (message: Incoming) => Promise<Handled>;
  readonly limitOf: (channel: ChannelName) => TextLimit;
  /** Sent once when the last attempt failed. */
  readonly apology: ReplyMessage;
  readonly now: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
  /** Messages worked on at once; those of one lane never are. */
  readonly concurrency?: number;
  readonly leaseMs?: number;
  /** A message older than this when its turn comes is not answered any more. */
  readonly staleAfterMs?: number;
  readonly maxAttempts?: number;
  readonly pollMs?: number;
  /** The pause before the second try; it doubles from try to try, up to a minute. */
  readonly retryBaseMs?: number;
  readonly onEnd?: (message: Incoming, outcome: 'answered' | 'silent' | 'expired' | 'dead' | 'lost', tookMs: number) => void;
}

/** Takes messages from the inbox, has them handled, and puts the replies into the outbox. Stops when `signal` aborts, after the work in hand. */
export function runWorker(options: WorkerOptions, signal: AbortSignal): Pump {
  const {
    store,
    handle,
    limitOf,
    apology,
    now,
    random,
    newId,
    log,
    tracing = UNTRACED,
    concurrency = 16,
    leaseMs = 30_000,
    staleAfterMs = 15 * 60_000,
    maxAttempts = 3,
    pollMs = 1_000,
    retryBaseMs = 1_000,
    onEnd,
  } = options;

  const turn = takeTurns();
  const work = async (claim: Claim, span: Span): Promise<number | null> => {
    const { message } = claim;
    const startedAt = now();
    const outgoing: OutgoingOptions = { limitOf, newId: () => tracing.mark(newId(), message, claim.attempt) };
    span.set({ waited_ms: startedAt - claim.receivedAtMs });
    const ended = (outcome: 'answered' | 'silent' | 'expired' | 'dead' | 'lost'): null => {
      span.set({ outcome });
      onEnd?.(message, outcome, now() - claim.receivedAtMs);
      return null;
    };
    const giveUp = async (reason: string): Promise<null> => {
      log.error({ jobId: claim.jobId, attempt: claim.attempt, reason }, 'message given up: see the dead letters');
      const isSaved = await store.end(
        claim,
        { status: 'dead', error: reason },
        outgoingFrom(message, { replies: [apology] }, outgoing),
        now(),
      );
      return ended(isSaved ? 'dead' : 'lost');
    };
    if (startedAt - message.sentAtMs > staleAfterMs) {
      log.warn({ jobId: claim.jobId, channel: message.channel, ageMs: startedAt - message.sentAtMs }, 'message expired unanswered');
      return ended((await store.end(claim, { status: 'expired' }, [], now())) ? 'expired' : 'lost');
    }
    await turn();
    // Every try before this one ended with the process, perhaps because of the message.
    if (claim.attempt > maxAttempts) return giveUp(`interrupted ${claim.attempt - 1} times`);
    try {
      const handled = await tracedAnswer(span, () => handle(message));
      const replies = outgoingFrom(message, handled, outgoing);
      const isSaved = await span.step('store', (storing) => {
        storing.set({ replies: replies.length });
        return store.complete(claim, handled, replies, now());
      });
      if (!isSaved) log.warn({ jobId: claim.jobId }, 'lease lost before the answer was stored; another worker has the message');
      return ended(isSaved ? (handled.replies.length > 0 ? 'answered' : 'silent') : 'lost');
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      span.fail(codeOf(error));
      if (claim.attempt >= maxAttempts) return giveUp(reason);
      log.warn({ jobId: claim.jobId, attempt: claim.attempt, reason }, 'message failed; it will be tried again');
      const againMs = backoffMs(claim.attempt, { baseMs: retryBaseMs, capMs: 60_000, random: random() });
      span.set({ outcome: 'retry' });
      await store.retry(claim, now() + againMs, reason);
      return againMs + 1;
    }
  };

  return createPump(
    {
      claim: (limit) => store.claim(limit, now(), leaseMs),
      work: (claim) => tracing.handle(claim.message, claim.attempt, (span) => work(claim, span)),
      concurrency,
      // Answering is work for the processor: whoever has something in hand shares.
      keeps: 1,
      pollMs,
      onWork: (listener) => store.onWork('inbox', listener),
      log,
    },
    signal,
  );
}

/**
 * Gives out turns one after another, with everything else that is due in between: finding an answer takes milliseconds in which nothing else gets
 * done, and messages must go on being taken in.
 */
function takeTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => (last = last.then(() => new Promise((resolve) => setImmediate(resolve))));
}
