import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeCollector, type SeenSpan } from '../fakes/otlp-collector.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { ALICE, messageUpdate } from '../fakes/telegram-server.ts';
import { ChildServer } from '../support/child-server.ts';
import { feishuSettings, freePort, telegramSettings, temporaryFolder } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, nowS, startSmall } from '../support/running.ts';

const LONG = 90_000;
const QUESTION = '班车几点发车';
const PERSON = { ...ALICE, id: 5_550_001_234, first_name: '陈小明' };
const UPDATE = messageUpdate(1, QUESTION, { date: nowS(), from: PERSON, chat: { id: PERSON.id, type: 'private', first_name: '陈小明' } });
const EVENT = { text: QUESTION, messageId: 'om_question', chatId: 'oc_somechat', senderId: 'ou_someone' };

async function fakeCollector(): Promise<FakeCollector> {
  const collector = await FakeCollector.start();
  onTestFinished(() => collector.close());
  return collector;
}

const tracedTo = (collector: FakeCollector) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
const traceOf = (spans: readonly SeenSpan[], channel: string): SeenSpan[] => {
  const ids = new Set(spans.filter(({ attributes }) => attributes['wence.channel'] === channel).map(({ traceId }) => traceId));
  expect(ids.size).toBe(1);
  return spans.filter(({ traceId }) => ids.has(traceId));
};
const named = (spans: readonly SeenSpan[], name: string): SeenSpan => {
  const found = spans.filter((span) => span.name === name);
  expect(found).toHaveLength(1);
  return found[0]!;
};

/** Both platforms by webhook, a question on each, and all of it sent to the collector by the stop. */
async function askOnBoth(settings: Readonly<Record<string, string>>) {
  const [telegram, feishu, port] = [await fakeTelegram(), await fakeFeishu(), await freePort()];
  const publicUrl = `http://127.0.0.1:${port}`;
  const app = await startSmall({
    ...telegramSettings(telegram),
    ...feishuSettings(feishu),
    ...settings,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-some-length',
    FEISHU_MODE: 'webhook',
    FEISHU_ENCRYPT_KEY: feishu.encryptKey,
    FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
  });
  feishu.webhookUrl = `${publicUrl}/webhooks/feishu`;
  await telegram.waitForCalls('setWebhook', 1);
  telegram.push(UPDATE);
  void feishu.push(messageEvent(feishu, EVENT));
  const [answer] = await telegram.waitForSent(1);
  await feishu.until(() => feishu.messages.length === 1);
  await app.stop();
  return { words: [answer!.text, feishu.messages[0]!.reading.text] };
}

