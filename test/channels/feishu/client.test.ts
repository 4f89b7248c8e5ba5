import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { uuidOf } from '../../../src/channels/feishu/client.ts';
import type { Block, OutgoingReply } from '../../../src/domain/message.ts';
import { recordingLog } from '../../contracts/channel-contract.ts';
import { FakeFeishu } from '../../fakes/feishu-server.ts';
import { ADDRESS, replyOf } from './messages.ts';
import { channelFor, QUICK } from './platform.ts';

const MESSAGES = '/im/v1/messages';
const TOKENS = '/tenant_access_token/';

let fake: FakeFeishu;
let channel: Channel;
let logged: string[];
let stop: AbortController;

beforeEach(async () => {
  fake = await FakeFeishu.start();
  logged = [];
  stop = new AbortController();
  channel = channelFor(fake, recordingLog(logged), { mode: 'webhook' });
});

afterEach(async () => {
  stop.abort();
  await fake.stop();
  const output = logged.join('\n');
  for (const secret of fake.secrets) expect(output).not.toContain(secret);
  expect(output, 'a message text').not.toContain('融资');
});

const send = (reply: OutgoingReply = replyOf()) => channel.send(reply, stop.signal);
const refuse = (code: number, status = 400, headers: Record<string, string> = {}) =>
  fake.fault(MESSAGES, { status, body: { code, msg: 'refused' }, headers });

describe('where a reply goes', () => {
  it('answers the question', async () => {
    expect(await send()).toEqual({ status: 'sent', platformMessageId: 'om_sent1' });
    expect(fake.messages[0]).toMatchObject({ replyTo: 'om_question', inThread: false, type: 'interactive', uuid: 'answer-1' });
  });

  it('stays in the thread', async () => {
    await send(replyOf(null, { address: { ...ADDRESS, threadId: 'omt_1' } }));
    expect(fake.messages[0]).toMatchObject({ replyTo: 'om_question', inThread: true, uuid: 'answer-1-h' });
  });

  it('goes to the chat when there is nothing to reply to', async () => {
    await send(replyOf(null, { address: { ...ADDRESS, replyTo: null } }));
    expect(fake.messages[0]).toMatchObject({ chatId: ADDRESS.chatId, replyTo: null, uuid: 'answer-1-n' });
  });

  it('goes nowhere with an id that would change the path', async () => {
    for (const address of [
      { ...ADDRESS, replyTo: 'om_x/../om_y?z=' },
      { ...ADDRESS, chatId: '../users' },
    ]) {
      expect(await send(replyOf(null, { address }))).toMatchObject({ status: 'rejected', retryable: false, code: 'address-invalid' });
    }
    expect(fake.requests).toEqual([]);
  });

  it('has a key of its own for each form and place, never beyond 50 characters', () => {
    const id = 'x'.repeat(40);
    const addresses = [ADDRESS, { ...ADDRESS, replyTo: null }, { ...ADDRESS, threadId: 'omt_1' }];
    const keys = (['rich', 'simple', 'text'] as const).flatMap((form) =>
      addresses.map((address) => uuidOf(replyOf(null, { id, form, address }))),
    );
    expect(new Set(keys).size).toBe(9);
    expect(keys.every((key) => key.length <= 50)).toBe(true);
  });
});

describe('a repeat', () => {
  it.each([{ processThenReset: true }, { reset: true }, { status: 502, body: 'Bad Gateway' }] as const)(
    'after %j leaves one message',
    async (fault) => {
      fake.fault(MESSAGES, fault);
      expect(await send()).toMatchObject({ status: 'rejected', retryable: true });
      expect((await send()).status).toBe('sent');
      expect((await send()).status).toBe('sent');
      expect(fake.messages).toHaveLength(1);
    },
  );

  it('follows a platform that hangs', async () => {
    channel = channelFor(fake, recordingLog(logged), { mode: 'webhook', timing: { ...QUICK, httpTimeoutMs: 50 } });
    fake.fault(MESSAGES, { hang: true });
    expect(await send()).toEqual({ status: 'rejected', code: 'ECONNABORTED', retryable: true, retryAfterMs: null });
  });

  it('is asked for when we stop in the middle', async () => {
    fake.fault(MESSAGES, { hang: true });
    const sending = send();
    await fake.until(() => fake.requestsTo(MESSAGES).length === 1);
    stop.abort();
    expect(await sending).toEqual({ status: 'rejected', code: 'aborted', retryable: true, retryAfterMs: null });
  });

  it('is asked for when the platform is not there at all', async () => {
    const lost = channelFor(fake, recordingLog(logged), { mode: 'webhook', domain: new URL('http://127.0.0.1:9') });
    expect(await lost.send(replyOf(), stop.signal)).toMatchObject({ status: 'rejected', code: 'ECONNREFUSED', retryable: true });
  });

  it.each([
    { status: 200, body: '<html>' },
    { status: 200, body: { code: 0, msg: 'ok', data: {} } },
    { status: 302, headers: { Location: '/login' } },
  ])('does not count %j as sent', async (fault) => {
    fake.fault(MESSAGES, fault);
    expect((await send()).status).toBe('rejected');
  });
});

