import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import express, { type RequestHandler } from 'express';
import type { Update } from 'grammy/types';
import { createTelegramChannel, type TelegramChannel, type TelegramOptions } from '../../../src/channels/telegram/index.ts';
import type { Log } from '../../../src/domain/log.ts';
import type { OutgoingReply, Received } from '../../../src/domain/message.ts';
import { type FakePlatform, RICH, recordingLog, type FileFault, type SendFault } from '../../contracts/channel-contract.ts';
import {
  ALICE,
  FakeTelegram,
  type Fault,
  groupMessage,
  type MessageFields,
  messageUpdate,
  OTHER_BOT,
} from '../../fakes/telegram-server.ts';

export const SECRET = 'webhook-secret_0123456789abcdef';
export type Mode = TelegramOptions['mode'];

/** Lets the machine breathe, but does not wait. */
const noPause = async (): Promise<void> => setImmediate();

/** An HTTP server of the application, whose handler is known only later. */
export class AppServer {
  handler: RequestHandler | null = null;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<AppServer> {
    const app = express();
    const server = createServer(app);
    const self = new AppServer(server);
    app.post('/webhooks/telegram', (request, response, next) => {
      if (self.handler === null) response.status(404).end();
      else return self.handler(request, response, next);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks/telegram`;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }
}

/** A fake Telegram, the application's server and a channel between them. */
export class Stage {
  readonly telegram: FakeTelegram;
  readonly server: AppServer;
  readonly logged: string[] = [];
  readonly log: Log = recordingLog(this.logged);
  readonly received: Received[] = [];
  readonly #stop = new AbortController();
  #channel: TelegramChannel | null = null;

  private constructor(telegram: FakeTelegram, server: AppServer) {
    this.telegram = telegram;
    this.server = server;
  }

  static async open(): Promise<Stage> {
    return new Stage(await FakeTelegram.start(), await AppServer.start());
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get channel(): TelegramChannel {
    if (this.#channel === null) throw new Error('call create() first');
    return this.#channel;
  }

  create(mode: Mode, options: Partial<TelegramOptions> = {}): TelegramChannel {
    this.#channel = createTelegramChannel({
      token: this.telegram.token,
      mode,
      apiRoot: this.telegram.apiRoot,
      webhookSecret: SECRET,
      webhookUrl: this.server.url,
      log: this.log,
      wait: noPause,
      ...options,
    });
    this.server.handler = this.#channel.webhook;
    return this.#channel;
  }

  /** Starts a channel that keeps what it receives in `received`. */
  async start(mode: Mode, options: Partial<TelegramOptions> = {}): Promise<TelegramChannel> {
    const channel = this.create(mode, options);
    await channel.start(async (received) => void this.received.push(received), this.signal);
    return channel;
  }

  stop(): void {
    this.#stop.abort();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#channel?.stopped();
    await this.telegram.close();
    await this.server.close();
  }
}

/** A reply to a private message, to be changed as a test needs it. */
export function replyTo(fields: Partial<OutgoingReply> = {}): OutgoingReply {
  const address = { chatId: String(ALICE.id), chatKind: 'private', threadId: null, replyTo: '1' } as const;
  return { id: 'reply-1', channel: 'telegram', address, message: RICH, form: 'rich', ...fields };
}

/** A refusal in Telegram's words. */
export function refusal(status: number, description: string, parameters: object = {}): Fault {
  return { method: 'sendMessage', status, body: { ok: false, error_code: status, description, parameters } };
}

const FAULTS: Record<SendFault, Fault> = {
  'rate-limited': refusal(429, 'Too Many Requests: retry after 5', { retry_after: 5 }),
  forbidden: refusal(403, 'Forbidden: bot was blocked by the user'),
  'bad-form': refusal(400, "Bad Request: can't parse entities: unsupported start tag"),
  'server-error': refusal(502, 'Bad Gateway'),
  'connection-lost': { method: 'sendMessage', processThenReset: true },
  nonsense: { method: 'sendMessage', status: 200, body: '<html>maintenance</html>' },
};

const FILE_FAULTS: Record<FileFault, Fault> = {
  'server-error': { method: 'getFile', status: 502, body: { ok: false, error_code: 502, description: 'Bad Gateway' } },
  'connection-lost': { method: 'file', processThenReset: true },
  silence: { method: 'file', stall: true },
};

/** Long enough for a busy machine, short enough to wait for in a test. */
const CALL_TIMEOUT_MS = 1_000;

/** The fake platform the channel contract asks for. */
export async function telegramPlatform(mode: Mode): Promise<FakePlatform> {
  const stage = await Stage.open();
  const { telegram } = stage;
  let updates = 0;
  let last: ((updateId: number) => Update) | null = null;
  const push = async (build: (updateId: number) => Update) => {
    last = build;
    updates += 1;
    telegram.push(build(updates));
  };
  return {
    createChannel: (log) => stage.create(mode, { log, callTimeoutMs: CALL_TIMEOUT_MS }),
    secrets: [telegram.token, SECRET],
    pushPrivateText: (text) => push((id) => messageUpdate(id, text)),
    pushGroupText: (text, { mention = false } = {}) => push((id) => groupMessage(id, mention ? `@policy_bot ${text}` : text)),
    pushFile: (name, bytes, { isInGroup = false } = {}) => {
      const document = { file_id: telegram.files.add(name, bytes), file_unique_id: 'u', file_name: name, file_size: bytes.length };
      const fields = { text: undefined, document } as unknown as MessageFields;
      return push((id) => (isInGroup ? groupMessage(id, '', fields) : messageUpdate(id, '', fields)));
    },
    hideFileSizes: () => {
      telegram.files.hidesSizes = true;
    },
    failNextFile: (fault) => telegram.fail(FILE_FAULTS[fault]),
    pushOwnMessage: () => push((id) => messageUpdate(id, '有什么优惠政策？', { from: telegram.me })),
    pushOtherBotMessage: () => push((id) => groupMessage(id, '@policy_bot 有什么优惠政策？', { from: OTHER_BOT })),
    // A confirmed update never comes back by polling; the message comes back in a new one.
    pushDuplicate: async () => {
      const message_id = updates;
      if (mode === 'polling') updates += 1;
      const again = last?.(updates);
      telegram.push({ ...again, message: { ...again?.message, message_id } } as Update);
    },
    unacknowledged: () => telegram.pending,
    settled: () => telegram.settled(),
    sentTexts: () =>
      telegram.sent.map(({ text, parse_mode }) => {
        if (parse_mode !== undefined) throw new Error('a parse mode makes markup of text');
        return text;
      }),
    sentMentions: () =>
      telegram.sent.flatMap(({ text, entities = [] }) =>
        entities.filter(({ type }) => /mention/.test(type)).map(({ offset, length }) => text.slice(offset, offset + length)),
      ),
    failNextSend: (fault) => telegram.fail(FAULTS[fault]),
    quiet: async () => {
      await stage.channel.stopped();
      await telegram.quiet();
    },
    stop: () => stage.close(),
  };
}
