import type { Config } from '../config/load.ts';
import type { Log } from '../domain/log.ts';
import { type Tracing, UNTRACED } from '../domain/tracing.ts';

/** Traces as the rooms are given them, and what ends them with the house. */
export interface RunningTracing {
  readonly tracing: Tracing;
  /** Sends what is left, within a time of its own. */
  close(): Promise<void>;
}

export interface TracingParts {
  readonly config: Config;
  /** That of the pseudonyms: the same for all processes. */
  readonly key: Uint8Array;
  /** Names this process. */
  readonly holder: string;
  readonly now: () => number;
  readonly log: Log;
}

/** Traces for the collector that is set; without one nothing is measured, and the libraries are not even loaded. */
export async function startTracing({ config, key, holder, now, log }: TracingParts): Promise<RunningTracing> {
  if (!config.tracing) return { tracing: UNTRACED, close: async () => {} };
  const { openTracing } = await import('../observability/tracing.ts');
  const open = openTracing({ ...config.tracing, key, instanceId: holder, now, log });
  return { tracing: open, close: () => open.close() };
}
