/**
 * How many messages a second the stores take and hand out: `node bench/store.ts [messages]`. SQLite always; PostgreSQL as well when PGURL names a server
 * where a database may be created. Writes to the system's temporary folder.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createPump } from '../src/delivery/pump.ts';
import type { QueueName } from '../src/delivery/store.ts';
import type { Log } from '../src/domain/log.ts';
import type { Incoming, OutgoingReply, Received } from '../src/domain/message.ts';
import { openStore, type StoreLocation } from '../src/storage/open-store.ts';
import type { SqlStore } from '../src/storage/sql-store.ts';

const MESSAGES = Number(process.argv[2] ?? 5_000);
const CHATS = 500;
/** Callers at once: for PostgreSQL as many as connections, SQLite serves one after another. */
const CALLERS = 8;

const log: Log = { debug() {}, info() {}, warn: console.warn, error: console.error };
const newId = (): string => randomBytes(12).toString('base64url');
const chatOf = (at: number, isHot: boolean): string => (isHot && at % 3 !== 0 ? 'hot' : `chat ${at % CHATS}`);

const messageAt = (at: number, isHot: boolean): Received => ({
  message: {
    channel: 'telegram',
    lane: chatOf(at, isHot),
    messageId: String(at),
    senderId: 'person',
    content: { kind: 'text', text: '高层次人才的住房补贴怎么申请？' },
    sentAtMs: Date.now(),
    address: { chatId: chatOf(at, isHot), chatKind: 'private', threadId: null, replyTo: String(at) },
  },
  dedupeKeys: [`update/${at}`, `message/${at}`],
});

const replyTo = (message: Incoming): OutgoingReply => ({
  id: newId(),
  channel: message.channel,
  address: message.address,
  message: { title: '住房补贴', tone: 'answer', blocks: [{ kind: 'quote', text: '一次性给予住房补贴。'.repeat(20) }], buttons: [] },
  form: 'rich',
});

/** Runs `work` with `CALLERS` at once until it says there is nothing left; returns how many a second. */
async function rate(work: (at: number) => Promise<boolean>): Promise<string> {
  const startedAt = performance.now();
  let next = 0;
  let done = 0;
  const caller = async (): Promise<void> => {
    while (await work(next++)) done++;
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return perSecond(done, startedAt);
}

const perSecond = (count: number, startedAt: number): string =>
  `${Math.round((count * 1_000) / (performance.now() - startedAt))}/s`.padStart(8);

/** Has the pump of workers and senders empty the queue; returns how many a second. */
async function drain<Item>(
  store: SqlStore,
  queue: QueueName,
  claim: (limit: number) => Promise<readonly Item[]>,
  work: (item: Item) => Promise<unknown>,
): Promise<string> {
  const stop = new AbortController();
  const startedAt = performance.now();
  let left = MESSAGES;
  const { stopped } = createPump(
    {
      claim,
      work: async (item: Item) => {
        await work(item);
        if (--left === 0) stop.abort();
        return null;
      },
      concurrency: CALLERS,
      pollMs: 1_000,
      onWork: (listener) => store.onWork(queue, listener),
      log,
    },
    stop.signal,
  );
  await stopped;
  return perSecond(MESSAGES, startedAt);
}

async function measure(name: string, location: StoreLocation, isHot: boolean): Promise<void> {
  const store = await openStore(location, { log, now: Date.now, newId });
  const put = await rate(async (at) => at < MESSAGES && (await store.put(messageAt(at, isHot), Date.now())) === 'stored');
  const again = await rate(async (at) => at < MESSAGES && (await store.put(messageAt(at, isHot), Date.now())) === 'duplicate');
  const answer = await drain(
    store,
    'inbox',
    (limit) => store.claim(limit, Date.now(), 30_000),
    (claim) => {
      const turn = {
        id: newId(),
        channel: 'telegram',
        contextKey: claim.message.lane,
        asker: claim.message.senderId,
        question: 'q',
        answer: null,
        via: 'asked',
        category: null,
        awaits: null,
        atMs: Date.now(),
        day: new Date().toISOString().slice(0, 10),
        tookMs: 1,
      } as const;
      return store.complete(claim, { turn, feedback: null }, [replyTo(claim.message)], Date.now());
    },
  );
  const send = await drain(
    store,
    'outbox:telegram',
    (limit) => store.claimReplies('telegram', limit, Date.now(), 30_000),
    (claim) => store.settleReply(claim, { status: 'sent', platformMessageId: newId() }, Date.now()),
  );
  console.log(`${name.padEnd(22)} put ${put}  duplicate ${again}  claim+complete ${answer}  claim+settle reply ${send}`);
  await store.close();
}

const folder = mkdtempSync(join(tmpdir(), 'wence-bench-'));
console.log(`${MESSAGES} messages, ${CHATS} chats, ${CALLERS} callers, node ${process.version}; hot: two of three messages in one chat`);
try {
  for (const isHot of [false, true]) {
    await measure(`SQLite${isHot ? ', hot' : ''}`, { kind: 'sqlite', file: join(folder, `wence-${isHot}.db`) }, isHot);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const server = process.env['PGURL'];
if (server) {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const name = `wence_bench_${process.pid}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  for (const isHot of [false, true]) {
    await admin.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
    try {
      await measure(`PostgreSQL${isHot ? ', hot' : ''}`, { kind: 'postgres', url: url.href, poolSize: CALLERS }, isHot);
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  }
  await admin.end();
}
