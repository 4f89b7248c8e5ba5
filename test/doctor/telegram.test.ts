import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetch } from '../../src/doctor/net.ts';
import { FakeTelegram, messageUpdate } from '../fakes/telegram-server.ts';
import { freePort, telegramSettings } from '../support/config.ts';
import { type Diagnosis, diagnose, expectCheck } from './patient.ts';

const PUBLIC_URL = 'https://wence.example.com';
const OURS = `${PUBLIC_URL}/webhooks/telegram`;
const SECRET = 'a-webhook-secret-0123456789';

describe('doctor: Telegram', () => {
  let telegram: FakeTelegram;
  beforeEach(async () => {
    telegram = await FakeTelegram.start();
  });
  afterEach(() => telegram.close());

  const polling = (more: Readonly<Record<string, string>> = {}): Promise<Diagnosis> => diagnose({ ...telegramSettings(telegram), ...more });
  const byWebhook = (): Promise<Diagnosis> =>
    diagnose(
      { ...telegramSettings(telegram), TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: SECRET, PUBLIC_URL },
      { fetch: toTelegramOnly },
    );
  const toTelegramOnly: Fetch = (url, init) =>
    url.startsWith(telegram.apiRoot) ? fetch(url, init) : Promise.resolve(Response.json({ status: 'ok' }));

  it('finds a bot in order, and writes nothing to it', async () => {
    telegram.me = { ...telegram.me, can_read_all_group_messages: true };
    const found = await polling();
    expectCheck(found.of('telegram.token'), 'ok', /@Policy_Bot/);
    expectCheck(found.of('telegram.webhook'), 'ok', /可以轮询/);
    expectCheck(found.of('telegram.pollers'), 'ok', /没有发现冲突/);
    expectCheck(found.of('telegram.privacy'), 'ok', /已关闭/);
    expectCheck(found.of('telegram.groups'), 'ok', /允许/);
    expectCheck(found.of('machine.clock'), 'ok', /一致/);
    expect(telegram.calls.map(({ method }) => method)).toEqual(['getMe', 'getWebhookInfo', 'getUpdates']);
    expect(found.output).not.toContain(telegram.token);
  });

  it('takes no message away and does not end the poll of a Wence that runs', async () => {
    const waiting = fetch(`${telegram.apiRoot}/bot${telegram.token}/getUpdates`, {
      method: 'POST',
      body: JSON.stringify({ timeout: 20, allowed_updates: ['message', 'callback_query'] }),
    });
    await telegram.waitForCalls('getUpdates', 1);
    expectCheck((await polling()).of('telegram.pollers'), 'ok', /没有发现冲突/);
    telegram.push(messageUpdate(1, '有什么优惠政策？'));
    expect((await waiting).status).toBe(200);
    expectCheck((await polling()).of('telegram.pollers'), 'ok', /1 条消息等着收取/);
    expect(telegram.pending).toBe(1);
    expect(telegram.callsOf('getUpdates').slice(1)).toEqual([
      { timeout: 0, limit: 1 },
      { timeout: 0, limit: 1 },
    ]);
  });

  it('sends a person with a refused token to @BotFather', async () => {
    const TELEGRAM_BOT_TOKEN = `123456789:${'B'.repeat(35)}`;
    const found = await polling({ TELEGRAM_BOT_TOKEN });
    expectCheck(found.of('telegram.token'), 'fail', /不认这个令牌/, /\/mybots.*API Token/);
    expectCheck(found.of('telegram.privacy'), 'skipped', /令牌可用后/);
    expect(found.output).not.toContain(TELEGRAM_BOT_TOKEN);
  });

  it.each([
    ['404', { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } }, /没有按 Bot API 回应/, /TELEGRAM_API_ROOT/],
    ['a web page', { status: 200, body: '<html>' }, /没有按 Bot API 回应/, /TELEGRAM_API_ROOT/],
    [
      'a limit',
      { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 5' } },
      /retry after 5/,
      /过一会儿/,
    ],
    ['a lost connection', { reset: true as const }, /连接中途断开/, /TELEGRAM_API_ROOT/],
  ])('tells what to do about %s', async (_name, fault, detail, next) => {
    telegram.fail({ method: 'getMe', ...fault });
    expectCheck((await polling()).of('telegram.token'), 'fail', detail, next);
  });

  it('gives up on silence', async () => {
    telegram.fail({ method: 'getMe', hang: true });
    const found = await diagnose(telegramSettings(telegram), { timeoutMs: 50 });
    expectCheck(found.of('telegram.token'), 'fail', /0\.05 秒内没有回应/, /能访问/);
  });

  it('tells that nobody listens there', async () => {
    const found = await polling({ TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` });
    expectCheck(found.of('telegram.token'), 'fail', /连接被拒绝/, /curl/);
  });

  it('tells of the settings of groups', async () => {
    telegram.me = { ...telegram.me, can_join_groups: false };
    const found = await polling();
    expectCheck(found.of('telegram.privacy'), 'warn', /已打开/, /\/setprivacy[^]*Disable[^]*重新加入[^]*\/ask@Policy_Bot/);
    expectCheck(found.of('telegram.groups'), 'warn', /不允许/, /\/setjoingroups.*Enable/);
  });

  it('warns before polling takes the messages from a webhook, and shows its host only', async () => {
    telegram.webhook = { url: 'https://prod.example.com/secret-path-123456', secret: null };
    const found = await polling();
    expectCheck(found.of('telegram.webhook'), 'warn', /prod\.example\.com；Wence 启动时会取消它/, /\/newbot/);
    expect(found.ids).not.toContain('telegram.pollers');
    expect(found.output).not.toContain('secret-path');
    expect(telegram.callsOf('getUpdates')).toEqual([]);
  });

  it('tells of another process that takes the messages', async () => {
    telegram.fail({
      method: 'getUpdates',
      status: 409,
      body: { ok: false, error_code: 409, description: 'Conflict: terminated by other getUpdates request' },
    });
    expectCheck((await polling()).of('telegram.pollers'), 'warn', /另有程序/, /停掉另一个程序/);
  });

  it('finds a webhook in order', async () => {
    telegram.webhook = { url: OURS, secret: SECRET };
    const found = await byWebhook();
    expectCheck(found.of('telegram.webhook'), 'ok', /已登记/);
    expectCheck(found.of('machine.public-url'), 'ok', /有回应/);
    expect(found.ids).not.toContain('telegram.pollers');
    expect(found.output).not.toContain(SECRET);
  });

  it('tells of a webhook that is missing or leads elsewhere', async () => {
    expectCheck((await byWebhook()).of('telegram.webhook'), 'warn', /还没有登记/, /自动登记/);
    telegram.webhook = { url: 'https://old.example.com/webhooks/telegram', secret: null };
    expectCheck((await byWebhook()).of('telegram.webhook'), 'warn', /old\.example\.com/, /另建一个机器人/);
  });

  it('tells of a webhook without button presses', async () => {
    await fetch(`${telegram.apiRoot}/bot${telegram.token}/setWebhook`, {
      method: 'POST',
      body: JSON.stringify({ url: OURS, allowed_updates: ['message'] }),
    });
    expectCheck((await byWebhook()).of('telegram.webhook'), 'warn', /callback_query/, /重启 Wence/);
  });

  it.each([
    ['Wrong response from the webhook: 401 Unauthorized', /TELEGRAM_WEBHOOK_SECRET/],
    ['Wrong response from the webhook: 404 Not Found', /转发规则/],
    ['Wrong response from the webhook: 502 Bad Gateway', /启动 Wence/],
    ['SSL error {error:0A000086:SSL routines::certificate verify failed}', /证书链/],
    ['Connection timed out', /防火墙/],
  ])('tells what to do when Telegram met: %s', async (message, next) => {
    telegram.webhook = { url: OURS, secret: SECRET };
    telegram.webhookFault = { atS: Math.floor(Date.now() / 1000) - 60, message };
    expectCheck((await byWebhook()).of('telegram.webhook'), 'warn', /推送失败/, next);
  });

  it('forgets faults of long ago', async () => {
    telegram.webhook = { url: OURS, secret: SECRET };
    telegram.webhookFault = { atS: Math.floor(Date.now() / 1000) - 90_000, message: 'Connection timed out' };
    expectCheck((await byWebhook()).of('telegram.webhook'), 'ok', /已登记/);
  });

  it('compares the clocks', async () => {
    telegram.clockAheadMs = 120_000;
    expectCheck((await polling()).of('machine.clock'), 'warn', /慢 (119|120|121) 秒/, /对时/);
    telegram.clockAheadMs = -3_600_000;
    expectCheck((await polling()).of('machine.clock'), 'fail', /快/, /对时/);
  });
});
