import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../src/channels/telegram/index.ts';
import { FakeTelegram, messageUpdate } from '../../fakes/telegram-server.ts';
import { type Mode, SECRET, Stage } from './harness.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const MODES: readonly Mode[] = ['polling', 'webhook'];

describe.each(MODES)('starting by %s', (mode) => {
  it('registers the menu of commands, in English for all and in Chinese for readers of Chinese', async () => {
    await stage.start(mode);
    const [english, chinese] = stage.telegram.callsOf('setMyCommands');
    expect(english).toEqual({
      commands: [
        { command: 'start', description: 'Get started' },
        { command: 'help', description: 'How to ask, and what can be answered' },
        { command: 'ask', description: 'Ask: /ask your question' },
        { command: 'topics', description: 'Browse the policies by topic' },
        { command: 'staff', description: 'Ask a person' },
        { command: 'subscribe', description: 'Get news: /subscribe and a topic' },
        { command: 'subscriptions', description: 'What this chat is subscribed to' },
        { command: 'forget', description: 'Erase what is kept of me' },
      ],
    });
    expect(chinese?.['language_code']).toBe('zh');
    expect(JSON.stringify(chinese)).toContain('按主题浏览政策');
  });

  it('says who it is', async () => {
    const channel = await stage.start(mode);
    expect(channel.state()).toEqual({ status: 'connected', detail: '@Policy_Bot' });
  });

  it.each([401, 404])('is refused with a wrong token (%i), and says where to get one', async (status) => {
    stage.telegram.fail({ method: 'getMe', status, body: { ok: false, error_code: status, description: 'Unauthorized' } });
    await expect(stage.start(mode)).rejects.toMatchObject({
      code: 'CHANNEL_REJECTED',
      hint: expect.stringContaining('@BotFather') as string,
    });
    expect(stage.channel.state().status).toBe('failed');
    expect(stage.telegram.callsOf('getMe')).toHaveLength(1);
  });

  it('waits for Telegram while it cannot be reached', async () => {
    stage.telegram.fail({ method: 'getMe', reset: true });
    stage.telegram.fail({ method: 'getMe', status: 502, body: 'Bad Gateway' });
    stage.telegram.fail({ method: 'getMe', status: 200, body: { ok: true } });
    stage.telegram.fail({ method: 'getMe', status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests' } });
    const channel = await stage.start(mode);
    expect(channel.state().status).toBe('connected');
    expect(stage.telegram.callsOf('getMe')).toHaveLength(5);
  });

  it('ends quietly when it is stopped while waiting', async () => {
    stage.telegram.fail({ method: 'getMe', hang: true });
    const started = stage.start(mode);
    await stage.telegram.waitForCalls('getMe', 1);
    expect(stage.channel.state().status).toBe('connecting');
    stage.stop();
    await started;
    expect(stage.channel.state().status).toBe('idle');
  });

  it('goes on without a menu', async () => {
    stage.telegram.fail({ method: 'setMyCommands', status: 400, body: { ok: false, error_code: 400, description: 'Bad Request' } });
    const channel = await stage.start(mode);
    expect(channel.state().status).toBe('connected');
  });

  it('does not run twice at once', async () => {
    const channel = await stage.start(mode);
    await expect(channel.start(async () => undefined, stage.signal)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('never logs the token or the secret', async () => {
    stage.telegram.fail({ method: 'getMe', reset: true });
    await stage.start(mode);
    expect(stage.logged.join('\n')).not.toContain(stage.telegram.token);
    expect(stage.logged.join('\n')).not.toContain(SECRET);
  });
});

describe('by polling', () => {
  it('says so when it takes the updates away from a webhook', async () => {
    stage.telegram.webhook = { url: 'https://policy.example.com/webhooks/telegram/path', secret: null };
    await stage.start('polling');
    expect(stage.telegram.webhook).toBeNull();
    const warning = stage.logged.find((line) => line.includes('removing the webhook'));
    expect(warning).toContain('policy.example.com');
  });

  it('is silent about a webhook that is not there', async () => {
    await stage.start('polling');
    expect(stage.telegram.callsOf('deleteWebhook')).toEqual([]);
    expect(stage.logged.some((line) => line.includes('"warn"'))).toBe(false);
  });

  it('has no webhook of its own', () => {
    expect(stage.create('polling').webhook).toBeNull();
  });
});

describe('by webhook', () => {
  it('registers its address, its secret and the kinds of update it wants', async () => {
    await stage.start('webhook');
    expect(stage.telegram.callsOf('setWebhook')).toEqual([
      { url: stage.server.url, secret_token: SECRET, allowed_updates: ['message', 'callback_query', 'my_chat_member'] },
    ]);
    expect(stage.telegram.callsOf('getUpdates')).toEqual([]);
  });

  it('is refused with an address Telegram does not take', async () => {
    const description = 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook';
    stage.telegram.fail({ method: 'setWebhook', status: 400, body: { ok: false, error_code: 400, description } });
    await expect(stage.start('webhook')).rejects.toMatchObject({
      code: 'CHANNEL_REJECTED',
      hint: expect.stringContaining('HTTPS') as string,
    });
  });

  it.each([
    [{ webhookSecret: undefined }, 'secret'],
    [{ webhookSecret: '' }, 'secret'],
    [{ webhookSecret: '不是 ASCII' }, 'secret'],
    [{ webhookUrl: undefined }, 'address'],
    [{ webhookUrl: 'policy.example.com' }, 'address'],
  ])('is not made with %j', (options, missing) => {
    const complete = {
      token: stage.telegram.token,
      mode: 'webhook',
      webhookSecret: SECRET,
      webhookUrl: stage.server.url,
      log: stage.log,
    } as const;
    const create = () => createTelegramChannel({ ...complete, ...options });
    expect(create).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error);
    expect(create).toThrow(missing);
  });
});

describe('the fake Telegram', () => {
  it('closes with everything it holds', async () => {
    const telegram = await FakeTelegram.start();
    telegram.push(messageUpdate(1, '你好'));
    const waiting = telegram.waitForSent(1);
    const held = fetch(`${telegram.apiRoot}/bot${telegram.token}/getUpdates`, { method: 'POST', body: '{"offset":2,"timeout":30}' });
    const gone = Promise.allSettled([waiting, held]);
    await telegram.waitForCalls('getUpdates', 1);
    await telegram.close();
    expect((await gone)[0].status).toBe('rejected');
  });
});