describe('codes of the platform', () => {
  it.each([
    [99991400, 429],
    [99991400, 400],
    [230020, 400],
    [230020, 200],
    [11232, 400],
    [230049, 400],
    [11310, 400],
    [1500, 200],
    [1551, 500],
  ])('%i with HTTP %i means later', async (code, status) => {
    refuse(code, status);
    expect(await send()).toEqual({ status: 'rejected', code: String(code), retryable: true, retryAfterMs: null });
  });

  it.each([408, 429, 500, 503])('HTTP %i without a code means later', async (status) => {
    fake.fault(MESSAGES, { status, body: 'no JSON' });
    expect(await send()).toEqual({ status: 'rejected', code: `http-${status}`, retryable: true, retryAfterMs: null });
  });

  it.each([
    [99991400, 429, '7', 7000],
    [230020, 400, '0.5', 500],
    [230020, 200, '2', 2000],
    [99991400, 429, '86400', 300_000],
    [99991400, 429, 'soon', null],
    [99991400, 429, '-1', null],
  ])('%i with HTTP %i and a reset of %s waits %s ms', async (code, status, reset, retryAfterMs) => {
    refuse(code, status, { 'x-ogw-ratelimit-reset': reset });
    expect(await send()).toMatchObject({ status: 'rejected', retryable: true, retryAfterMs });
  });

  const fatal = [
    230001, 230002, 230006, 230013, 230015, 230017, 230018, 230022, 230027, 230028, 230029, 230034, 230035, 230036, 230038, 230053, 230055,
    230075, 232009, 99991672, 99991679, 123456,
  ];
  it.each(fatal)('%i means never', async (code) => {
    refuse(code);
    expect(await send()).toEqual({ status: 'rejected', code: String(code), retryable: false, retryAfterMs: null });
  });

  it.each([230099, 230025])('%i means a plainer form', async (code) => {
    for (const [form, next] of [
      ['rich', 'simple'],
      ['simple', 'text'],
    ] as const) {
      refuse(code);
      expect(await send(replyOf(null, { form }))).toEqual({ status: 'degrade', code: String(code), form: next, address: ADDRESS });
    }
    refuse(code);
    expect(await send(replyOf(null, { form: 'text' }))).toMatchObject({ status: 'rejected', retryable: false });
  });

  it('230054 means text', async () => {
    refuse(230054);
    expect(await send()).toMatchObject({ status: 'degrade', form: 'text' });
    refuse(230054);
    expect(await send(replyOf(null, { form: 'text' }))).toMatchObject({ status: 'rejected', retryable: false });
  });

  it.each([230011, 230019, 230050, 230110])('%i means without quoting', async (code) => {
    refuse(code);
    expect(await send()).toEqual({ status: 'degrade', code: String(code), form: 'rich', address: { ...ADDRESS, replyTo: null } });
    refuse(code);
    expect(await send(replyOf(null, { address: { ...ADDRESS, replyTo: null } }))).toMatchObject({ status: 'rejected', retryable: false });
  });

  it('230071 means outside the thread', async () => {
    refuse(230071);
    expect(await send(replyOf(null, { address: { ...ADDRESS, threadId: 'omt_1' } }))).toEqual({
      status: 'degrade',
      code: '230071',
      form: 'rich',
      address: ADDRESS,
    });
    refuse(230071);
    expect(await send()).toMatchObject({ status: 'rejected', retryable: false });
  });

  it('gets a refused card through in a plainer form, as another message', async () => {
    refuse(230099);
    const refused = await send();
    if (refused.status !== 'degrade') throw new Error(`Expected degrade, got ${refused.status}`);
    expect((await send(replyOf(null, { form: refused.form, address: refused.address }))).status).toBe('sent');
    expect(fake.messages).toMatchObject([{ type: 'post', uuid: 'answer-1-s' }]);
  });
});

