import { setTimeout as sleep } from 'node:timers/promises';
import type { Driver } from './driver.ts';
import type { Platform } from './platform.ts';
import type { Service, Usage } from './service.ts';

/** Name and figure, to be printed. */
export type Row = readonly [name: string, figure: string];

interface House {
  readonly driver: Driver;
  readonly platform: Platform;
  readonly service: Service;
}

/** Messages as fast as they are acknowledged, then waiting until all are answered. */
export async function flood({ driver, platform, service }: House, connections: number, isOver: () => boolean): Promise<readonly Row[]> {
  const atStart = await service.usage();
  const [ackedBefore, answeredBefore] = [driver.acknowledged(), platform.answered()];
  const startMs = performance.now();
  const latencies = await driver.flood(isOver);
  const floodS = (performance.now() - startMs) / 1_000;
  const inFlood = platform.answered() - answeredBefore;
  const acked = driver.acknowledged() - ackedBefore;
  const atPeak = await service.usage();
  await platform.until(driver.acknowledged);
  const totalS = (performance.now() - startMs) / 1_000;
  const atEnd = await service.usage();
  const waiting = acked - inFlood;
  return [
    ['acknowledged (stored on the disk)', `${Math.round(acked / floodS)} msg/s over ${floodS.toFixed(1)} s`],
    ['  latency p50 / p99 / max', `${quantiles(latencies)} ms at ${connections} connections`],
    ['  refused or failed', String(driver.failed())],
    ['answered while messages poured in', `${Math.round(inFlood / floodS)} msg/s`],
    ['answered once no more came in', `${Math.round(waiting / (totalS - floodS))} msg/s over ${(totalS - floodS).toFixed(1)} s`],
    ['answered, all of it', `${Math.round(acked / totalS)} msg/s over ${totalS.toFixed(1)} s`],
    ...answeredOnce({ driver, platform }),
    ['processor time of the service', `${perMessage(atStart, atEnd, acked)} ms a message, all in`],
    ['memory at the start', memory(atStart)],
    [`memory with ${waiting} messages waiting`, memory(atPeak)],
    ['memory at the end', memory(atEnd)],
  ];
}

const SAMPLE_EVERY_MS = 2_000;

/** Messages at a steady rate below what the service can do: does it stay the size it is? */
export async function soak({ driver, platform, service }: House, perSecond: number, minutes: number): Promise<readonly Row[]> {
  const samples: Usage[] = [await service.usage()];
  const over = new AbortController();
  const sampling = (async () => {
    while (!over.signal.aborted) {
      await sleep(SAMPLE_EVERY_MS, undefined, { signal: over.signal }).catch(() => {});
      samples.push(await service.usage());
    }
  })();
  const before = driver.acknowledged();
  const latencies = await driver.steadily(perSecond, minutes * 60_000);
  await platform.until(driver.acknowledged);
  over.abort();
  await sampling;
  const acked = driver.acknowledged() - before;
  const third = Math.max(1, Math.floor(samples.length / 3));
  const grown = (name: string, of: (usage: Usage) => number): Row => {
    const [first, last] = [median(samples.slice(0, third).map(of)), median(samples.slice(-third).map(of))];
    // The middles of the two thirds are two thirds of the time apart.
    const rate = (last - first) / ((minutes * 2) / 3);
    return [name, `${first.toFixed(0)} → ${last.toFixed(0)} MB, ${rate >= 0 ? '+' : ''}${rate.toFixed(1)} MB/min`];
  };
  return [
    ['acknowledged', `${acked}, at ${perSecond} msg/s for ${minutes} min`],
    ['  latency p50 / p99 / max', `${quantiles(latencies)} ms`],
    ['  refused or failed', String(driver.failed())],
    ...answeredOnce({ driver, platform }),
    ['processor time of the service', `${perMessage(samples[0]!, samples.at(-1)!, acked)} ms a message, all in`],
    ['medians of the first and last third of', `${samples.length} samples`],
    grown('  memory (RSS)', ({ rssMb }) => rssMb),
    grown('  heap in use', ({ heapMb }) => heapMb),
    grown('  heap held', ({ heapTotalMb }) => heapTotalMb),
  ];
}

const answeredOnce = ({ driver, platform }: Pick<House, 'driver' | 'platform'>): readonly Row[] => [
  ['answered more than once / never', `${platform.repeated()} / ${driver.acknowledged() - platform.answered()}`],
];

const perMessage = (from: Usage, to: Usage, messages: number): string => (((to.cpuS - from.cpuS) / messages) * 1_000).toFixed(2);

const memory = ({ rssMb, heapMb, heapTotalMb, buffersMb }: Usage): string =>
  `${rssMb.toFixed(0)} MB, of it heap ${heapTotalMb.toFixed(0)} (${heapMb.toFixed(0)} in use), buffers ${buffersMb.toFixed(0)}`;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

function quantiles(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  return `${at(0.5)} / ${at(0.99)} / ${at(1)}`;
}
