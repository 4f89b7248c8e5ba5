import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, loadConfig } from '../../src/config/load.ts';
import type { FakeFeishu } from '../fakes/feishu-server.ts';
import type { FakeTelegram } from '../fakes/telegram-server.ts';

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A folder of the test in hand, removed when it is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wence-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The settings a test runs under: nothing of the machine's environment, a data folder of its own. Call it inside a test. */
export const testConfig = (environment: Readonly<Record<string, string>> = {}): Config =>
  loadConfig({ PORT: '0', LOG_LEVEL: 'silent', KNOWLEDGE_DIR: 'knowledge', DATA_DIR: temporaryFolder(), ...environment });

export const telegramSettings = (telegram: FakeTelegram): Record<string, string> => ({
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_API_ROOT: telegram.apiRoot,
});

export const feishuSettings = (feishu: FakeFeishu): Record<string, string> => ({
  FEISHU_APP_ID: feishu.appId,
  FEISHU_APP_SECRET: feishu.appSecret,
  FEISHU_DOMAIN: feishu.origin,
});
