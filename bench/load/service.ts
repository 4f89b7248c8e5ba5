import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createLogger } from '../../src/observability/logger.ts';

/** What the service has taken so far. */
export interface Usage {
  readonly cpuS: number;
  readonly rssMb: number;
  /** In use, by what is needed and what is not yet swept up. */
  readonly heapMb: number;
  /** Held for the heap, and outside of it for buffers. */
  readonly heapTotalMb: number;
  readonly buffersMb: number;
}

export interface Service {
  readonly url: string;
  readonly pid: number;
  readonly usage: () => Promise<Usage>;
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}

const toMb = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10;

/** Runs the service in this process as `wence start` does, with the limits lifted, until the parent says stop. */
export async function serve(): Promise<void> {
  const config = loadConfig();
  const none = { windowMs: 60_000, perPerson: Number.POSITIVE_INFINITY, perChat: Number.POSITIVE_INFINITY };
  const app = await startApp(config, createLogger(config.logLevel), { isUnpaced: true, rateLimits: none });
  process.on('message', (message) => {
    if (message === 'usage') process.send!(usage());
    if (message === 'stop') void app.stop().then(() => process.disconnect());
  });
  process.send!({ url: app.url });
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, heapTotal, arrayBuffers } = process.memoryUsage();
  return {
    cpuS: (user + system) / 1e6,
    rssMb: toMb(rss),
    heapMb: toMb(heapUsed),
    heapTotalMb: toMb(heapTotal),
    buffersMb: toMb(arrayBuffers),
  };
}

export interface ServiceOptions {
  /** Environment of the service. */
  readonly settings: Readonly<Record<string, string>>;
  /** Flags of Node.js. */
  readonly flags: readonly string[];
  /** Where it writes a CPU profile when it ends; null for none. */
  readonly profileDir: string | null;
}

/** Starts `script --serve` as a process of its own and waits until it is ready. */
export async function startService(script: string, { settings, flags, profileDir }: ServiceOptions): Promise<Service> {
  const port = await freePort();
  const child = fork(script, ['--serve'], {
    execArgv: [...flags, ...(profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`])],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'error',
      ...settings,
    },
  });
  const { url } = await heard<{ readonly url: string }>(child);
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(50);
  return {
    url,
    pid: child.pid!,
    usage: () => {
      child.send('usage');
      return heard<Usage>(child);
    },
    stop: async () => {
      child.send('stop');
      await once(child, 'exit');
    },
    kill: () => child.kill('SIGKILL'),
  };
}

async function heard<T>(child: ChildProcess): Promise<T> {
  return (await once(child, 'message'))[0] as T;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
