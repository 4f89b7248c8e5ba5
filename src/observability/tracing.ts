import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace';
import { codeOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { ChannelName, Incoming } from '../domain/message.ts';
import type { Span, SpanFacts, Tracing } from '../domain/tracing.ts';
import { createProvider, type TraceTarget } from './trace-export.ts';
import { createTraceIds, type SpanPlace } from './trace-ids.ts';

export interface TracingOptions extends TraceTarget {
  /** The same for all processes; see `createTraceIds`. */
  readonly key: Uint8Array;
  readonly now: () => number;
  readonly log: Log;
}

/** Traces that leave for a collector. */
export interface OpenTracing extends Tracing {
  /** Sends what is left, for two seconds at most. */
  close(): Promise<void>;
}

/** Longest wait for the collector when we stop. */
const FLUSH_MS = 2_000;

/** Outcomes of a receipt after which there may be another one of the same message. */
const MAY_REPEAT: readonly (string | undefined)[] = ['duplicate', 'not-stored'];

/** What is known of a span when its work begins. */
interface Begun {
  readonly name: string;
  readonly kind: SpanKind;
  readonly place: SpanPlace;
  /** Null: the first of its trace. */
  readonly parent: SpanContext | null;
  readonly facts: SpanFacts & { readonly channel: ChannelName };
}

/** Starts sending traces to a collector with the OpenTelemetry protocol. */
export function openTracing(options: TracingOptions): OpenTracing {
  const { key, now, log } = options;
  const ids = createTraceIds(key);
  const random = new RandomIdGenerator();
  /** The span that is being written down: its ids are worked out, not drawn. */
  let next: SpanPlace | null = null;
  const provider = createProvider(
    options,
    {
      generateTraceId: () => next?.traceId ?? random.generateTraceId(),
      generateSpanId: () => next?.spanId ?? random.generateSpanId(),
    },
    log,
  );
  const tracer = provider.getTracer('wence');
  const within = (traceId: string): SpanPlace => ({ traceId, spanId: random.generateSpanId() });

  /** Spans are written down when they have ended: only then is it known whether a receipt was the first. */
  const write = ({ name, kind, place, parent, facts }: Begun, code: string | null, startMs: number, endMs: number): void => {
    const attributes = Object.fromEntries(Object.entries(facts).map(([fact, value]) => [`wence.${fact}`, value]));
    next = place;
    const span = tracer.startSpan(
      name,
      { kind, startTime: startMs, attributes: { ...attributes, ...(code !== null && { 'error.type': code }) } },
      parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
    next = null;
    if (code !== null) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endMs);
  };

  const run = async <T>(begun: Begun, work: (span: Span) => Promise<T>): Promise<T> => {
    const { place } = begun;
    const startMs = now();
    const startTick = performance.now();
    let { facts } = begun;
    let code: string | null = null;
    const span: Span = {
      set: (more) => void (facts = { ...facts, ...more }),
      fail: (failure) => void (code = failure),
      step: (name, part) =>
        run(
          {
            name,
            kind: SpanKind.INTERNAL,
            place: within(place.traceId),
            parent: parentAt(place, false),
            facts: { channel: facts.channel },
          },
          part,
        ),
    };
    try {
      return await work(span);
    } catch (error) {
      code = codeOf(error);
      throw error;
    } finally {
      const beneath = begun.parent === null &&
        MAY_REPEAT.includes(facts.outcome) && { place: within(place.traceId), parent: parentAt(place) };
      write({ ...begun, facts, ...beneath }, code, startMs, startMs + performance.now() - startTick);
    }
  };

  return {
    receive: (message, work) =>
      run({ name: 'receive', kind: SpanKind.CONSUMER, place: ids.received(message), parent: null, facts: factsOf(message) }, work),
    handle: (message, attempt, work) =>
      run(
        {
          name: 'handle',
          kind: SpanKind.CONSUMER,
          place: ids.handled(message, attempt),
          parent: parentAt(ids.received(message)),
          facts: { ...factsOf(message), attempt },
        },
        work,
      ),
    send(reply, work) {
      const origin = ids.origin(reply);
      const { channel, form, message } = reply;
      return run(
        {
          name: 'send',
          kind: SpanKind.CLIENT,
          place: within(origin?.traceId ?? ids.traceOf(reply)),
          parent: origin && parentAt(origin),
          facts: { channel, form, blocks: message.blocks.length },
        },
        work,
      );
    },
    mark: ids.mark,
    async close() {
      const limit = new AbortController();
      const flushed = provider.shutdown().catch(() => {});
      await Promise.race([flushed, sleep(FLUSH_MS, undefined, { signal: limit.signal }).catch(() => {})]);
      limit.abort();
    },
  };
}

/** @param isRemote whether another process may have had it */
const parentAt = (place: SpanPlace, isRemote = true): SpanContext => ({ ...place, traceFlags: TraceFlags.SAMPLED, isRemote });

function factsOf({ channel, content }: Incoming): Begun['facts'] {
  return { channel, content: content.kind, ...(content.kind === 'text' && { text_length: content.text.length }) };
}
