import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** The settings a test runs under: nothing of the machine's environment. */
export const testConfig = (environment: Readonly<Record<string, string>> = {}): Config =>
  loadConfig({ PORT: '0', LOG_LEVEL: 'silent', KNOWLEDGE_DIR: 'knowledge', ...environment });

export const telegramSettings = (telegram: FakeTelegram): Record<string, string> => ({
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_API_ROOT: telegram.apiRoot,
});

export const feishuSettings = (feishu: FakeFeishu): Record<string, string> => ({
  FEISHU_APP_ID: feishu.appId,
  FEISHU_APP_SECRET: feishu.appSecret,
  FEISHU_DOMAIN: feishu.origin,
});