describe('limits', () => {
  const long = (characters: number): Block[] => [{ kind: 'paragraph', text: '策'.repeat(characters) }];

  it('carries what the limits promise, in every form', async () => {
    for (const form of ['rich', 'simple', 'text'] as const) {
      expect((await send(replyOf(long(Math.floor(channel.limits.maxText / 3)), { form }))).status).toBe('sent');
    }
  });

  it('does not even try a card or a post beyond 25 KB', async () => {
    expect(await send(replyOf(long(9000)))).toEqual({ status: 'degrade', code: 'too-large', form: 'simple', address: ADDRESS });
    expect(await send(replyOf(long(9000), { form: 'simple' }))).toMatchObject({ status: 'degrade', form: 'text' });
    expect((await send(replyOf(long(9000), { form: 'text' }))).status).toBe('sent');
    expect(await send(replyOf(long(60_000), { form: 'text' }))).toMatchObject({ status: 'rejected', code: 'too-large', retryable: false });
    expect(fake.messages).toHaveLength(1);
  });

  it('does not even try a card of too many elements', async () => {
    const many = Array.from({ length: 100 }, () => ({ kind: 'note', text: '注' }) as const);
    expect(await send(replyOf(many))).toMatchObject({ status: 'degrade', code: 'too-large', form: 'simple' });
  });
});

describe('access tokens', () => {
  it('are asked for once', async () => {
    await send();
    await send(replyOf(null, { id: 'answer-2' }));
    expect(fake.requestsTo(TOKENS)).toHaveLength(1);
  });

  it('are renewed when the platform revokes them', async () => {
    await send();
    fake.revokeTokens();
    expect((await send(replyOf(null, { id: 'answer-2' }))).status).toBe('sent');
    expect(fake.requestsTo(TOKENS)).toHaveLength(2);
  });

  it('are renewed for all when several sends fail together', async () => {
    await send();
    fake.revokeTokens();
    const sends = await Promise.all(['a', 'b', 'c', 'd'].map((id) => send(replyOf(null, { id }))));
    expect(sends.every(({ status }) => status === 'sent')).toBe(true);
  });

  it.each([99991661, 99991663, 99991664, 99991668, 99991671])('are renewed once for %i, whatever the HTTP status', async (code) => {
    await send();
    refuse(code, 200);
    expect((await send(replyOf(null, { id: 'answer-2' }))).status).toBe('sent');
    refuse(code, 401);
    refuse(code, 400);
    expect(await send(replyOf(null, { id: 'answer-3' }))).toMatchObject({ status: 'rejected', code: String(code), retryable: true });
  });

  it('of two platforms are not mixed up', async () => {
    await send();
    const other = await FakeFeishu.start();
    other.revokeTokens();
    expect((await channelFor(other, recordingLog(logged)).send(replyOf(), stop.signal)).status).toBe('sent');
    await other.stop();
  });

  it('that cannot be had fail the send as the platform says', async () => {
    fake.fault(TOKENS, { status: 200, body: { code: 10014, msg: 'app secret invalid' } });
    expect(await send()).toMatchObject({ status: 'rejected', code: '10014', retryable: false });
    fake.fault(TOKENS, { status: 400, body: { code: 10014, msg: 'app secret invalid' } });
    expect(await send()).toMatchObject({ status: 'rejected', code: '10014', retryable: false });
    fake.fault(TOKENS, { status: 503, body: '' });
    expect(await send()).toMatchObject({ status: 'rejected', code: 'http-503', retryable: true });
  });
});

describe('identity', () => {
  const start = (changes: object = {}) =>
    channelFor(fake, recordingLog(logged), { mode: 'webhook', ...changes }).start(async () => {}, stop.signal);

  it('is refused with the wrong secret, with advice', async () => {
    const rejected = channelFor(fake, recordingLog(logged), { mode: 'webhook', appSecret: 'wrong' });
    await expect(rejected.start(async () => {}, stop.signal)).rejects.toMatchObject({
      code: 'CHANNEL_REJECTED',
      message: expect.stringContaining('10014') as string,
      hint: expect.stringContaining('App Secret') as string,
    });
    expect(rejected.state().status).toBe('failed');
  });

  it('is refused when the app has no bot', async () => {
    fake.fault('/bot/v3/info', { status: 200, body: { code: 0, msg: 'ok', bot: {} } });
    await expect(start()).rejects.toMatchObject({ code: 'CHANNEL_REJECTED', hint: expect.stringContaining('bot') as string });
  });

  it('is asked for until the platform answers', async () => {
    fake.fault(TOKENS, { reset: true });
    fake.fault('/bot/v3/info', { status: 502, body: 'Bad Gateway' });
    fake.fault('/bot/v3/info', { status: 429, body: { code: 99991400, msg: 'slow down' } });
    await start();
    expect(fake.requestsTo('/bot/v3/info')).toHaveLength(3);
  });

  it('is no longer asked for once we stop', async () => {
    fake.fault(TOKENS, { hang: true });
    const starting = start({ timing: { ...QUICK, httpTimeoutMs: 20 } });
    await fake.until(() => fake.requestsTo(TOKENS).length > 0);
    stop.abort();
    await starting;
  });
});
