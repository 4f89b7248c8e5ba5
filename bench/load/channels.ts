import type { App } from '../../test/fakes/feishu-events.ts';
import { TOKEN } from '../../test/fakes/telegram-server.ts';

export const WEBHOOK_SECRET = 'a-secret-for-the-load-run';
export const FEISHU: App = { appId: 'cli_9f5343c580712544', encryptKey: 'load-key', verificationToken: 'load-token', botOpenId: 'ou_bot' };

/** Both channels by webhook, over the stand-in for the platforms. */
export const channelSettings = (origin: string): Readonly<Record<string, string>> => ({
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_API_ROOT: origin,
  TELEGRAM_MODE: 'webhook',
  TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
  FEISHU_APP_ID: FEISHU.appId,
  FEISHU_APP_SECRET: 'load-app-secret',
  FEISHU_MODE: 'webhook',
  FEISHU_ENCRYPT_KEY: FEISHU.encryptKey,
  FEISHU_VERIFICATION_TOKEN: FEISHU.verificationToken,
  FEISHU_DOMAIN: origin,
});
