import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIds } from '../../src/delivery/ids.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Incoming, OutgoingReply } from '../../src/domain/message.ts';
import { sayingOnce } from '../../src/observability/trace-export.ts';
import { createTraceIds } from '../../src/observability/trace-ids.ts';
import { openTracing, type OpenTracing } from '../../src/observability/tracing.ts';
import { logBook } from '../delivery/clock.ts';
import { FakeCollector } from '../fakes/otlp-collector.ts';

const KEY = Buffer.alloc(32, 7);
const newId = createIds(Date.now);

const message = (messageId: string): Incoming => ({
  channel: 'telegram',
  lane: 'telegram:42',
  messageId,
  senderId: '42',
  content: { kind: 'text', text: '班车几点发车' },
  sentAtMs: 0,
  address: { chatId: '42', chatKind: 'private', threadId: null, replyTo: null },
});

const reply = (id: string): OutgoingReply => ({
  id,
  channel: 'telegram',
  address: message('1').address,
  message: { title: '', tone: 'plain', blocks: [], buttons: [] },
  form: 'rich',
});

async function fakeCollector(): Promise<FakeCollector> {
  const collector = await FakeCollector.start();
  onTestFinished(() => collector.close());
  return collector;
}

const tracingTo = (collector: FakeCollector, ratio = 1): OpenTracing =>
  openTracing({
    endpoint: collector.url,
    headers: {},
    serviceName: 'wence',
    ratio,
    instanceId: newId(),
    key: KEY,
    now: Date.now,
    log: logBook(),
  });

const nothing = async (): Promise<void> => {};

describe('the place of a span', () => {
  const ids = createTraceIds(KEY);

  it('is found again from the id of a reply, which stays short enough to be sent', () => {
    for (const attempt of [0, 1, 3, 255]) {
      const marked = ids.mark(newId(), message('1'), attempt);
      expect(marked).toMatch(/^[\w-]{40}$/);
      const place = attempt === 0 ? ids.received(message('1')) : ids.handled(message('1'), attempt);
      expect(ids.origin(reply(marked))).toEqual(place);
    }
  });

  it('is another for another message and another attempt, in the trace of the message', () => {
    const [first, second] = [ids.handled(message('1'), 1), ids.handled(message('1'), 2)];
    expect(first.traceId).toBe(second.traceId);
    expect(ids.received(message('1')).traceId).toBe(first.traceId);
    expect(new Set([first.spanId, second.spanId, ids.received(message('1')).spanId]).size).toBe(3);
    expect(ids.received(message('2')).traceId).not.toBe(first.traceId);
  });

  it('cannot be worked out without the key of the house', () => {
    const stranger = createTraceIds(Buffer.alloc(32, 8));
    expect(stranger.received(message('1')).traceId).not.toBe(ids.received(message('1')).traceId);
  });

  it('is not read out of an id that is not marked', () => {
    expect(ids.origin(reply(newId()))).toBeNull();
  });
});

describe('tracing', () => {
  it('gives back what the work gives, and throws what it throws with its code in the span', async () => {
    const collector = await fakeCollector();
    const tracing = tracingTo(collector);
    expect(await tracing.handle(message('1'), 1, async () => 'done')).toBe('done');
    const fault = new AppError('STORE_UNAVAILABLE', 'the text of 陈小明');
    await expect(tracing.handle(message('1'), 2, (span) => span.step('store', () => Promise.reject(fault)))).rejects.toBe(fault);
    await expect(tracing.handle(message('1'), 3, () => Promise.reject(new TypeError('陈小明')))).rejects.toThrow(TypeError);
    await tracing.close();
    const seen = collector.spans.map(({ name, isError, attributes }) => [name, isError, attributes['error.type']]);
    expect(seen).toEqual([
      ['handle', false, undefined],
      ['store', true, 'STORE_UNAVAILABLE'],
      ['handle', true, 'STORE_UNAVAILABLE'],
      ['handle', true, 'INTERNAL'],
    ]);
    expect(Buffer.concat(collector.requests.map(({ bytes }) => bytes)).includes('陈小明')).toBe(false);
  });

  it('of a reply to nobody is a trace of its own', async () => {
    const collector = await fakeCollector();
    const tracing = tracingTo(collector);
    for (let at = 0; at < 2; at++) await tracing.send(reply(newId()), nothing);
    await tracing.close();
    expect(collector.spans.map(({ parentSpanId }) => parentSpanId)).toEqual(['', '']);
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(2);
  });

  it('of a part of the messages keeps the same ones whole in every process', async () => {
    const collector = await fakeCollector();
    const [one, other] = [tracingTo(collector, 0.5), tracingTo(collector, 0.5)];
    const count = 64;
    for (let at = 0; at < count; at++) {
      await one.receive(message(String(at)), nothing);
      await other.handle(message(String(at)), 1, nothing);
    }
    await Promise.all([one.close(), other.close()]);
    const tracesOf = (name: string) => collector.spans.filter((span) => span.name === name).map(({ traceId }) => traceId);
    expect(tracesOf('receive').sort()).toEqual(tracesOf('handle').sort());
    expect(tracesOf('receive').length).toBeGreaterThan(0);
    expect(tracesOf('receive').length).toBeLessThan(count);
  });

  it('holds no more than its queue for a collector that hangs', async () => {
    const collector = await fakeCollector();
    collector.mode = 'hanging';
    const tracing = tracingTo(collector);
    for (let at = 0; at < 10_000; at++) await tracing.receive(message(String(at)), nothing);
    await tracing.close();
    expect(collector.offered()).toBeGreaterThan(0);
    expect(collector.offered()).toBeLessThanOrEqual(4_096 + 512);
  });
});

describe('an exporter', () => {
  it('says once that it is not listened to, and once that it is again', () => {
    const results = [1, 1, 1, 0, 0, 1].map((code) => ({ code, ...(code === 1 && { error: new Error('connect ECONNREFUSED') }) }));
    const said: number[] = [];
    const log = logBook();
    const refusing: SpanExporter = { export: (_spans, done) => done(results[said.length]!), shutdown: nothing };
    const exporter = sayingOnce(refusing, log);
    while (said.length < results.length) exporter.export([], ({ code }) => said.push(code));
    expect(said).toEqual([1, 1, 1, 0, 0, 1]);
    expect(log.entries).toEqual([
      'warn: traces are dropped: the collector did not take them',
      'info: the collector takes traces again',
      'warn: traces are dropped: the collector did not take them',
    ]);
  });
});
