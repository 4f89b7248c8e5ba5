import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { cardEvent, messageEvent } from '../fakes/feishu-events.ts';
import { FakeFeishu, type PostOptions } from '../fakes/feishu-server.ts';
import { FakeTelegram, messageUpdate } from '../fakes/telegram-server.ts';
import { SMALL_LIBRARY } from '../support/child-server.ts';
import { feishuSettings, freePort, telegramSettings } from '../support/config.ts';
import { nowS, QUICK, silent } from '../support/running.ts';

const SECRET = 'a-secret-of-some-length';
const HOUR_S = 3_600;

let folder: string;
let telegram: FakeTelegram;
let feishu: FakeFeishu;
let app: App;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wence-test-'));
  [telegram, feishu] = [await FakeTelegram.start(), await FakeFeishu.start()];
  const port = await freePort();
  const config = loadConfig({
    ...telegramSettings(telegram),
    ...feishuSettings(feishu),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'silent',
    KNOWLEDGE_DIR: SMALL_LIBRARY,
    DATA_DIR: folder,
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    FEISHU_MODE: 'webhook',
    FEISHU_ENCRYPT_KEY: feishu.encryptKey,
    FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
  });
  app = await startApp(config, silent, QUICK);
  await telegram.waitForCalls('setWebhook', 1);
  // Both channels are up before anything is refused for another reason.
  for (;;) {
    const { checks } = (await (await fetch(`${app.url}/readyz`)).json()) as { checks: { isReady: boolean }[] };
    if (checks.every(({ isReady }) => isReady)) break;
  }
});

