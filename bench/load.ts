/**
 * How much the whole service takes: signed and encrypted Feishu callbacks and Telegram webhooks go in over HTTP, answers come out at a stand-in for
 * both platforms, everything is stored in SQLite on the disk in between.
 *
 *   node bench/load.ts [--seconds 20] [--connections 64] [--library knowledge]
 *
 * The service runs in a process of its own. Two things are not as in production: the platforms' limits on sending are lifted (Telegram takes 25
 * messages a second, so nothing else could be measured), and so are the limits per person.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';
import { createLogger } from '../src/observability/logger.ts';
import { type App, encrypt, messageEvent, sign } from '../test/fakes/feishu-events.ts';
import { ALICE, ME, messageUpdate, TOKEN } from '../test/fakes/telegram-server.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '64' },
    library: { type: 'string', default: 'knowledge' },
    serve: { type: 'boolean', default: false },
  },
});

const WEBHOOK_SECRET = 'a-secret-for-the-load-run';
const FEISHU: App = { appId: 'cli_9f5343c580712544', encryptKey: 'load-key', verificationToken: 'load-token', botOpenId: 'ou_bot' };
/** People who write to the bot, each in a chat of their own. */
const CHATS = 2_000;

if (values.serve) await serve();
else await run(Number(values.seconds), Number(values.connections), values.library);

/** The service, started as `wence start` does, with the limits lifted. */
async function serve(): Promise<void> {
  const config = loadConfig();
  const none = { windowMs: 60_000, perPerson: Number.POSITIVE_INFINITY, perChat: Number.POSITIVE_INFINITY };
  const app = await startApp(config, createLogger(config.logLevel), { isUnpaced: true, rateLimits: none });
  process.on('message', (message) => {
    const { user, system } = process.cpuUsage();
    if (message === 'usage') process.send!({ rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20), cpuS: (user + system) / 1e6 });
    if (message === 'stop') void app.stop().then(() => process.disconnect());
  });
  process.send!({ url: app.url });
}

