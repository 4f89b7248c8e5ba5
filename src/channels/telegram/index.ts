import type { RequestHandler } from 'express';
import { acknowledgement } from '../../domain/action.ts';
import type { DrawChart } from '../../domain/chart.ts';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import type { Delivery, OutgoingReply, Received } from '../../domain/message.ts';
import type { Channel, ChannelLimits, ChannelState, Receive } from '../channel.ts';
import { TelegramClient } from './client.ts';
import { decodeUpdate } from './decode.ts';
import { deliveryOf } from './delivery.ts';
import { refusalOfFile } from './download.ts';
import { encodeReply, pictureOf } from './encode.ts';
import { TelegramFault } from './fault.ts';
import type { BotIdentity } from './mention.ts';
import { poll } from './polling.ts';
import { backoffMs, type Wait, wait } from './retry.ts';
import { readUpdate } from './update.ts';
import { createWebhook } from './webhook.ts';

export interface TelegramOptions {
  /** From BotFather. Never logged. */
  readonly token: string;
  /** `polling` works anywhere and needs no address; `webhook` needs a public HTTPS address and lets several replicas share the work. */
  readonly mode: 'polling' | 'webhook';
  /** Where the Bot API is served, without a trailing slash; Telegram's own by default. */
  readonly apiRoot?: string | undefined;
  /** Webhook mode: 1–256 characters `A-Za-z0-9_-`, which Telegram sends along with every call. */
  readonly webhookSecret?: string | undefined;
  /** Webhook mode: the public address of `POST /webhooks/telegram`. */
  readonly webhookUrl?: string | undefined;
  readonly log: Log;
  /** Left out: charts are told in words. */
  readonly draw?: DrawChart | undefined;
  /** Epoch milliseconds. */
  readonly now?: (() => number) | undefined;
  /** The pauses before trying again. */
  readonly wait?: Wait | undefined;
  /** Longest wait for the answer to one call, 15 s by default. */
  readonly callTimeoutMs?: number | undefined;
}

/** A channel that also tells when it has let go of everything. */
export interface TelegramChannel extends Channel {
  /** Resolves once nothing started by `start` runs any more, which it does soon after the signal aborts. Never rejects. */
  stopped(): Promise<void>;
}

/** Texts stay below Telegram's 4096 with room for the title; a group takes 20 messages a minute, a private chat one a second, all chats 30. */
const LIMITS: ChannelLimits = {
  maxText: 3900,
  textUnit: 'utf16',
  maxButtonsPerRow: 2,
  chatIntervalMs: { private: 1100, group: 3100 },
  sendsPerSecond: 25,
};

/**
 * Telegram, by long polling or by webhook.
 * @throws {AppError} `CONFIG_INVALID` when webhook mode lacks its address or a usable secret.
 */
export function createTelegramChannel(options: TelegramOptions): TelegramChannel {
  return new BotChannel(options);
}

class BotChannel implements TelegramChannel {
  readonly name = 'telegram';
  readonly limits = LIMITS;
  readonly webhook: RequestHandler | null;
  readonly #client: TelegramClient;
  readonly #registration: Registration | null;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #wait: Wait;
  readonly #draw: DrawChart | null;
  /** Work begun and not ended: polling, answers to button presses. */
  readonly #running = new Set<Promise<void>>();
  #state: ChannelState = { status: 'idle' };
  #session: Session | null = null;