describe('a traced message', () => {
  it('is one trace from webhook to reply, on Telegram and on Feishu', async () => {
    const collector = await fakeCollector();
    await askOnBoth(tracedTo(collector));
    for (const channel of ['telegram', 'feishu']) {
      const spans = traceOf(collector.spans, channel);
      const [receive, handle, answer, store, send] = ['receive', 'handle', 'answer', 'store', 'send'].map((name) => named(spans, name));
      expect(spans).toHaveLength(5);
      expect(receive!.parentSpanId).toBe('');
      expect(handle!.parentSpanId).toBe(receive!.spanId);
      expect(answer!.parentSpanId).toBe(handle!.spanId);
      expect(store!.parentSpanId).toBe(handle!.spanId);
      expect(send!.parentSpanId).toBe(handle!.spanId);
      expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(5);
      expect(receive!.attributes).toEqual({
        'wence.channel': channel,
        'wence.content': 'text',
        'wence.text_length': QUESTION.length,
        'wence.outcome': 'stored',
      });
      expect(handle!.attributes).toMatchObject({ 'wence.attempt': 1, 'wence.outcome': 'answered' });
      expect(answer!.attributes).toMatchObject({ 'wence.answer': 'answered', 'wence.replies': 1 });
      expect(send!.attributes).toMatchObject({ 'wence.attempt': 1, 'wence.outcome': 'sent', 'wence.form': 'rich' });
      for (const { isError, startNs, endNs, resource } of spans) {
        expect(isError).toBe(false);
        expect(endNs >= startNs).toBe(true);
        expect(resource['service.name']).toBe('wence');
      }
    }
  });

  it('leaves no word, name or chat in what is sent', async () => {
    const collector = await fakeCollector();
    const { words } = await askOnBoth(tracedTo(collector));
    expect(collector.spans.length).toBeGreaterThan(0);
    const bytes = Buffer.concat(collector.requests.map((request) => request.bytes));
    const secrets = [QUESTION, '陈小明', String(PERSON.id), EVENT.messageId, EVENT.chatId, EVENT.senderId];
    for (const line of words.flatMap((text) => text.split(/[\n，。：]/)).filter((piece) => piece.trim().length > 3))
      secrets.push(line.trim());
    expect(secrets.length).toBeGreaterThan(8);
    for (const secret of secrets) expect(bytes.includes(secret), secret).toBe(false);
    const told = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    const names = ['channel', 'content', 'text_length', 'outcome', 'answer', 'attempt', 'waited_ms', 'replies', 'blocks', 'form'];
    expect([...told].filter((name) => !names.includes(name.replace('wence.', '')))).toEqual([]);
  });

  it('that is delivered again has one beginning, and the repeat beneath it', async () => {
    const [collector, telegram] = [await fakeCollector(), await fakeTelegram()];
    const app = await startSmall({ ...telegramSettings(telegram), ...tracedTo(collector) });
    telegram.push(UPDATE);
    telegram.push({ ...UPDATE, update_id: 2 });
    await telegram.waitForSent(1);
    await telegram.settled();
    await app.stop();
    const receipts = traceOf(collector.spans, 'telegram').filter(({ name }) => name === 'receive');
    const root = receipts.find(({ parentSpanId }) => parentSpanId === '');
    expect(root!.attributes['wence.outcome']).toBe('stored');
    expect(receipts.filter((span) => span !== root)).toMatchObject([
      { parentSpanId: root!.spanId, attributes: { 'wence.outcome': 'duplicate' } },
    ]);
  });

  it('handled by one process and sent by another stays one trace, and names the refusals', async () => {
    const [collector, telegram, dataDir] = [await fakeCollector(), await fakeTelegram(), temporaryFolder()];
    const settings = { ...telegramSettings(telegram), ...tracedTo(collector), DATA_DIR: dataDir };
    const faults = 20;
    const body = { ok: false, error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } };
    for (let at = 0; at < faults; at++) telegram.fail({ method: 'sendMessage', status: 429, body });
    const first = await startSmall(settings);
    telegram.push(UPDATE);
    await telegram.waitForCalls('sendMessage', 1);
    await first.stop();
    // The faults that are left are met by us, not by the second process.
    const left = faults - telegram.callsOf('sendMessage').length;
    for (let at = 0; at < left; at++) await fetch(`${telegram.apiRoot}/bot${telegram.token}/sendMessage`, { method: 'POST', body: '{}' });
    const second = await startSmall(settings);
    await telegram.waitForSent(1);
    await second.stop();

    const spans = traceOf(collector.spans, 'telegram');
    const handle = named(spans, 'handle');
    const sends = spans.filter(({ name }) => name === 'send');
    expect(sends.every(({ parentSpanId }) => parentSpanId === handle.spanId)).toBe(true);
    expect(sends[0]).toMatchObject({ isError: true, attributes: { 'wence.outcome': 'rejected', 'error.type': expect.any(String) } });
    const sent = sends.at(-1)!;
    expect(sent).toMatchObject({ isError: false, attributes: { 'wence.outcome': 'sent', 'wence.attempt': sends.length } });
    expect(sent.resource['service.instance.id']).not.toBe(handle.resource['service.instance.id']);
  });

  it('on the web page is one trace too', async () => {
    const collector = await fakeCollector();
    const app = await startSmall({ ...tracedTo(collector), OTEL_SERVICE_NAME: '园区问策' });
    const response = await fetch(`${app.url}/api/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: QUESTION }),
    });
    expect(((await response.json()) as { outcome: string }).outcome).toBe('answered');
    await app.stop();
    const spans = traceOf(collector.spans, 'web');
    const receive = named(spans, 'receive');
    expect(receive.parentSpanId).toBe('');
    for (const name of ['answer', 'store']) expect(named(spans, name).parentSpanId).toBe(receive.spanId);
    expect(receive.resource['service.name']).toBe('园区问策');
  });
});

describe('a collector', () => {
  it('is sent nothing when none is set, or no message is to be traced', async () => {
    const collector = await fakeCollector();
    await askOnBoth({});
    await askOnBoth({ ...tracedTo(collector), OTEL_TRACES_SAMPLER_ARG: '0' });
    expect(collector.requests).toEqual([]);
  });

  it('is given the headers it asks for', async () => {
    const collector = await fakeCollector();
    await askOnBoth({ ...tracedTo(collector), OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20key,x-tenant=zone' });
    expect(collector.requests[0]!.path).toBe('/v1/traces');
    expect(collector.requests[0]!.headers).toMatchObject({
      'x-key': 'a key',
      'x-tenant': 'zone',
      'content-type': 'application/x-protobuf',
    });
  });

  it.each(['hanging', 'failing'] as const)('that is %s keeps nobody from an answer, nor the house from stopping', async (mode) => {
    const [collector, telegram] = [await fakeCollector(), await fakeTelegram()];
    collector.mode = mode;
    const app = await startSmall({ ...telegramSettings(telegram), ...tracedTo(collector) });
    const count = 20;
    for (let at = 1; at <= count; at++) {
      const id = 900_000 + at;
      telegram.push(messageUpdate(at, QUESTION, { date: nowS(), from: { ...ALICE, id }, chat: { id, type: 'private', first_name: '陈' } }));
    }
    await telegram.waitForSent(count);
    await app.stop();
    expect(collector.requests.length).toBeGreaterThan(0);
  });

  it(
    'has all of it when the process is asked to stop, and the library is loaded only for it',
    async () => {
      const [collector, telegram] = [await fakeCollector(), await fakeTelegram()];
      const telling =
        "import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { if (name === '@opentelemetry/sdk-trace') process.stderr.write('TELEMETRY LOADED'); return next(name, context); } });";
      const watched = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(telling)}` };
      // The API alone comes with the metrics.
      const run = async (update: number, settings: Readonly<Record<string, string>>) => {
        const child = new ChildServer({ ...telegramSettings(telegram), ...watched, ...settings, DATA_DIR: temporaryFolder() });
        onTestFinished(() => child.kill());
        await child.url;
        telegram.push({ ...UPDATE, update_id: update });
        await telegram.waitForSent(update);
        expect(await child.stop()).toEqual({ code: 0, signal: null });
        return child.errors;
      };
      expect(await run(1, tracedTo(collector))).toContain('TELEMETRY LOADED');
      expect(traceOf(collector.spans, 'telegram').map(({ name }) => name)).toEqual(
        expect.arrayContaining(['receive', 'handle', 'answer', 'store', 'send']),
      );
      expect(await run(2, {})).not.toContain('TELEMETRY LOADED');
      collector.mode = 'hanging';
      await run(3, tracedTo(collector));
    },
    LONG,
  );
});
