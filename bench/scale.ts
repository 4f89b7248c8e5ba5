/**
 * What further processes bring: Feishu callbacks and Telegram webhooks go to 1, 2 and 4 processes of one house in turn, at rising rates, over a PostgreSQL on
 * this machine; answers come out at a stand-in for both platforms.
 *
 *   node bench/scale.ts [--processes 1,2,4] [--steps 20,40,80,…] [--seconds 5] [--cpu-share 0.2] [--library knowledge] [--json]
 *
 * A rate is kept up when everything is answered, once, 99 of 100 within 2 s. Driver, platforms and database share the machine with Wence: on two cores
 * a second process brings little. `--cpu-share` lets each process run for that share of the time only, so that the processes are the bottleneck.
 * The limits on sending and per person are lifted.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/support/postgres.ts';
import { channelSettings, FEISHU, WEBHOOK_SECRET } from './load/channels.ts';
import { createDriver } from './load/driver.ts';
import { startPlatform } from './load/platform.ts';
import { serve, type Service, startService } from './load/service.ts';
import { watchDatabase } from './scale/database.ts';
import { isSustained, kneeOf, type Step, throughputOf } from './scale/knee.ts';

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '1,2,4' },
    steps: { type: 'string', default: '20,40,60,80,100,130,160,200,250,300,400' },
    seconds: { type: 'string', default: '5' },
    'cpu-share': { type: 'string' },
    library: { type: 'string', default: 'knowledge' },
    json: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
  },
});

const CONNECTIONS = 64;
const WARM_UP_MS = 2_000;
/** Longer than any answer that counts. */
const DRAINED_MS = 15_000;
/** As src/main.ts sets them. */
const FLAGS = ['--max-semi-space-size=16', '--semi-space-growth-factor=2'];
const numbers = (list: string): number[] => list.split(',').map(Number);

interface Run {
  readonly processes: number;
  readonly steps: readonly Step[];
  /** Bytes the database has grown by, a message. */
  readonly bytesPerMessage: number;
}

if (values.serve) await serve();
else await main();

async function main(): Promise<void> {
  const postgres = await startPostgres({ fsync: 'on', full_page_writes: 'on', shared_buffers: '256MB' });
  if (!postgres) throw new Error('Expected PostgreSQL; see the warning above');
  const runs: Run[] = [];
  try {
    for (const processes of numbers(values.processes)) {
      if (!values.json)
        console.log(
          `\n${processes} process${processes === 1 ? '' : 'es'}${values['cpu-share'] ? `, each ${values['cpu-share']} of the time` : ''}`,
        );
      runs.push(await run(processes, await postgres.createDatabase()));
    }
  } finally {
    await postgres.stop();
  }
  if (values.json) console.log(JSON.stringify({ cores: availableParallelism(), cpu: cpus()[0]?.model, runs }));
  else summarise(runs);
}