  constructor(options: TelegramOptions) {
    this.#log = options.log;
    this.#now = options.now ?? Date.now;
    this.#wait = options.wait ?? wait;
    this.#draw = options.draw ?? null;
    this.#registration = options.mode === 'webhook' ? registrationOf(options) : null;
    this.#client = new TelegramClient({
      token: options.token,
      apiRoot: (options.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, ''),
      callTimeoutMs: options.callTimeoutMs ?? 15_000,
    });
    this.webhook =
      this.#registration &&
      createWebhook({
        secret: this.#registration.secret,
        isRunning: () => this.#session !== null,
        store: (update) => this.#store(update),
        log: options.log,
      });
  }

  state(): ChannelState {
    return this.#state;
  }

  async stopped(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Waits for Telegram for as long as it is out of reach; returns without having started when `signal` aborts meanwhile. */
  async start(receive: Receive, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (this.#session !== null) throw new AppError('INTERNAL', 'telegram: the channel runs already');
    this.#state = { status: 'connecting' };
    signal.addEventListener('abort', () => this.#end(), { once: true });
    try {
      await this.#connect(receive, signal);
    } catch (error) {
      if (signal.aborted) return;
      const refusal = this.#refusal(error);
      this.#session = null;
      this.#state = { status: 'failed', reason: refusal.message };
      throw refusal;
    }
  }

  async send(reply: OutgoingReply, signal: AbortSignal): Promise<Delivery> {
    if (signal.aborted) return { status: 'rejected', code: 'stopped', retryable: true, retryAfterMs: null };
    try {
      if (reply.edits === undefined) return { status: 'sent', platformMessageId: await this.#sendNew(reply, signal) };
      await this.#client.editMessage(reply.edits, encodeReply(reply), signal);
      return { status: 'sent', platformMessageId: reply.edits };
    } catch (error) {
      if (!(error instanceof TelegramFault)) throw error;
      const delivery = deliveryOf(error, reply);
      const { code, description } = error;
      this.#log.warn({ replyId: reply.id, code, description, outcome: delivery.status }, 'telegram: a reply was not sent as it is');
      if (error.isTokenRefused) this.#state = { status: 'failed', reason: 'Telegram no longer accepts the bot token' };
      return delivery;
    }
  }

  async #sendNew(reply: OutgoingReply, signal: AbortSignal): Promise<string> {
    const picture = this.#draw === null ? null : pictureOf(reply);
    if (picture === null || this.#draw === null) return this.#client.sendMessage(encodeReply(reply), signal);
    return this.#client.sendPicture(await this.#draw(picture.chart), picture.caption, signal);
  }

  async fetchFile(fileId: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    try {
      return await this.#client.fetchFile(fileId, maxBytes, signal);
    } catch (error) {
      if (!(error instanceof TelegramFault)) throw error;
      this.#log.warn({ code: error.code, reason: error.message }, 'telegram: a file was not given');
      throw refusalOfFile(error);
    }
  }

  async #connect(receive: Receive, signal: AbortSignal): Promise<void> {
    const me = await this.#insist(() => this.#client.getMe(signal), signal);
    await this.#client.setMenus(signal).catch((error: unknown) => this.#complain(error, 'the menu of commands could not be registered'));
    const session: Session = { me, receive, signal };
    if (this.#registration) {
      const { url, secret } = this.#registration;
      this.#session = session;
      await this.#insist(() => this.#client.setWebhook(url, secret, signal), signal);
    } else {
      await this.#releaseWebhook(signal);
      this.#session = session;
    }
    signal.throwIfAborted();
    const detail = `@${me.username}`;
    this.#state = { status: 'connected', detail };
    this.#log.info({ bot: detail, mode: this.#registration ? 'webhook' : 'polling' }, 'telegram: connected');
    if (!me.can_read_all_group_messages) {
      this.#log.info(
        { bot: detail },
        'telegram: privacy mode is on: groups reach the bot by /ask@bot and by replies, perhaps not by mentions',
      );
    }
    if (this.#registration) return;
    this.#track(
      poll(
        {
          client: this.#client,
          store: (update) => this.#store(update),
          onState: (state) => {
            if (!signal.aborted) this.#state = state.status === 'connected' ? { status: 'connected', detail } : state;
          },
          log: this.#log,
          wait: this.#wait,
        },
        signal,
      ),
    );
  }

  /** Telegram does not let a bot poll while a webhook is set, and whoever set it stops receiving: worth a warning. */
  async #releaseWebhook(signal: AbortSignal): Promise<void> {
    const url = await this.#insist(() => this.#client.webhookUrl(signal), signal);
    if (url === '') return;
    this.#log.warn(
      { host: URL.parse(url)?.host ?? null },
      'telegram: removing the webhook of this bot in order to poll; whoever used it receives nothing more',
    );
    await this.#insist(() => this.#client.deleteWebhook(signal), signal);
  }

  /** Decodes, stores and, for a button press, ends the waiting sign on the button. Rejects when it is not stored. */
  async #store(update: unknown): Promise<void> {
    if (this.#session === null) throw new AppError('STORE_UNAVAILABLE', 'telegram: the channel is stopped');
    const { me, receive, signal } = this.#session;
    const received = decodeUpdate(update, me, this.#now());
    if (received !== null) await receive(received);
    const read = readUpdate(update);
    if (read?.callback_query) this.#track(this.#answerPress(read.callback_query.id, received, signal));
    if (read?.my_chat_member) {
      const { chat, new_chat_member: self } = read.my_chat_member;
      this.#log.info({ chatId: chat.id, chatKind: chat.type, status: self.status }, 'telegram: our place in a chat has changed');
    }
    if (read === null) this.#log.warn({}, 'telegram: an update of unknown shape was ignored');
  }

  async #answerPress(pressId: string, received: Received | null, signal: AbortSignal): Promise<void> {
    const content = received?.message.content;
    const line = content?.kind === 'action' ? acknowledgement(content.action) : null;
    try {
      await this.#client.answerPress(pressId, line, signal);
    } catch (error) {
      this.#complain(error, 'a button press could not be answered');
    }
  }

  /** Tries again while the fault is a passing one. Rejects with the fault that is not, or with the last one once `signal` aborts. */
  async #insist<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await call();
      } catch (error) {
        if (signal.aborted || !(error instanceof TelegramFault) || !error.isPassing) throw error;
        this.#complain(error, 'Telegram cannot be reached, trying again');
        this.#state = { status: 'reconnecting', reason: error.message };
        await this.#wait(error.retryAfterMs ?? backoffMs(failures), signal);
      }
    }
  }

  #refusal(error: unknown): AppError {
    if (!(error instanceof TelegramFault)) return new AppError('INTERNAL', 'telegram: could not start', { cause: error });
    return error.isTokenRefused
      ? new AppError('CHANNEL_REJECTED', `telegram: the bot token was refused (${error.message})`, {
          hint: 'Ask @BotFather on Telegram for the token (/mybots → API Token) and set it again.',
        })
      : new AppError('CHANNEL_REJECTED', `telegram: ${error.message}`, {
          ...(this.#registration && { hint: 'The webhook address must be public, use HTTPS and port 443, 80, 88 or 8443.' }),
        });
  }

  #end(): void {
    this.#session = null;
    this.#state = { status: 'idle' };
  }

  #complain(error: unknown, what: string): void {
    const reason = error instanceof TelegramFault ? error.message : 'unexpected';
    this.#log.warn({ reason }, `telegram: ${what}`);
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((err: unknown) => {
        this.#log.error({ err }, 'telegram: stopped by a fault of its own');
        this.#state = { status: 'failed', reason: 'internal fault, see the log' };
      })
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }
}

/** What a running channel knows. */
interface Session {
  readonly me: BotIdentity;
  readonly receive: Receive;
  readonly signal: AbortSignal;
}

interface Registration {
  readonly url: string;
  readonly secret: string;
}

function registrationOf({ webhookSecret: secret, webhookUrl: url }: TelegramOptions): Registration {
  if (secret === undefined || !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    throw new AppError('CONFIG_INVALID', 'telegram: webhook mode needs a secret of 1–256 characters A-Z a-z 0-9 _ -');
  }
  if (url === undefined || !URL.canParse(url)) {
    throw new AppError('CONFIG_INVALID', 'telegram: webhook mode needs the public address of /webhooks/telegram');
  }
  return { url, secret };
}
