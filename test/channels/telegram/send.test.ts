import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Address, Delivery, OutgoingReply, ReplyForm, ReplyMessage } from '../../../src/domain/message.ts';
import { refusal, replyTo, Stage } from './harness.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
  stage.create('polling');
});
afterEach(() => stage.close());

const IN_TOPIC: Address = { chatId: '-1001', chatKind: 'group', threadId: '9', replyTo: '12' };
const send = (fields: Partial<OutgoingReply> = {}): Promise<Delivery> => stage.channel.send(replyTo(fields), stage.signal);

/** A reply of one text, sent as it is. */
const saying = (text: string): Partial<OutgoingReply> => {
  const message: ReplyMessage = { title: '', tone: 'plain', blocks: [{ kind: 'paragraph', text }], buttons: [] };
  return { message, form: 'text' };
};

describe('sending to Telegram', () => {
  it('is one call, and gives the id of the message', async () => {
    expect(await send()).toEqual({ status: 'sent', platformMessageId: '1001' });
    expect(stage.telegram.calls.map(({ method }) => method)).toEqual(['sendMessage']);
  });

  it('goes to the topic and the message it answers', async () => {
    await send({ address: IN_TOPIC });
    expect(stage.telegram.sent[0]).toMatchObject({
      chat_id: -1001,
      message_thread_id: 9,
      reply_parameters: { message_id: 12, allow_sending_without_reply: true },
      link_preview_options: { is_disabled: true },
    });
  });

  it('takes 4096 UTF-16 units, emoji and all, and not one more', async () => {
    expect((await send(saying('😀'.repeat(2048)))).status).toBe('sent');
    expect(stage.telegram.sent[0]?.text).toHaveLength(4096);
    const tooLong = saying(`${'😀'.repeat(2048)}。`);
    expect(await send(tooLong)).toEqual({ status: 'rejected', code: 'bad-request', retryable: false, retryAfterMs: null });
    expect(await send({ ...tooLong, form: 'rich' })).toMatchObject({ status: 'degrade', form: 'simple' });
  });
});

describe('what Telegram refuses', () => {
  it('too many messages: later, when it says', async () => {
    stage.telegram.fail(refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 }));
    expect(await send()).toEqual({ status: 'rejected', code: 'rate-limited', retryable: true, retryAfterMs: 7000 });
  });

  it('a group that became a supergroup: there, without a number of the old group', async () => {
    stage.telegram.fail(refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1009 }));
    const address: Address = { ...IN_TOPIC, threadId: null };
    expect(await send({ address, form: 'simple' })).toEqual({
      status: 'degrade',
      code: 'chat-migrated',
      form: 'simple',
      address: { ...address, chatId: '-1009', replyTo: null },
    });
  });

  it('a deleted question: without quoting it', async () => {
    stage.telegram.fail(refusal(400, 'Bad Request: message to be replied not found'));
    expect(await send({ address: IN_TOPIC })).toEqual({
      status: 'degrade',
      code: 'reply-target-gone',
      form: 'rich',
      address: { ...IN_TOPIC, replyTo: null },
    });
  });

  it('a closed topic: in the chat itself', async () => {
    stage.telegram.threads = [];
    const address = { ...IN_TOPIC, threadId: null };
    expect(await send({ address: IN_TOPIC })).toEqual({ status: 'degrade', code: 'thread-gone', form: 'rich', address });
    expect((await send({ address })).status).toBe('sent');
  });

  it('the same once there is nothing left to leave out: for good', async () => {
    const address: Address = { ...IN_TOPIC, threadId: null, replyTo: null };
    for (const what of ['message to be replied not found', 'message thread not found']) {
      stage.telegram.fail(refusal(400, `Bad Request: ${what}`));
      expect(await send({ address })).toMatchObject({ status: 'rejected', retryable: false });
    }
  });

  it.each<[ReplyForm, string, ReplyForm]>([
    ['rich', "can't parse entities: unexpected end", 'simple'],
    ['rich', 'BUTTON_DATA_INVALID', 'simple'],
    ['rich', 'message is too long', 'simple'],
    ['simple', "can't parse entities: unexpected end", 'text'],
    ['simple', 'message is too long', 'text'],
  ])('the %s form by "%s": in the %s form', async (form, what, plainer) => {
    stage.telegram.fail(refusal(400, `Bad Request: ${what}`));
    const { address } = replyTo();
    expect(await send({ form })).toEqual({ status: 'degrade', code: 'form-refused', form: plainer, address });
  });

  it('the plainest form: for good', async () => {
    stage.telegram.fail(refusal(400, 'Bad Request: message is too long'));
    expect(await send({ form: 'text' })).toMatchObject({ status: 'rejected', retryable: false });
  });

  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'forbidden'],
    [400, 'Bad Request: chat not found', 'bad-request'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'bad-request'],
  ])('%i %s: for good', async (status, description, code) => {
    stage.telegram.fail(refusal(status, description));
    expect(await send()).toEqual({ status: 'rejected', code, retryable: false, retryAfterMs: null });
    expect(stage.channel.state().status).toBe('idle');
  });

  it('the token: for good, and the channel says that it failed', async () => {
    stage.telegram.fail(refusal(401, 'Unauthorized'));
    expect(await send()).toEqual({ status: 'rejected', code: 'token-refused', retryable: false, retryAfterMs: null });
    expect(stage.channel.state().status).toBe('failed');
  });
});