afterAll(async () => {
  await app.stop();
  await Promise.all([telegram.close(), feishu.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Rows of everything a message leaves behind. */
function traces(): Readonly<Record<string, number>> {
  const database = new Database(join(folder, 'wence.db'), { readonly: true });
  try {
    const count = (table: string): number => database.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()!.n;
    return { jobs: count('jobs'), keys: count('dedupe_keys'), outbox: count('outbox'), turns: count('turns'), feedback: count('feedback') };
  } finally {
    database.close();
  }
}

let before: Readonly<Record<string, number>>;
beforeAll(() => void (before = traces()));
afterEach(() => {
  expect(traces()).toEqual(before);
  expect(feishu.messages).toEqual([]);
  expect(telegram.sent).toEqual([]);
});

const feishuHook = (): string => `${app.url}/webhooks/feishu`;
const telegramHook = (): string => `${app.url}/webhooks/telegram`;

const tellsNothing = (body: string): void => {
  expect(body).not.toMatch(/\bat .+:\d+|node_modules|Error:|\.ts\b|secret|token/i);
};

describe('a Feishu callback that is not genuine', () => {
  it.each<[string, number, PostOptions, object?]>([
    ['a wrong signature', 401, { signature: 'wrong' }],
    ['no signature', 401, { signature: 'missing' }],
    ['a signature with another key', 401, { encryptKey: 'another-key' }],
    ['no encryption', 401, { plaintext: true }],
    ['neither encryption nor signature', 401, { plaintext: true, signature: 'missing' }],
    ['a signature of yesterday', 401, { timestamp: nowS() - 24 * HOUR_S }],
    ['a signature of tomorrow', 401, { timestamp: nowS() + 24 * HOUR_S }],
    ['another verification token', 403, {}, { token: 'forged' }],
    ['another app', 403, {}, { appId: 'cli_0000000000000000' }],
    ['a body that is no JSON', 400, { raw: Buffer.from('{"encrypt":') }],
    ['a body that is not UTF-8', 400, { raw: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }],
    ['nothing that can be decrypted', 400, { raw: Buffer.from('{"encrypt":"bm90IGVuY3J5cHRlZA=="}') }],
    ['600 KB', 413, { raw: Buffer.alloc(600_000, 0x20) }],
  ])('with %s is refused: %i', async (_, status, options, fields = {}) => {
    for (const event of [
      messageEvent(feishu, { text: '班车几点发车', ...fields }),
      cardEvent(feishu, { value: { a: 'h', k: 'p' }, ...fields }),
    ]) {
      const answer = await feishu.post(feishuHook(), event, options);
      expect(answer.status).toBe(status);
      tellsNothing(answer.body.replaceAll('UNAUTHENTICATED', ''));
    }
  });

  it('asking to confirm the address with another token is refused', async () => {
    const challenge = { type: 'url_verification', challenge: 'abc', token: 'forged' };
    expect((await feishu.post(feishuHook(), challenge, { signature: 'missing' })).status).toBe(403);
    expect((await feishu.post(feishuHook(), challenge, { signature: 'missing', plaintext: true })).status).toBe(401);
  });

  it('with any bytes is refused and does no harm', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.constantFrom(undefined, 'wrong' as const, 'missing' as const),
        async (bytes, signature) => {
          const answer = await feishu.post(feishuHook(), {}, { raw: Buffer.from(bytes), ...(signature && { signature }) });
          expect([400, 401]).toContain(answer.status);
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it('with any content in a genuine envelope is never a fault of ours', async () => {
    const event = (type: fc.Arbitrary<string>) =>
      fc.record({
        schema: fc.constant('2.0'),
        header: fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), type).map(([header, event_type]) => ({
          ...header,
          event_type,
          token: feishu.verificationToken,
          app_id: feishu.appId,
        })),
        event: fc.oneof(
          fc.jsonValue(),
          fc.record({ message: fc.jsonValue(), sender: fc.jsonValue() }),
          fc.record({ action: fc.record({ value: fc.jsonValue() }), operator: fc.jsonValue(), context: fc.jsonValue() }),
        ),
      });
    const types = fc.constantFrom('im.message.receive_v1', 'card.action.trigger', 'im.chat.updated_v1', '');
    await fc.assert(
      fc.asyncProperty(event(types), async (payload) => {
        const answer = await feishu.post(feishuHook(), payload);
        expect(answer.status).toBe(200);
      }),
      { numRuns: 150, seed: 2 },
    );
  });
});

describe('a Telegram update that is not genuine', () => {
  const post = (body: string, secret: string | null): Promise<Response> =>
    fetch(telegramHook(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-telegram-bot-api-secret-token': secret }) },
      body,
    });
  const update = (): string => JSON.stringify(messageUpdate(1, '班车几点发车', { date: nowS() }));

  it.each([
    ['without the secret', null],
    ['with another secret', 'another-secret-of-length'],
    ['with a part of the secret', SECRET.slice(0, -1)],
    ['with an empty secret', ''],
  ])('%s is refused: 401', async (_, secret) => {
    const answer = await post(update(), secret);
    expect(answer.status).toBe(401);
    tellsNothing(await answer.text());
  });

  it('that is too large or no JSON is refused', async () => {
    expect((await post('x'.repeat(1_200_000), SECRET)).status).toBe(413);
    expect((await post('{"update_id":', SECRET)).status).toBe(400);
    expect((await post('', SECRET)).status).toBe(400);
  });

  it('of any content, even with the secret, is never a fault of ours', async () => {
    const strange = fc.oneof(
      fc.jsonValue(),
      fc.record({ update_id: fc.jsonValue(), message: fc.jsonValue() }),
      fc.record({ update_id: fc.nat(), message: fc.record({ message_id: fc.jsonValue(), chat: fc.jsonValue(), from: fc.jsonValue() }) }),
      fc.record({
        update_id: fc.nat(),
        callback_query: fc.record({ data: fc.jsonValue(), from: fc.jsonValue(), message: fc.jsonValue() }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(strange, async (payload) => {
        const answer = await post(JSON.stringify(payload), SECRET);
        expect(answer.status).toBe(200);
        await answer.arrayBuffer();
      }),
      { numRuns: 150, seed: 3 },
    );
  });
});

describe('an address that does not exist', () => {
  it.each(['/webhooks/nobody', '/webhooks/feishu/x', '/%ff', '/api/v1/none', '/..%2f..%2fetc%2fpasswd'])(
    '%s is refused without a word about us',
    async (path) => {
      const answer = await fetch(`${app.url}${path}`, { method: 'POST', body: '{}' });
      expect([400, 404]).toContain(answer.status);
      const body = await answer.text();
      expect(body).not.toMatch(/\bat .+:\d+|node_modules/);
    },
  );
});
