/**
 * How much the whole service takes: signed and encrypted Feishu callbacks and Telegram webhooks go in over HTTP, answers come out at a stand-in for
 * both platforms, everything is stored in SQLite on the disk in between.
 *
 *   node bench/load.ts [--seconds 20 | --messages 10000] [--connections 64] [--library knowledge] [--profile <folder>] [--flags="…"]
 *   node bench/load.ts --soak 1 [--rate 150]
 *
 * The first pours messages in as fast as they are acknowledged; `--messages` makes runs comparable message by message, `--profile` writes a CPU
 * profile of the service, `--flags` runs it with other flags of Node.js than `src/main.ts` sets. The second sends so many a second for so many
 * minutes and shows whether the service grows.
 *
 * The service runs in a process of its own. Two things are not as in production: the platforms' limits on sending are lifted (Telegram takes 25
 * messages a second, so nothing else could be measured), and so are the limits per person.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { channelSettings, FEISHU, WEBHOOK_SECRET } from './load/channels.ts';
import { CHATS, createDriver } from './load/driver.ts';
import { startPlatform } from './load/platform.ts';
import { flood, soak } from './load/runs.ts';
import { serve, startService } from './load/service.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    messages: { type: 'string' },
    connections: { type: 'string', default: '64' },
    library: { type: 'string', default: 'knowledge' },
    profile: { type: 'string' },
    // As src/main.ts sets them.
    flags: { type: 'string', default: '--max-semi-space-size=16 --semi-space-growth-factor=2' },
    soak: { type: 'string' },
    rate: { type: 'string', default: '150' },
    serve: { type: 'boolean', default: false },
  },
});

const WARM_UP_MS = 2_000;

if (values.serve) await serve();
else await run(values.library);

async function run(library: string): Promise<void> {
  const connections = Number(values.connections);
  const platform = await startPlatform(FEISHU);
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-load-'));
  const settings = {
    DATA_DIR: dataDir,
    KNOWLEDGE_DIR: library,
    ...channelSettings(platform.origin),
  };
  const flags = values.flags.split(' ').filter((flag) => flag !== '');
  const service = await startService(fileURLToPath(import.meta.url), { settings, flags, profileDir: values.profile ?? null });
  try {
    const driver = createDriver({ urls: [service.url], connections, feishu: FEISHU, webhookSecret: WEBHOOK_SECRET });
    const until = (atMs: number) => () => performance.now() >= atMs;
    await driver.flood(until(performance.now() + WARM_UP_MS)); // not counted
    await platform.until(driver.acknowledged);
    const house = { driver, platform, service };
    const rows =
      values.soak === undefined
        ? await flood(
            house,
            connections,
            values.messages === undefined ? until(performance.now() + Number(values.seconds) * 1_000) : after(driver),
          )
        : await soak(house, Number(values.rate), Number(values.soak));
    console.log(
      `library ${library}, SQLite on ${tmpdir()}, ${2 * CHATS} chats; the limits on sending and per person are lifted for this run`,
    );
    for (const [name, figure] of rows) console.log(`  ${name.padEnd(38)} ${figure}`);
    driver.close();
    await service.stop();
  } finally {
    service.kill();
    platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Over once `--messages` more are acknowledged. */
function after({ acknowledged }: { readonly acknowledged: () => number }): () => boolean {
  const target = acknowledged() + Number(values.messages);
  return () => acknowledged() >= target;
}
