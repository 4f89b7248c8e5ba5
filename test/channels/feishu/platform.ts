import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Channel } from '../../../src/channels/channel.ts';
import { createFeishuChannel, type FeishuOptions } from '../../../src/channels/feishu/index.ts';
import type { Log } from '../../../src/domain/log.ts';
import type { FakePlatform, FileFault } from '../../contracts/channel-contract.ts';
import { type Envelope, messageEvent } from '../../fakes/feishu-events.ts';
import { FakeFeishu, type Fault } from '../../fakes/feishu-server.ts';

/** No waiting where the platform would be given time. */
export const QUICK: NonNullable<FeishuOptions['timing']> = {
  httpTimeoutMs: 1000,
  handshakeTimeoutMs: 1000,
  pongTimeoutMs: 100,
  patienceMs: 1000,
  backoffMs: () => 1,
};

export function channelFor(fake: FakeFeishu, log: Log, options: Partial<FeishuOptions> = {}): Channel {
  const { appId, appSecret, encryptKey, verificationToken, origin } = fake;
  return createFeishuChannel({
    appId,
    appSecret,
    encryptKey,
    verificationToken,
    domain: new URL(origin),
    mode: 'stream',
    log,
    timing: QUICK,
    ...options,
  });
}

/** The channel's webhook behind a real server, as the application mounts it. */
export async function serveWebhook(channel: Channel): Promise<{ url: string; stop: () => Promise<void> }> {
  const app = express();
  if (channel.webhook !== null) app.post('/webhooks/feishu', channel.webhook);
  app.use(express.json());
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/feishu`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const mentionOf = (fake: FakeFeishu) => ({ key: '@_user_1', openId: fake.botOpenId, name: '政策助手' });

const FAULTS: Record<Parameters<FakePlatform['failNextSend']>[0], Fault> = {
  'rate-limited': {
    status: 429,
    body: { code: 99991400, msg: 'request trigger frequency limit' },
    headers: { 'x-ogw-ratelimit-reset': '3' },
  },
  forbidden: { status: 400, body: { code: 230002, msg: 'Bot/User can NOT be out of the chat.' } },
  'bad-form': {
    status: 400,
    body: { code: 230099, msg: 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card table number over limit;' },
  },
  'server-error': { status: 502, body: '<html>Bad Gateway</html>' },
  'connection-lost': { processThenReset: true },
  nonsense: { status: 200, body: '<html>Welcome to the hotel network</html>' },
};

const FILE_FAULTS: Record<FileFault, Fault> = {
  'server-error': { status: 502, body: '<html>Bad Gateway</html>' },
  'connection-lost': { processThenReset: true },
  silence: { stall: true },
};

/** Feishu for the channel contract. */
export async function feishuPlatform(mode: FeishuOptions['mode']): Promise<FakePlatform> {
  const fake = await FakeFeishu.start();
  let files = 0;
  let last: Envelope | null = null;
  let webhook: Promise<{ url: string; stop: () => Promise<void> }> | null = null;
  const push = async (event: Envelope) => {
    fake.webhookUrl = webhook === null ? null : (await webhook).url;
    last = event;
    void fake.push(event);
  };
  return {
    createChannel: (log) => {
      const channel = channelFor(fake, log, { mode });
      if (mode === 'webhook') webhook = serveWebhook(channel);
      return channel;
    },
    secrets: fake.secrets,
    pushPrivateText: (text) => push(messageEvent(fake, { text })),
    pushGroupText: (text, { mention = false } = {}) =>
      push(
        messageEvent(fake, {
          text: mention ? `@_user_1 ${text}` : text,
          chatType: 'group',
          ...(mention ? { mentions: [mentionOf(fake)] } : {}),
        }),
      ),
    pushFile: (name, bytes, { isInGroup = false } = {}) => {
      const messageId = `om_file${(files += 1)}`;
      const file_key = fake.files.add(messageId, name, bytes);
      const chatType = isInGroup ? 'group' : 'p2p';
      return push(messageEvent(fake, { messageId, chatType, messageType: 'file', content: { file_key, file_name: name } }));
    },
    hideFileSizes: () => {
      fake.files.hidesSizes = true;
    },
    failNextFile: (fault) => fake.fault('/resources/', FILE_FAULTS[fault]),
    pushOwnMessage: () => push(messageEvent(fake, { text: '依据如下', senderType: 'app', senderId: fake.botOpenId })),
    pushOtherBotMessage: () => push(messageEvent(fake, { text: '天气预报', senderType: 'app', senderId: 'ou_otherbot' })),
    // The platform's warning: one message may come under a second event id.
    pushDuplicate: () => push({ ...last!, header: { ...last!.header, event_id: `${last!.header.event_id}-again` } }),
    unacknowledged: () => fake.unacknowledged,
    settled: () => fake.settled(),
    sentTexts: () => fake.messages.map(({ reading }) => reading.text),
    sentMentions: () => fake.messages.flatMap(({ reading }) => reading.mentions),
    failNextSend: (fault) => fake.fault('/im/v1/messages', FAULTS[fault]),
    quiet: () => fake.quiet(),
    stop: async () => {
      await fake.stop();
      await (await webhook)?.stop();
    },
  };
}
