import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { createFeishuChannel } from '../../../src/channels/feishu/index.ts';
import { AppError } from '../../../src/domain/errors.ts';
import type { Received } from '../../../src/domain/message.ts';
import { recordingLog } from '../../contracts/channel-contract.ts';
import { cardEvent, encrypt, messageEvent } from '../../fakes/feishu-events.ts';
import { FakeFeishu, type PostOptions } from '../../fakes/feishu-server.ts';
import { channelFor, serveWebhook } from './platform.ts';

let fake: FakeFeishu;
let channel: Channel;
let server: Awaited<ReturnType<typeof serveWebhook>>;
let stop: AbortController;
let logged: string[];
let stored: Received[];
let receive: (received: Received) => Promise<void>;

beforeEach(async () => {
  fake = await FakeFeishu.start();
  logged = [];
  stored = [];
  receive = async (received) => void stored.push(received);
  stop = new AbortController();
  channel = channelFor(fake, recordingLog(logged), { mode: 'webhook' });
  server = await serveWebhook(channel);
  await channel.start((received) => receive(received), stop.signal);
});

afterEach(async () => {
  stop.abort();
  await fake.stop();
  await server.stop();
  for (const secret of fake.secrets) expect(logged.join('\n')).not.toContain(secret);
});

const post = (payload: unknown, options?: PostOptions) => fake.post(server.url, payload, options);
const now = () => Math.floor(Date.now() / 1000);

/** Refused with this status, without a detail, and nothing was stored. */
async function expectRefused(status: number, payload: unknown, options?: PostOptions): Promise<void> {
  const posted = await post(payload, options);
  expect(posted.status).toBe(status);
  expect(posted.body).toMatch(/^\{"error":"[A-Z_]+"\}$/);
  expect(stored).toEqual([]);
}

describe('address check', () => {
  const challenge = (token = fake.verificationToken) => ({ challenge: 'ajls384kdjx98XX', token, type: 'url_verification' });

  it('is answered, with or without a signature', async () => {
    for (const options of [{}, { signature: 'missing' }] as const) {
      const posted = await post(challenge(), options);
      expect([posted.status, posted.body]).toEqual([200, '{"challenge":"ajls384kdjx98XX"}']);
    }
  });

  it('is answered before the channel has started', async () => {
    const early = await serveWebhook(channelFor(fake, recordingLog(logged), { mode: 'webhook' }));
    expect((await fake.post(early.url, challenge(), { signature: 'missing' })).status).toBe(200);
    expect((await fake.post(early.url, messageEvent(fake))).status).toBe(503);
    await early.stop();
  });

  it('is refused with another token, a wrong signature or in plain text', async () => {
    await expectRefused(403, challenge('another'), { signature: 'missing' });
    await expectRefused(401, challenge(), { signature: 'wrong' });
    await expectRefused(401, challenge(), { plaintext: true });
    await expectRefused(401, challenge(), { plaintext: true, signature: 'missing' });
  });
});

describe('authentic messages', () => {
  it('are stored before they are acknowledged', async () => {
    const order: string[] = [];
    receive = async () => {
      await new Promise(setImmediate);
      order.push('stored');
    };
    const posted = await post(messageEvent(fake, { text: '有什么补贴？' }));
    order.push('acknowledged');
    expect([posted.status, posted.body]).toEqual([200, '{}']);
    expect(order).toEqual(['stored', 'acknowledged']);
  });

  it('are read from a body with white space, signed over its bytes', async () => {
    expect((await post(messageEvent(fake, { text: '有什么补贴？' }), { whitespace: true })).status).toBe(200);
    expect(stored[0]?.message.content).toEqual({ kind: 'text', text: '有什么补贴？' });
  });

  it('are read from a body that comes in pieces, characters torn apart', async () => {
    const body = Buffer.from(
      JSON.stringify({
        note: '年'.repeat(20),
        encrypt: encrypt(fake.encryptKey, JSON.stringify(messageEvent(fake, { text: '今年的补贴' }))),
      }),
    );
    expect((await post(null, { raw: body, pieceBytes: 1 })).status).toBe(200);
    expect(stored[0]?.message.content).toEqual({ kind: 'text', text: '今年的补贴' });
  });

  it('are taken up to eight hours old: the platform repeats for seven', async () => {
    expect((await post(messageEvent(fake), { timestamp: now() - 7.1 * 3600 })).status).toBe(200);
    expect(stored).toHaveLength(1);
  });

  it('are pushed again while the store is down', async () => {
    const failing = receive;
    receive = async () => {
      throw new AppError('STORE_UNAVAILABLE', 'disk full');
    };
    const event = messageEvent(fake);
    const posted = await post(event);
    expect([posted.status, posted.body]).toEqual([500, '{"error":"INTERNAL"}']);
    expect(logged.join()).toContain('disk full');
    receive = failing;
    expect((await post(event)).status).toBe(200);
    expect(stored).toHaveLength(1);
  });

  it('of no interest are acknowledged and not stored', async () => {
    const other = { ...messageEvent(fake), header: { ...messageEvent(fake).header, event_type: 'im.chat.disbanded_v1' } };
    const old = { uuid: '1', token: fake.verificationToken, type: 'event_callback', event: { type: 'message', app_id: fake.appId } };
    for (const event of [other, old, messageEvent(fake, { chatType: 'group' }), messageEvent(fake, { senderType: 'app' })]) {
      expect([(await post(event)).status, stored.length]).toEqual([200, 0]);
    }
  });
});

