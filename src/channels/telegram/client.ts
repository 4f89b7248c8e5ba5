import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Api, type ApiClientOptions, InputFile } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { COMMAND_MENUS } from './commands.ts';
import { download, tooLarge } from './download.ts';
import type { TelegramPayload } from './encode.ts';
import { BAD_ANSWER, faultOf, TelegramFault } from './fault.ts';
import { ALLOWED_UPDATES } from './update.ts';

export interface ClientOptions {
  readonly token: string;
  /** Without a trailing slash. */
  readonly apiRoot: string;
  /** Longest wait for the answer to one call; long polling has its own. */
  readonly callTimeoutMs: number;
}

/** How long Telegram holds a request for updates when there are none. */
const POLL_SECONDS = 30;

/** A held request that is this much late has lost its connection. */
const POLL_SLACK_MS = 15_000;

/**
 * An idle connection is closed before Telegram would close it: a message sent into a connection that is just being closed is lost,
 * and nobody can say whether it arrived.
 */
const IDLE_CONNECTION_MS = 20_000;

/** The signal type of grammY's declarations; the platform's own signals satisfy it. */
type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** The calls we make, each bounded in time. Every one rejects with a `TelegramFault` and, unless it says so, nothing else. */
export class TelegramClient {
  readonly #api: Api;
  readonly #files: string;
  readonly #callTimeoutMs: number;

  constructor({ token, apiRoot, callTimeoutMs }: ClientOptions) {
    const Agent = apiRoot.startsWith('https:') ? HttpsAgent : HttpAgent;
    const agent = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
    const baseFetchConfig: NonNullable<ApiClientOptions['baseFetchConfig']> = { compress: true, agent };
    this.#api = new Api(token, { apiRoot, baseFetchConfig });
    this.#files = `${apiRoot}/file/bot${token}`;
    this.#callTimeoutMs = callTimeoutMs;
  }

  async getMe(signal: AbortSignal): Promise<UserFromGetMe> {
    const me = await this.#call('getMe', signal, (bounded) => this.#api.getMe(bounded));
    if (typeof me.id !== 'number' || typeof me.username !== 'string') throw new TelegramFault('getMe', BAD_ANSWER);
    return me;
  }

  /** Registers the menus of commands, for readers of Chinese and for all others. */
  async setMenus(signal: AbortSignal): Promise<void> {
    for (const { language, commands } of COMMAND_MENUS) {
      const options = language === null ? {} : { language_code: language };
      await this.#call('setMyCommands', signal, (bounded) => this.#api.setMyCommands(commands, options, bounded));
    }
  }

  /** The address updates are pushed to; empty when none is set. */
  async webhookUrl(signal: AbortSignal): Promise<string> {
    const info = await this.#call('getWebhookInfo', signal, (bounded) => this.#api.getWebhookInfo(bounded));
    return info.url ?? '';
  }

  async setWebhook(url: string, secret: string, signal: AbortSignal): Promise<void> {
    const options = { secret_token: secret, allowed_updates: ALLOWED_UPDATES };
    await this.#call('setWebhook', signal, (bounded) => this.#api.setWebhook(url, options, bounded));
  }

  /** Updates waiting for delivery are kept. */
  async deleteWebhook(signal: AbortSignal): Promise<void> {
    await this.#call('deleteWebhook', signal, (bounded) => this.#api.deleteWebhook({}, bounded));
  }

  /** Confirms every update before `offset` and waits for those from it on. */
  async getUpdates(offset: number, signal: AbortSignal): Promise<readonly Update[]> {
    const options = { offset, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES };
    const timeoutMs = POLL_SECONDS * 1000 + POLL_SLACK_MS;
    const updates: unknown = await this.#call('getUpdates', signal, (bounded) => this.#api.getUpdates(options, bounded), timeoutMs);
    if (!Array.isArray(updates)) throw new TelegramFault('getUpdates', BAD_ANSWER);
    return updates as Update[];
  }

  /** The id of the message sent. */
  async sendMessage(payload: TelegramPayload, signal: AbortSignal): Promise<string> {
    const { chat_id, text, ...other } = payload;
    const sent: { message_id?: unknown } = await this.#call('sendMessage', signal, (bounded) =>
      this.#api.sendMessage(chat_id, text, other, bounded),
    );
    if (typeof sent.message_id !== 'number') throw new TelegramFault('sendMessage', BAD_ANSWER);
    return String(sent.message_id);
  }

  /** The id of the message sent: a picture, with the text as its caption. */
  async sendPicture(png: Uint8Array, payload: TelegramPayload, signal: AbortSignal): Promise<string> {
    const { chat_id, text, entities, link_preview_options: _linkPreview, ...other } = payload;
    const options = { ...other, caption: text, ...(entities && { caption_entities: entities }) };
    const sent: { message_id?: unknown } = await this.#call('sendPhoto', signal, (bounded) =>
      this.#api.sendPhoto(chat_id, new InputFile(png, 'chart.png'), options, bounded),
    );
    if (typeof sent.message_id !== 'number') throw new TelegramFault('sendPhoto', BAD_ANSWER);
    return String(sent.message_id);
  }

  /** Changes a message of ours; one that is as it shall be already counts as changed. */
  async editMessage(
    messageId: string,
    { chat_id, text, entities, reply_markup, link_preview_options }: TelegramPayload,
    signal: AbortSignal,
  ): Promise<void> {
    const other = { link_preview_options, ...(entities && { entities }), ...(reply_markup && { reply_markup }) };
    try {
      await this.#call('editMessageText', signal, (bounded) => this.#api.editMessageText(chat_id, Number(messageId), text, other, bounded));
    } catch (error) {
      if (!(error instanceof TelegramFault && /message is not modified/i.test(error.description))) throw error;
    }
  }

  /** Ends the waiting sign on a pressed button, with a short line or without. */
  async answerPress(pressId: string, line: string | null, signal: AbortSignal): Promise<void> {
    const options = line === null ? {} : { text: line };
    await this.#call('answerCallbackQuery', signal, (bounded) => this.#api.answerCallbackQuery(pressId, options, bounded));
  }

  /**
   * The bytes of a file somebody sent; Telegram gives out at most 20 MB.
   * @throws {AppError} `INPUT_TOO_LARGE` above `maxBytes`
   */
  async fetchFile(fileId: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const file: { file_path?: unknown; file_size?: unknown } = await this.#call('getFile', signal, (bounded) =>
      this.#api.getFile(fileId, bounded),
    );
    if (typeof file.file_path !== 'string' || file.file_path.split('/').includes('..')) throw new TelegramFault('getFile', BAD_ANSWER);
    if (typeof file.file_size === 'number' && file.file_size > maxBytes) throw tooLarge(file.file_size, maxBytes);
    const path = file.file_path.split('/').map(encodeURIComponent).join('/');
    return download({ url: `${this.#files}/${path}`, maxBytes, idleTimeoutMs: this.#callTimeoutMs }, signal);
  }

  async #call<T>(
    method: string,
    signal: AbortSignal,
    run: (bounded: GrammySignal) => Promise<T>,
    timeoutMs = this.#callTimeoutMs,
  ): Promise<T> {
    const bounded = new AbortController();
    const abort = () => bounded.abort();
    const timer = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      const result = await run(bounded.signal as unknown as GrammySignal);
      if (result === undefined || result === null) throw new TypeError('no result');
      return result;
    } catch (error) {
      throw faultOf(method, error, signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }
}
