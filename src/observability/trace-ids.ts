import { createHmac, createSecretKey, hash } from 'node:crypto';
import type { Incoming, OutgoingReply } from '../domain/message.ts';

/** A span and its trace, in hexadecimal as OpenTelemetry has them. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** Bytes of a keyed hash that stand for a message: no two of them ever meet. */
const ORIGIN_BYTES = 11;
/** Ids as the house makes them, and what is put behind them: the origin and the attempt. Forty characters are all an id of a reply may have. */
const MARKED = /^[\w-]{24}([\w-]{16})$/;
const MOST_ATTEMPTS = 255;

/** The span of an attempt at a message, or of its receipt when `attempt` is 0. */
function placeOf(origin: Uint8Array, attempt: number): SpanPlace {
  const traceId = hash('sha256', origin).slice(0, 32);
  return { traceId, spanId: hash('sha256', `${traceId}/${attempt}`).slice(0, 16) };
}

const counted = (attempt: number): number => Math.min(attempt, MOST_ATTEMPTS);

/**
 * Where in which trace the work on a message is: worked out from the message and the id of its reply alone, so that each process comes to the same
 * and nothing has to be stored for it.
 * @param key of at least 32 bytes, the same for all processes; without it nobody can tell from a trace which chat it is of
 */
export function createTraceIds(key: Uint8Array) {
  // Made once: with bare bytes a keyed hash takes six times as long.
  const secret = createSecretKey(key);
  const originOf = ({ channel, lane, messageId }: Incoming): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['trace', channel, lane, messageId]))
      .digest()
      .subarray(0, ORIGIN_BYTES);
  return {
    received: (message: Incoming): SpanPlace => placeOf(originOf(message), 0),
    /** @param attempt from 1 */
    handled: (message: Incoming, attempt: number): SpanPlace => placeOf(originOf(message), counted(attempt)),
    /** The id of a reply, with the place it comes from behind it. */
    mark: (id: string, message: Incoming, attempt: number): string =>
      id + Buffer.concat([originOf(message), Uint8Array.of(counted(attempt))]).toString('base64url'),
    /** The place a reply comes from; null when its id has no mark. */
    origin({ id }: OutgoingReply): SpanPlace | null {
      const mark = MARKED.exec(id)?.[1];
      if (mark === undefined) return null;
      const bytes = Buffer.from(mark, 'base64url');
      return placeOf(bytes.subarray(0, ORIGIN_BYTES), bytes[ORIGIN_BYTES]!);
    },
    /** Of a reply that comes from no message. */
    traceOf: ({ id }: OutgoingReply): string => hash('sha256', id).slice(0, 32),
  };
}

export type TraceIds = ReturnType<typeof createTraceIds>;