describe('button presses', () => {
  it('are stored, then thanked for where there is something to say', async () => {
    const thanked = await post(cardEvent(fake, { value: { a: 'f:u:turn-1', k: 'g' } }));
    expect(JSON.parse(thanked.body)).toEqual({ toast: { type: 'success', content: '感谢您的反馈' } });
    expect(JSON.parse((await post(cardEvent(fake, { value: { a: 'h', k: 'p' } }))).body)).toEqual({});
    expect(stored.map(({ message }) => message.content.kind)).toEqual(['action', 'action']);
  });

  it('are not thanked for when they could not be stored', async () => {
    receive = () => Promise.reject(new Error('down'));
    expect((await post(cardEvent(fake, { value: { a: 'f:u:turn-1', k: 'g' } }))).status).toBe(500);
  });

  it('of strangers are passed over', async () => {
    expect(JSON.parse((await post(cardEvent(fake, { value: { approval_id: '1' } }))).body)).toEqual({});
    expect(stored).toEqual([]);
  });
});

describe('what is not authentic', () => {
  it('a wrong signature', () => expectRefused(401, messageEvent(fake), { signature: 'wrong' }));
  it('no signature', () => expectRefused(401, messageEvent(fake), { signature: 'missing' }));
  it('a signature made with another key', () => expectRefused(401, messageEvent(fake), { encryptKey: 'another' }));
  it('plain text from a forger', () => expectRefused(401, messageEvent(fake), { plaintext: true, signature: 'missing' }));
  it('plain text, though signed', () => expectRefused(401, messageEvent(fake), { plaintext: true }));
  it('another verification token', () => expectRefused(403, messageEvent(fake, { token: 'another' })));
  it('an empty verification token', () => expectRefused(403, messageEvent(fake, { token: '' })));
  it('another app', () => expectRefused(403, messageEvent(fake, { appId: 'cli_0000000000000000' })));
  it('no app at all', () => expectRefused(403, { schema: '2.0', header: { token: fake.verificationToken }, event: {} }));
  it('a recording replayed the next day', () => expectRefused(401, messageEvent(fake), { timestamp: now() - 24 * 3600 }));
  it('a time to come', () => expectRefused(401, messageEvent(fake), { timestamp: now() + 3600 }));
});

describe('what is malformed', () => {
  it.each(['', '{', 'null', '[]', '"text"', '{"encrypt":'])('the body %j', (raw) => expectRefused(400, null, { raw: Buffer.from(raw) }));
  it('a body that is not UTF-8', () => expectRefused(400, null, { raw: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }));
  it('what cannot be decrypted', () => expectRefused(400, null, { raw: Buffer.from('{"encrypt":"AAAA"}') }));
  it('what is encrypted but no JSON', () =>
    expectRefused(400, null, { raw: Buffer.from(JSON.stringify({ encrypt: encrypt(fake.encryptKey, 'hello') })) }));

  it('does not tell an unsigned body that opens from one that does not', async () => {
    const closed = await post(null, { raw: Buffer.from('{"encrypt":"AAAA"}'), signature: 'missing' });
    const open = await post(messageEvent(fake), { signature: 'missing' });
    expect([closed.status, closed.body]).toEqual([open.status, open.body]);
  });
});

describe('what is too much', () => {
  it('a declared length beyond the limit', () => expectRefused(413, null, { raw: Buffer.alloc(600 * 1024, 'x') }));

  it('a body without a declared length that goes on and on', async () => {
    const answer = await new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
      const outgoing = request(server.url, { method: 'POST', agent: false }, (incoming) => {
        incoming.resume();
        resolve({ status: incoming.statusCode, connection: incoming.headers.connection });
      });
      outgoing.on('error', reject);
      for (let kilobytes = 0; kilobytes < 640; kilobytes += 64) outgoing.write(Buffer.alloc(64 * 1024, 'x'));
      outgoing.end();
    });
    expect(answer).toEqual({ status: 413, connection: 'close' });
    expect(stored).toEqual([]);
  });

  it('takes the next request as if nothing had been', async () => {
    await post(null, { raw: Buffer.alloc(600 * 1024, 'x') });
    expect((await post(messageEvent(fake))).status).toBe(200);
  });
});

describe('configuration', () => {
  const create = (changes: object) => () =>
    createFeishuChannel({
      appId: 'cli_9f5343c580712544',
      appSecret: 's',
      mode: 'webhook',
      encryptKey: 'k',
      verificationToken: 't',
      domain: 'feishu',
      log: recordingLog([]),
      ...changes,
    });

  it.each([{ encryptKey: '' }, { encryptKey: undefined }, { verificationToken: '' }, { verificationToken: undefined }, { appSecret: '' }])(
    'refuses %j',
    (changes) => {
      expect(create(changes)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    },
  );

  it('has a webhook in webhook mode alone', () => {
    expect(create({})().webhook).not.toBeNull();
    expect(create({ mode: 'stream' })().webhook).toBeNull();
  });
});
