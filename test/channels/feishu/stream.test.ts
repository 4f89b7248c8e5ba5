import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { createFeishuChannel, type FeishuOptions } from '../../../src/channels/feishu/index.ts';
import type { Received } from '../../../src/domain/message.ts';
import { recordingLog } from '../../contracts/channel-contract.ts';
import { cardEvent, messageEvent } from '../../fakes/feishu-events.ts';
import { FakeFeishu } from '../../fakes/feishu-server.ts';
import { channelFor, QUICK } from './platform.ts';

const ENDPOINT = '/callback/ws/endpoint';

let fake: FakeFeishu;
let channel: Channel;
let logged: string[];
let stored: Received[];
let receive: (received: Received) => Promise<void>;
let stop: AbortController;

beforeEach(async () => {
  fake = await FakeFeishu.start();
  logged = [];
  stored = [];
  receive = async (received) => void stored.push(received);
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await fake.quiet();
  await fake.stop();
  expect(channel.state()).toEqual({ status: 'idle' });
  for (const secret of fake.secrets) expect(logged.join('\n')).not.toContain(secret);
});

async function start(options: Partial<FeishuOptions> = {}): Promise<void> {
  channel = channelFor(fake, recordingLog(logged), options);
  await channel.start((received) => receive(received), stop.signal);
}

const texts = () => stored.map(({ message }) => (message.content.kind === 'text' ? message.content.text : message.content.kind));
/** A message arrives: the connection works. */
const expectAlive = async (text: string) => {
  await fake.push(messageEvent(fake, { text }));
  expect(texts()).toContain(text);
  expect(channel.state().status).toBe('connected');
};

describe('events', () => {
  it('are stored, then acknowledged', async () => {
    await start();
    await fake.push(messageEvent(fake, { text: '有什么补贴？' }));
    expect(texts()).toEqual(['有什么补贴？']);
    expect(fake.acknowledgements).toMatchObject([{ code: 200, data: null }]);
  });

  it('come whole out of pieces that tear characters apart', async () => {
    await start();
    fake.fragmentBytes = 7;
    await fake.push(messageEvent(fake, { text: '今年的补贴' }));
    expect(texts()).toEqual(['今年的补贴']);
  });

  it('are refused while the store is down, and come again', async () => {
    await start();
    let failures = 0;
    const working = receive;
    receive = async (received) => {
      failures += 1;
      if (failures < 3) throw new Error('disk full');
      return working(received);
    };
    await fake.push(messageEvent(fake, { text: '有什么补贴？' }));
    expect(fake.acknowledgements.map(({ code }) => code)).toEqual([500, 500, 200]);
    expect(stored).toHaveLength(1);
  });

  it('of a button are thanked for', async () => {
    await start();
    await fake.push(cardEvent(fake, { value: { a: 'f:u:turn-1', k: 'p' }, eventId: 'ev_1' }));
    expect(fake.acknowledgements).toEqual([{ eventId: 'ev_1', code: 200, data: { toast: { type: 'success', content: '感谢您的反馈' } } }]);
    expect(stored).toMatchObject([
      { dedupeKeys: ['fs:card:ev_1'], message: { content: { kind: 'action' }, address: { chatKind: 'private' } } },
    ]);
  });

  it('of no interest are acknowledged without alarm', async () => {
    await start();
    const event = messageEvent(fake);
    await fake.push({ ...event, header: { ...event.header, event_type: 'im.message.message_read_v1' } });
    await fake.push(messageEvent(fake, { chatType: 'group', text: '中午吃什么' }));
    expect(stored).toEqual([]);
    expect(logged.filter((line) => line.includes('"level":"warn"'))).toEqual([]);
  });

  it('survive a connection that breaks before the acknowledgement', async () => {
    await start();
    const working = receive;
    receive = async (received) => {
      await working(received);
      if (stored.length === 1) {
        fake.disconnect();
        await fake.until(() => fake.connections === 0);
      }
    };
    await fake.push(messageEvent(fake, { messageId: 'om_1' }));
    // Pushed twice: the inbox knows the repeat by its key.
    expect(stored.map(({ dedupeKeys }) => dedupeKeys)).toEqual([[`fs:msg:${fake.appId}:om_1`], [`fs:msg:${fake.appId}:om_1`]]);
  });
});

