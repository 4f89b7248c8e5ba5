import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../../src/domain/action.ts';
import { callbackUpdate, messageUpdate } from '../../fakes/telegram-server.ts';
import { SECRET, Stage } from './harness.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const UPDATE = JSON.stringify(messageUpdate(1, '补贴'));
const KEY = { 'x-telegram-bot-api-secret-token': SECRET };

/** The status the webhook answers. */
function post(body: string | Buffer, headers: Record<string, string> = KEY): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(stage.server.url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('the webhook', () => {
  it('takes a message in and answers 200', async () => {
    await stage.start('webhook');
    expect(await post(UPDATE)).toBe(200);
    expect(stage.received).toHaveLength(1);
  });

  it.each([
    ['no secret', {}],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': `${SECRET}x` }],
    ['half the secret', { 'x-telegram-bot-api-secret-token': SECRET.slice(0, 8) }],
  ])('turns away a call with %s, whatever it brings', async (_, headers) => {
    await stage.start('webhook');
    expect(await post(UPDATE, headers)).toBe(401);
    expect(await post('not json', headers)).toBe(401);
    expect(await post(Buffer.alloc(2 * 1024 * 1024, 'x'), headers)).toBe(401);
    expect(stage.received).toEqual([]);
  });

  it('checks the secret before anything else, even before it runs', async () => {
    stage.create('webhook');
    expect(await post(UPDATE, {})).toBe(401);
    expect(await post(UPDATE)).toBe(503);
    expect(stage.telegram.calls).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['half a message', UPDATE.slice(0, -3)],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
  ])('refuses %s', async (_, body) => {
    await stage.start('webhook');
    expect(await post(body)).toBe(400);
  });

  it.each(['{}', '[]', 'null', '7', '{"update_id":"x","message":[]}', '{"update_id":3,"new_kind":{}}'])(
    'acknowledges %s, which says nothing to us, so that it does not come again',
    async (body) => {
      await stage.start('webhook');
      expect(await post(body)).toBe(200);
      expect(stage.received).toEqual([]);
    },
  );

  it('refuses more than a mebibyte, announced or not', async () => {
    await stage.start('webhook');
    const body = Buffer.from(JSON.stringify({ ...messageUpdate(1, '补贴'), padding: 'x'.repeat(1024 * 1024) }));
    expect(await post(body, { ...KEY, 'content-length': String(body.length) })).toBe(413);
    expect(await post(body, { ...KEY, 'transfer-encoding': 'chunked' })).toBe(413);
    expect(stage.received).toEqual([]);
  });

  it('survives a call that is broken off', async () => {
    await stage.start('webhook');
    const call = request(stage.server.url, { method: 'POST', headers: { ...KEY, 'content-length': '5000' }, agent: false });
    const gone = new Promise((resolve) => call.on('error', resolve));
    call.write(UPDATE, () => call.destroy(new Error('broken off')));
    await gone;
    expect(await post(UPDATE)).toBe(200);
    expect(stage.received).toHaveLength(1);
  });

  it('answers only once the message is stored', async () => {
    const { promise: stored, resolve: store } = Promise.withResolvers<void>();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const channel = stage.create('webhook');
    const receive = async () => {
      ask();
      await stored;
    };
    await channel.start(receive, stage.signal);
    let isAnswered = false;
    const answered = post(UPDATE).then((status) => {
      isAnswered = true;
      return status;
    });
    await asked;
    expect(isAnswered).toBe(false);
    store();
    expect(await answered).toBe(200);
  });

  it('answers 500 to what it could not store, and Telegram delivers it again until it is', async () => {
    const channel = stage.create('webhook');
    let attempts = 0;
    const receive = async () => {
      attempts += 1;
      if (attempts <= 2) throw new Error('the store is down');
    };
    await channel.start(receive, stage.signal);
    stage.telegram.push(messageUpdate(1, '补贴'));
    await stage.telegram.settled();
    expect(stage.telegram.pushed).toEqual([500, 500, 200]);
  });

  it('asks Telegram to come back once it is stopped', async () => {
    await stage.start('webhook');
    stage.stop();
    stage.telegram.push(messageUpdate(1, '补贴'));
    await stage.telegram.waitForPushes(2);
    expect(stage.telegram.pushed.slice(0, 2)).toEqual([503, 503]);
    expect(stage.telegram.pending).toBe(1);
    expect(stage.received).toEqual([]);
  });

  it('answers a pressed button once it is stored', async () => {
    await stage.start('webhook');
    stage.telegram.push(callbackUpdate(1, encodeAction({ kind: 'feedback', turnId: 'turn-1', vote: 'down' })));
    await stage.telegram.waitForCalls('answerCallbackQuery', 1);
    expect(stage.received).toHaveLength(1);
    await stage.telegram.quiet();
    expect(stage.telegram.answers).toEqual([{ callback_query_id: 'press-1', text: '感谢您的反馈' }]);
  });

  it('takes a body that was read before it', async () => {
    await stage.start('webhook');
    const handler = stage.server.handler;
    stage.server.handler = (incoming, response, next) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        incoming.body = Buffer.concat(chunks);
        void handler?.(incoming, response, next);
      });
    };
    expect(await post(UPDATE)).toBe(200);
    expect(stage.received).toHaveLength(1);
  });

  it('never logs the secret it was shown', async () => {
    await stage.start('webhook');
    await post(UPDATE, { 'x-telegram-bot-api-secret-token': 'guess-0123456789' });
    const output = stage.logged.join('\n');
    expect(output).toContain('without the right secret');
    expect(output).not.toContain('guess-0123456789');
    expect(output).not.toContain(SECRET);
  });
});
