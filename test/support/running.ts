import { onTestFinished } from 'vitest';
import { type App, startApp, type Tuning } from '../../src/app.ts';
import type { Log } from '../../src/domain/log.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { FakeFeishu } from '../fakes/feishu-server.ts';
import { FakeTelegram } from '../fakes/telegram-server.ts';
import { SMALL_LIBRARY } from './child-server.ts';
import { testConfig } from './config.ts';

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Tries again within milliseconds, so that a test of ten faults takes no minute. */
export const QUICK: Tuning = {
  worker: { pollMs: 20, retryBaseMs: 5 },
  sender: { pollMs: 20, retryBaseMs: 5 },
  telegram: { callTimeoutMs: 300, wait: () => new Promise((resolve) => void setTimeout(resolve, 5)) },
  feishu: { httpTimeoutMs: 300, handshakeTimeoutMs: 300, pongTimeoutMs: 100, patienceMs: 500, backoffMs: () => 5 },
  isUnpaced: true,
};

/** The real app over the small library, stopped when the test is over. */
export async function startSmall(environment: Readonly<Record<string, string>>, tuning: Tuning = QUICK, log: Log = silent): Promise<App> {
  const app = await startApp(testConfig({ KNOWLEDGE_DIR: SMALL_LIBRARY, ...environment }), log, tuning);
  onTestFinished(() => app.stop());
  return app;
}

/** The Telegram of the test in hand. */
export async function fakeTelegram(): Promise<FakeTelegram> {
  const telegram = await FakeTelegram.start();
  onTestFinished(() => telegram.close());
  return telegram;
}

/** The Feishu of the test in hand. */
export async function fakeFeishu(): Promise<FakeFeishu> {
  const feishu = await FakeFeishu.start();
  onTestFinished(() => feishu.stop());
  return feishu;
}

/** A look into the database of an app, running or stopped. */
export async function lookInto<T>(dataDir: string, look: (store: SqlStore) => Promise<T>): Promise<T> {
  const store = await openStore(
    { kind: 'sqlite', file: `${dataDir}/wence.db` },
    { log: silent, now: Date.now, newId: () => crypto.randomUUID() },
  );
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

export const NOTHING_LEFT = { waiting: 0, oldestWaitingAtMs: null, unsent: 0, deadMessages: 0, deadReplies: 0, unknownReplies: 0 };

export const nowS = (): number => Math.floor(Date.now() / 1000);