describe('when no clear answer comes', () => {
  it('a message that may have arrived is unknown, never sent twice', async () => {
    stage.telegram.fail({ method: 'sendMessage', processThenReset: true });
    expect((await send()).status).toBe('unknown');
    expect(stage.telegram.sent).toHaveLength(1);
    stage.telegram.fail({ method: 'sendMessage', reset: true });
    expect((await send()).status).toBe('unknown');
    expect(stage.telegram.sent).toHaveLength(1);
  });

  it('a server error is unknown, in JSON or not', async () => {
    stage.telegram.fail(refusal(500, 'Internal Server Error'));
    expect(await send()).toEqual({ status: 'unknown', code: 'server-error' });
    stage.telegram.fail({ method: 'sendMessage', status: 502, body: '<html>Bad Gateway</html>' });
    expect((await send()).status).toBe('unknown');
  });

  it.each([null, {}, { ok: true }, { ok: true, result: true }, { ok: false }, [], 'null', '"x"'])(
    'an answer like %j is unknown',
    async (body) => {
      stage.telegram.fail({ method: 'sendMessage', status: 200, body });
      expect((await send()).status).toBe('unknown');
    },
  );

  it('a call that takes too long is unknown', async () => {
    stage.create('polling', { callTimeoutMs: 30 });
    stage.telegram.fail({ method: 'sendMessage', hang: true });
    expect(await send()).toEqual({ status: 'unknown', code: 'timeout' });
  });

  it('a call broken off by stopping is unknown', async () => {
    stage.telegram.fail({ method: 'sendMessage', hang: true });
    const delivery = send();
    await stage.telegram.waitForCalls('sendMessage', 1);
    stage.stop();
    expect(await delivery).toEqual({ status: 'unknown', code: 'stopped' });
  });

  it('a connection that is refused sent nothing: later', async () => {
    stage.create('polling', { apiRoot: await closedPort() });
    expect(await send()).toEqual({ status: 'rejected', code: 'unreachable', retryable: true, retryAfterMs: null });
  });

  it('leaves no token in the log or in the delivery', async () => {
    const closed = await closedPort();
    const deliveries: Delivery[] = [];
    for (const fault of [{ reset: true }, { processThenReset: true }, { status: 502, body: 'x' }] as const) {
      stage.telegram.fail({ method: 'sendMessage', ...fault });
      deliveries.push(await send());
    }
    stage.telegram.fail(refusal(400, `Bad Request: no such thing as ${stage.telegram.token}`));
    deliveries.push(await send());
    stage.create('polling', { apiRoot: closed });
    deliveries.push(await send());
    expect(stage.logged.length).toBeGreaterThanOrEqual(5);
    expect(stage.logged.join('\n') + JSON.stringify(deliveries)).not.toContain(stage.telegram.token);
    expect(stage.logged.join('\n')).toContain('[token]');
  });
});

/** An address where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