async function run(seconds: number, connections: number, library: string): Promise<void> {
  const platform = await startPlatform();
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-load-'));
  const port = await freePort();
  const child = fork(fileURLToPath(import.meta.url), ['--serve'], {
    // As src/main.ts sets them.
    execArgv: ['--max-semi-space-size=4', '--semi-space-growth-factor=1'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'error',
      DATA_DIR: dataDir,
      KNOWLEDGE_DIR: library,
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: platform.origin,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
      FEISHU_APP_ID: FEISHU.appId,
      FEISHU_APP_SECRET: 'load-app-secret',
      FEISHU_MODE: 'webhook',
      FEISHU_ENCRYPT_KEY: FEISHU.encryptKey,
      FEISHU_VERIFICATION_TOKEN: FEISHU.verificationToken,
      FEISHU_DOMAIN: platform.origin,
    },
  });
  try {
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    const usage = async (): Promise<{ readonly rssMb: number; readonly cpuS: number }> => {
      child.send('usage');
      const [figures] = (await once(child, 'message')) as [{ rssMb: number; cpuS: number }];
      return figures;
    };
    await untilReady(url);
    const driver = createDriver(url, connections);
    await driver.drive(2_000); // warm-up, not counted
    await platform.until(driver.acknowledged);
    const atStart = await usage();

    const [ackedBefore, answeredBefore] = [driver.acknowledged(), platform.answered()];
    const startMs = performance.now();
    const latencies = await driver.drive(seconds * 1_000);
    const floodS = (performance.now() - startMs) / 1_000;
    const answeredInFlood = platform.answered() - answeredBefore;
    const acked = driver.acknowledged() - ackedBefore;
    await platform.until(driver.acknowledged);
    const totalS = (performance.now() - startMs) / 1_000;
    const atEnd = await usage();

    latencies.sort((a, b) => a - b);
    const at = (share: number): string => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!.toFixed(1);
    const rows: readonly (readonly [string, string])[] = [
      ['acknowledged (stored on the disk)', `${Math.round(acked / floodS)} msg/s over ${floodS.toFixed(1)} s`],
      ['  latency p50 / p99 / max', `${at(0.5)} / ${at(0.99)} / ${at(1)} ms at ${connections} connections`],
      ['  refused or failed', String(driver.failed())],
      ['answered while messages poured in', `${Math.round(answeredInFlood / floodS)} msg/s`],
      [
        'answered once no more came in',
        `${Math.round((acked - answeredInFlood) / (totalS - floodS))} msg/s over ${(totalS - floodS).toFixed(1)} s`,
      ],
      ['answered, all of it', `${Math.round(acked / totalS)} msg/s over ${totalS.toFixed(1)} s`],
      ['answered more than once / never', `${platform.repeated()} / ${driver.acknowledged() - platform.answered()}`],
      ['processor time of the service', `${(((atEnd.cpuS - atStart.cpuS) / acked) * 1_000).toFixed(2)} ms a message, all in`],
      ['memory of the service, start → end', `${atStart.rssMb} → ${atEnd.rssMb} MB`],
    ];
    console.log(
      `library ${library}, SQLite on ${tmpdir()}, ${seconds} s, ${2 * CHATS} chats; the limits on sending and per person are lifted for this run`,
    );
    for (const [name, value] of rows) console.log(`  ${name.padEnd(38)} ${value}`);
    driver.close();
    child.send('stop');
    await once(child, 'exit');
  } finally {
    child.kill('SIGKILL');
    platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Both platforms as the service sees them: takes every reply and counts it. */
async function startPlatform() {
  const seen = new Map<string, number>();
  const waiting = new Set<() => void>();
  const answers: Readonly<Record<string, unknown>> = {
    getMe: { ok: true, result: ME },
    tenant_access_token: { code: 0, msg: 'ok', tenant_access_token: 't-load', expire: 7200 },
    info: { code: 0, msg: 'ok', bot: { activate_status: 2, app_name: 'load', open_id: FEISHU.botOpenId } },
  };
  let sent = 0;
  const count = (question: string): void => {
    seen.set(question, (seen.get(question) ?? 0) + 1);
    for (const look of waiting) look();
  };
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    void (async () => {
      const path = incoming.url!.split('?')[0]!;
      const body = await textOf(incoming);
      const reply = /\/messages\/(om_\w+)\/reply$/.exec(path)?.[1];
      outgoing.setHeader('content-type', 'application/json');
      if (reply !== undefined) {
        outgoing.end(JSON.stringify({ code: 0, msg: 'ok', data: { message_id: `om_s${(sent += 1)}` } }));
        count(reply);
      } else if (path.endsWith('/sendMessage')) {
        const payload = JSON.parse(body) as { chat_id: string; reply_parameters?: { message_id: number } };
        outgoing.end(JSON.stringify({ ok: true, result: { message_id: (sent += 1), date: 0, chat: { id: payload.chat_id } } }));
        count(`${payload.chat_id}:${payload.reply_parameters?.message_id ?? ''}`);
      } else {
        const known = Object.entries(answers).find(([name]) => path.includes(name))?.[1];
        outgoing.end(JSON.stringify(known ?? { ok: true, result: true }));
      }
    })();
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: () => seen.size,
    repeated: () => [...seen.values()].filter((times) => times > 1).length,
    /** Resolves once so many questions have an answer. */
    until: (target: () => number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (seen.size < target()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends messages one after the other on each connection, the two platforms in turn, as fast as they are acknowledged. */
function createDriver(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const questions = readFileSync(fileURLToPath(new URL('../test/fixtures/questions.jsonl', import.meta.url)), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { q: string }).q);
  let next = 0;
  let acknowledged = 0;
  let failed = 0;

  const post = (path: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<number> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        `${url}${path}`,
        { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (incoming) => {
          incoming.resume().on('end', () => resolve(incoming.statusCode!));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const sendOne = (): Promise<number> => {
    const number = (next += 1);
    const text = questions[number % questions.length]!;
    const chat = number % CHATS;
    if (number % 2 === 0) {
      const ids = { messageId: `om_${number}`, chatId: `oc_${chat}`, senderId: `ou_${chat}` };
      const body = Buffer.from(
        JSON.stringify({ encrypt: encrypt(FEISHU.encryptKey, JSON.stringify(messageEvent(FEISHU, { ...ids, text }))) }),
      );
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signature = sign(FEISHU.encryptKey, timestamp, 'nonce', body);
      const signed = { 'x-lark-request-timestamp': timestamp, 'x-lark-request-nonce': 'nonce', 'x-lark-signature': signature };
      return post('/webhooks/feishu', { 'content-type': 'application/json', ...signed }, body);
    }
    const person = { ...ALICE, id: 10_000 + chat };
    const date = Math.floor(Date.now() / 1_000);
    const update = messageUpdate(number, text, { date, from: person, chat: { id: person.id, type: 'private', first_name: '陈' } });
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET };
    return post('/webhooks/telegram', headers, Buffer.from(JSON.stringify(update)));
  };

  return {
    acknowledged: () => acknowledged,
    failed: () => failed,
    /** Resolves to the milliseconds each acknowledgement took. */
    async drive(forMs: number): Promise<number[]> {
      const latencies: number[] = [];
      const endMs = performance.now() + forMs;
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (performance.now() < endMs) {
            const startMs = performance.now();
            const status = await sendOne().catch(() => 0);
            if (status === 200) {
              latencies.push(performance.now() - startMs);
              acknowledged += 1;
            } else failed += 1;
          }
        }),
      );
      return latencies;
    },
    close: () => agent.destroy(),
  };
}

async function untilReady(url: string): Promise<void> {
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(50);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
