import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type IdGenerator,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Log } from '../domain/log.ts';

/** Where spans go, and how many of them. */
export interface TraceTarget {
  /** Address of the collector, without `/v1/traces`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Of traces that are sent: 0 none, 1 all. Taken by the id of the trace, so that it is kept or left out as a whole. */
  readonly ratio: number;
  /** Names this process among several. */
  readonly instanceId: string;
}

/** What a collector that hangs can hold back: spans in the queue, and batches on their way; all others are dropped. */
const QUEUE = { maxQueueSize: 4_096, maxExportBatchSize: 512, scheduledDelayMillis: 2_000 };
/** The whole queue when we stop, and one besides. */
const BATCHES_UNDER_WAY = QUEUE.maxQueueSize / QUEUE.maxExportBatchSize + 1;
const EXPORT_MS = 4_000;

/** Sends spans in batches, beside the work. */
export function createProvider(target: TraceTarget, idGenerator: IdGenerator, log: Log): TracerProvider {
  const { endpoint, headers, serviceName, ratio, instanceId } = target;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: EXPORT_MS,
    concurrencyLimit: BATCHES_UNDER_WAY,
  });
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': instanceId });
  return new TracerProvider({
    resource: defaultResource().merge(resource),
    sampler: new TraceIdRatioBasedSampler(ratio),
    idGenerator,
    spanProcessors: [
      // Longer than the exporter itself tries: it is the one that says why.
      new BatchSpanProcessor({ ...QUEUE, exporter: sayingOnce(exporter, log), exportTimeoutMillis: EXPORT_MS + 1_000 }),
    ],
  });
}

/** Logs that a collector takes nothing, and that it does again: once each, not once a batch. */
export function sayingOnce(exporter: SpanExporter, log: Log): SpanExporter {
  let isDown = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const hasFailed = result.code === ExportResultCode.FAILED;
        if (hasFailed && !isDown) {
          log.warn({ reason: result.error?.message ?? 'no reason given' }, 'traces are dropped: the collector did not take them');
        } else if (!hasFailed && isDown) {
          log.info({}, 'the collector takes traces again');
        }
        isDown = hasFailed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
