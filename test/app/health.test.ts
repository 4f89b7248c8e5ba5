import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { messageEvent } from '../fakes/feishu-events.ts';
import { ALICE, FakeTelegram, messageUpdate, TOKEN } from '../fakes/telegram-server.ts';
import { feishuSettings, freePort, telegramSettings, temporaryFolder } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, lookInto, NOTHING_LEFT, nowS, QUICK, startSmall } from '../support/running.ts';

interface Readiness {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly isReady: boolean; readonly detail: string }[];
}

async function readiness(url: string): Promise<Readiness & { readonly http: number }> {
  const response = await fetch(`${url}/readyz`);
  return { http: response.status, ...((await response.json()) as Readiness) };
}

/** Resolves once the app says it is ready. */
const untilReady = (url: string): Promise<void> =>
  vi.waitFor(async () => expect((await readiness(url)).http).toBe(200), { timeout: 20_000, interval: 10 });

async function metric(url: string, series: string): Promise<number | null> {
  const body = await (await fetch(`${url}/metrics`)).text();
  const line = body.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

describe('health', () => {
  it('is alive at once, and ready only while every channel is connected', async () => {
    const [feishu, port] = [await fakeFeishu(), await freePort()];
    const app = await startSmall({ ...feishuSettings(feishu), TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` });
    expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ status: 'ok' });
    await feishu.connected();
    const early = await readiness(app.url);
    expect(early).toMatchObject({ http: 503, status: 'not-ready' });
    expect(early.checks.find(({ name }) => name === 'telegram')).toMatchObject({ isReady: false });

    const telegram = await FakeTelegram.start(port);
    onTestFinished(() => telegram.close());
    await untilReady(app.url);
    const { checks } = await readiness(app.url);
    expect(checks.map(({ name, isReady }) => [name, isReady])).toEqual([
      ['library', true],
      ['database', true],
      ['telegram', true],
      ['feishu', true],
    ]);
    expect(await metric(app.url, 'wence_channel_connected{channel="telegram"}')).toBe(1);
  });

  it('is not ready while the database fails; what comes in then is kept by the platform', async () => {
    const [telegram, port, dataDir] = [await fakeTelegram(), await freePort(), temporaryFolder()];
    const url = `http://127.0.0.1:${port}`;
    await startSmall({
      ...telegramSettings(telegram),
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-some-length',
    });
    await untilReady(url);
    const database = new Database(join(dataDir, 'wence.db'));
    onTestFinished(() => void database.close());
    // As good as a broken disk to whoever writes there, and mended in a moment.
    database.exec('alter table probe rename to probe_away; alter table jobs rename to jobs_away');
    const broken = await readiness(url);
    expect(broken).toMatchObject({ http: 503, status: 'not-ready' });
    expect(broken.checks.find(({ name }) => name === 'database')).toMatchObject({ isReady: false });
    const metrics = await fetch(`${url}/metrics`);
    expect([metrics.status, await metrics.text()]).toEqual([503, '{"error":{"code":"STORE_UNAVAILABLE"}}']);
    telegram.push(messageUpdate(1, '班车几点发车', { date: nowS() }));
    await telegram.waitForPushes(2);
    expect(telegram.pushed.slice(0, 2)).toEqual([500, 500]);

    database.exec('alter table probe_away rename to probe; alter table jobs_away rename to jobs');
    await telegram.waitForSent(1);
    await untilReady(url);
  });

  it('is measured: the series a dashboard needs are there', async () => {
    const [telegram, feishu] = [await fakeTelegram(), await fakeFeishu()];
    const app = await startSmall({ ...telegramSettings(telegram), ...feishuSettings(feishu) });
    await feishu.connected();
    const message = messageEvent(feishu, { text: '班车几点发车', messageId: 'om_1' });
    await feishu.push(message);
    await feishu.push(message);
    feishu.fault('/reply', { status: 503 });
    await feishu.push(messageEvent(feishu, { text: '班车几点发车', messageId: 'om_2' }));
    await feishu.until(() => feishu.messages.length === 2);
    await vi.waitFor(async () => expect(await metric(app.url, 'wence_replies_ended_total{channel="feishu",status="sent"}')).toBe(2));
    expect(await metric(app.url, 'wence_messages_stored_total{channel="feishu"}')).toBe(2);
    expect(await metric(app.url, 'wence_messages_repeated_total{channel="feishu"}')).toBe(1);
    expect(await metric(app.url, 'wence_messages_ended_total{channel="feishu",outcome="answered"}')).toBe(2);
    expect(await metric(app.url, 'wence_reply_retries_total{channel="feishu",code="http-503"}')).toBe(1);
    expect(await metric(app.url, 'wence_answer_seconds_count{channel="feishu"}')).toBe(2);
    expect(await metric(app.url, 'wence_reply_seconds_count{channel="feishu"}')).toBe(2);
    for (const state of ['waiting', 'unsent', 'dead_messages', 'dead_replies', 'unknown_replies']) {
      expect(await metric(app.url, `wence_queue{state="${state}"}`)).toBe(0);
    }
    expect(await metric(app.url, 'wence_oldest_waiting_seconds')).toBe(0);
    expect(await metric(app.url, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });
});

describe('too much and too late', () => {
  it('is one notice for a person who asks too fast, then silence; others are answered', async () => {
    const telegram = await fakeTelegram();
    const app = await startSmall(
      { ...telegramSettings(telegram) },
      { ...QUICK, rateLimits: { windowMs: 3_600_000, perPerson: 3, perChat: 100 } },
    );
    for (let id = 1; id <= 8; id++) telegram.push(messageUpdate(id, '班车几点发车', { date: nowS() }));
    const other = { ...ALICE, id: 77 };
    telegram.push(messageUpdate(9, '班车几点发车', { date: nowS(), from: other, chat: { id: 77, type: 'private', first_name: '林' } }));
    await telegram.until(() => telegram.sent.some(({ chat_id }) => chat_id === 77));
    await telegram.until(() => telegram.sent.filter(({ chat_id }) => chat_id === ALICE.id).length === 4);
    await vi.waitFor(async () => expect(await metric(app.url, 'wence_messages_ended_total{channel="telegram",outcome="silent"}')).toBe(4));
    const toHer = telegram.sent.filter(({ chat_id }) => chat_id === ALICE.id);
    expect(toHer.map(({ reply_parameters }) => reply_parameters?.message_id)).toEqual([1, 2, 3, 4]);
    expect(toHer.map(({ text }) => text.includes('早上七点半'))).toEqual([true, true, true, false]);
  });

  it('is silence for a message older than a quarter of an hour, which is counted', async () => {
    const [telegram, dataDir] = [await fakeTelegram(), temporaryFolder()];
    const app = await startSmall({ ...telegramSettings(telegram), DATA_DIR: dataDir });
    telegram.push(messageUpdate(1, '班车几点发车', { date: nowS() - 16 * 60 }));
    telegram.push(messageUpdate(2, '班车几点发车', { date: nowS() - 14 * 60 }));
    await telegram.waitForSent(1);
    expect(telegram.sent.map(({ reply_parameters }) => reply_parameters?.message_id)).toEqual([2]);
    expect(await metric(app.url, 'wence_messages_ended_total{channel="telegram",outcome="expired"}')).toBe(1);
    await app.stop();
    expect(await lookInto(dataDir, (store) => store.counts())).toEqual(NOTHING_LEFT);
  });
});

describe('any error of the HTTP side', () => {
  it.each<[string, string, RequestInit]>([
    ['an unknown address', '/api/v1/none', {}],
    ['a broken escape in the address', '/%E0%A4%A', {}],
    ['a body that is no JSON', '/api/v1/ask', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
    [
      'a body too large',
      '/api/v1/ask',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question: 'x'.repeat(200_000) }) },
    ],
    ['another method', '/healthz', { method: 'DELETE' }],
  ])('%s: tells a code, and no stack', async (_, path, init) => {
    const app = await startSmall({});
    const response = await fetch(`${app.url}${path}`, init);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toMatch(/\bat .+:\d+|node_modules|\.ts:/);
  });
});