async function run(processes: number, url: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'wence-scale-'));
  const sentAtMs = new Map<string, number>();
  const tookMs: number[] = [];
  const platform = await startPlatform(FEISHU, (question) => void tookMs.push(performance.now() - (sentAtMs.get(question) ?? Number.NaN)));
  const services: Service[] = [];
  const script = fileURLToPath(import.meta.url);
  let limiter: ReturnType<typeof fork> | null = null;
  try {
    for (let at = 0; at < processes; at++) {
      const own = { DATA_DIR: join(folder, String(at)), KNOWLEDGE_DIR: values.library, DATABASE_URL: url, PSEUDONYM_KEY: 'k'.repeat(32) };
      services.push(
        await startService(script, { settings: { ...channelSettings(platform.origin), ...own }, flags: FLAGS, profileDir: null }),
      );
    }
    const urls = services.map((service) => service.url);
    const onSent = (question: string): void => void sentAtMs.set(question, performance.now());
    const driver = createDriver({ urls, connections: CONNECTIONS, feishu: FEISHU, webhookSecret: WEBHOOK_SECRET, onSent });
    const database = await watchDatabase(url);
    await driver.steadily(numbers(values.steps)[0]!, WARM_UP_MS);
    await platform.until(driver.acknowledged);
    if (values['cpu-share']) {
      const pids = services.map(({ pid }) => String(pid));
      limiter = fork(fileURLToPath(new URL('./scale/limit.ts', import.meta.url)), [values['cpu-share'], ...pids]);
    }
    const usage = async () => {
      const each = await Promise.all(services.map((service) => service.usage()));
      return {
        cpuS: each.reduce((sum, { cpuS }) => sum + cpuS, 0),
        rssMb: Math.max(...each.map(({ rssMb }) => rssMb)),
        database: await database.usage(),
      };
    };

    const steps: Step[] = [];
    const atStart = (await database.usage()).bytes;
    const before = driver.acknowledged();
    for (const offered of numbers(values.steps)) {
      tookMs.length = 0;
      const start = await usage();
      const [acknowledged, failed, repeated] = [driver.acknowledged(), driver.failed(), platform.repeated()];
      const startMs = performance.now();
      await driver.steadily(offered, Number(values.seconds) * 1_000);
      const count = driver.acknowledged() - acknowledged;
      const waiting = count - tookMs.length;
      await Promise.race([platform.until(driver.acknowledged), sleep(DRAINED_MS)]);
      const forS = (performance.now() - startMs) / 1_000;
      const end = await usage();
      const sorted = tookMs.toSorted((a, b) => a - b);
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
      steps.push({
        offered,
        answered: tookMs.length / forS,
        p50Ms: at(0.5),
        p99Ms: at(0.99),
        waiting,
        refused: driver.failed() - failed,
        lost: driver.acknowledged() - platform.answered(),
        repeated: platform.repeated() - repeated,
        wenceS: (end.cpuS - start.cpuS) / count,
        databaseS: (end.database.cpuS - start.database.cpuS) / count,
        transactions: (end.database.transactions - start.database.transactions) / count,
        rssMb: end.rssMb,
      });
      if (!values.json) tell(steps.at(-1)!);
      if (!isSustained(steps.at(-1)!)) break;
    }
    const bytesPerMessage = ((await database.usage()).bytes - atStart) / (driver.acknowledged() - before);
    await database.close();
    driver.close();
    return { processes, steps, bytesPerMessage };
  } finally {
    if (limiter) {
      limiter.kill('SIGTERM');
      await new Promise((resolve) => limiter!.once('exit', resolve));
    }
    await Promise.all(services.map((service) => service.stop()));
    platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell({ offered, answered, p50Ms, p99Ms, waiting, refused, lost, repeated, wenceS, databaseS, transactions, rssMb }: Step): void {
  const ms = (seconds: number): string => (seconds * 1_000).toFixed(1);
  console.log(
    `  ${String(offered).padStart(4)}/s sent  ${answered.toFixed(0).padStart(4)}/s answered  p50 ${p50Ms.toFixed(0)} ms  p99 ${p99Ms.toFixed(0)} ms  ` +
      `${waiting} waiting at the end  ${refused + lost + repeated > 0 ? `${refused} refused, ${lost} lost, ${repeated} repeated  ` : ''}processor a message: Wence ${ms(wenceS)} ms, PostgreSQL ${ms(databaseS)} ms  ` +
      `${transactions.toFixed(1)} transactions  ${rssMb.toFixed(0)} MB`,
  );
}

function summarise(runs: readonly Run[]): void {
  console.log(
    `\n${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, shared by Wence, PostgreSQL, driver and platforms`,
  );
  const first = runs[0] && kneeOf(runs[0].steps);
  for (const { processes, steps, bytesPerMessage } of runs) {
    const knee = kneeOf(steps);
    if (!knee) {
      console.log(`  ${processes}: no rate was kept up`);
      continue;
    }
    const demandS = knee.wenceS + knee.databaseS;
    console.log(
      `  ${processes}: keeps up ${knee.offered}/s${first && first.offered !== knee.offered ? ` (${(knee.offered / first.offered).toFixed(2)} × the first)` : ''}; ` +
        `${(demandS * 1_000).toFixed(1)} ms a message, ${((100 * knee.databaseS) / demandS).toFixed(0)} % of it the database; ` +
        `by that ${throughputOf(4, demandS).toFixed(0)}/s on 4 cores, ${throughputOf(16, demandS).toFixed(0)}/s on 16; ` +
        `the database grows by ${(bytesPerMessage / 1_024).toFixed(1)} kB a message`,
    );
  }
}