describe('connection', () => {
  it('comes back after the platform closes it', async () => {
    await start();
    for (const text of ['一', '二', '三']) {
      fake.disconnect();
      await fake.until(() => fake.connections === 0);
      await expectAlive(text);
    }
    expect(fake.connections).toBe(1);
  });

  it('comes back after it dies without a word', async () => {
    // The watch for an answer must end before the next ping, or each ping would begin it anew.
    fake.clientConfig = { ...fake.clientConfig, PingInterval: 0.2 };
    await start();
    fake.mute(true);
    await fake.until(() => fake.requestsTo(ENDPOINT).length > 1);
    fake.mute(false);
    await expectAlive('还在吗');
  });

  it.each([
    [1, 'reconnecting'],
    [403, 'failed'],
    [514, 'failed'],
    [1000040343, 'reconnecting'],
    [1000040350, 'reconnecting'],
    [1000040351, 'failed'],
  ])('recovers from the refusal %i, which is "%s" meanwhile', async (code, status) => {
    fake.fault(ENDPOINT, { status: 200, body: { code, msg: 'refused', data: {} } });
    const meanwhile: string[] = [];
    const backoffMs = () => {
      meanwhile.push(channel.state().status);
      return 1;
    };
    // After 1000040343 the SDK would try again by itself, but only after minutes: our patience is shorter.
    await start({ timing: { ...QUICK, patienceMs: 100, backoffMs } });
    await fake.connected();
    await expectAlive('好了吗');
    expect(meanwhile).toEqual([status]);
    expect(fake.connections).toBe(1);
  });

  it.each([{ status: 503, body: 'Service Unavailable' }, { reset: true }, { status: 200, body: { code: 0 } }] as const)(
    'recovers when the first call meets %j',
    async (fault) => {
      fake.fault(ENDPOINT, fault);
      await start({ timing: { ...QUICK, patienceMs: 100 } });
      await fake.connected();
      await expectAlive('好了吗');
    },
  );

  it('says what is wrong while a person is needed', async () => {
    for (let times = 0; times < 2; times += 1) fake.fault(ENDPOINT, { status: 200, body: { code: 514, msg: 'auth failed', data: {} } });
    // The second client waits for good, so that the state can be looked at.
    await start({ timing: { ...QUICK, backoffMs: (attempt) => (attempt === 0 ? 1 : 1_000_000) } });
    await fake.until(() => fake.requestsTo(ENDPOINT).length === 2);
    expect(channel.state()).toMatchObject({ status: 'failed', reason: expect.stringContaining('514') as string });
  });

  it('is never held twice', async () => {
    await start();
    fake.fault(ENDPOINT, { status: 200, body: { code: 1, msg: 'busy', data: {} } });
    fake.disconnect();
    await fake.until(() => fake.requestsTo(ENDPOINT).length === 3);
    await expectAlive('几个');
    expect(fake.connections).toBe(1);
  });

  it('is not opened by a second start, and is by a start after the stop', async () => {
    await start();
    await expect(channel.start(receive, stop.signal)).rejects.toMatchObject({ code: 'INTERNAL' });
    stop.abort();
    await fake.quiet();
    stop = new AbortController();
    await channel.start((received) => receive(received), stop.signal);
    await expectAlive('又来了');
    expect(fake.connections).toBe(1);
  });

  it('ends with the signal, whatever it is doing', async () => {
    fake.fault(ENDPOINT, { hang: true });
    const starting = start();
    await fake.until(() => fake.requestsTo(ENDPOINT).length === 1);
    stop.abort();
    await starting;
    expect(channel.state()).toEqual({ status: 'idle' });
    fake.dropRequests();
  });
});

describe('configuration', () => {
  it.each(['', 'cli_123', 'cli_9f5343c58071254g', ' cli_9f5343c580712544', 'app_9f5343c580712544'])('refuses the app id "%s"', (appId) => {
    channel = channelFor(fake, recordingLog(logged));
    const create = () => createFeishuChannel({ appId, appSecret: 's', mode: 'stream', domain: 'lark', log: recordingLog([]) });
    expect(create).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('cli_') as string }));
  });
});
