import { isMultipart, isPng, readMultipart, type SentFile } from './multipart.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Update, UserFromGetMe } from 'grammy/types';
import { badRequest, checkCommands, checkText, type Refusal } from './telegram-checks.ts';
import { TelegramFiles } from './telegram-files.ts';
import { ME, WRITTEN_S } from './telegram-updates.ts';

export * from './telegram-updates.ts';

/** Looks like a real token, so that whatever hides tokens can be tested with it. */
export const TOKEN = '7000000001:AAFake0Fake1Fake2Fake3Fake4Fake5abcd';

type Payload = Readonly<Record<string, unknown>>;

/** What becomes of the next call of `method`, instead of the usual; a download from the file server counts as the method `file`. */
export type Fault = { readonly method: string } & (
  | { readonly status: number; readonly body: unknown }
  /** Taken and never answered. */
  | { readonly hang: true }
  /** The connection breaks before anything is done. */
  | { readonly reset: true }
  /** Done as usual, then the connection breaks. */
  | { readonly processThenReset: true }
  /** Of a download: half of it comes, then nothing. */
  | { readonly stall: true }
);

/** A call as it came in. */
export interface Call {
  readonly method: string;
  readonly payload: Payload;
}

export interface SentMessage {
  readonly chat_id: number;
  readonly message_id: number;
  readonly text: string;
  readonly entities?: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
  readonly parse_mode?: string;
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly { readonly text: string; readonly callback_data: string }[])[] };
  readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply?: boolean };
  readonly message_thread_id?: number;
  readonly link_preview_options?: object;
  /** A picture, whose caption is the text. */
  readonly photo?: SentFile;
}

interface Webhook {
  readonly url: string;
  readonly secret: string | null;
}

/** The longest pause before a webhook is tried again. Telegram takes longer. */
const LONGEST_PUSH_PAUSE_MS = 40;

/**
 * The Bot API of one bot, on loopback: enough of it to develop and test a bot against, with its limits and its refusals.
 * Updates are kept until they are confirmed by the offset of a later `getUpdates` or by a 2xx answer of the webhook.
 *
 * @example
 * const telegram = await FakeTelegram.start();
 * telegram.push(messageUpdate(1, '你好'));
 * const [first] = await telegram.waitForSent(1); // what the bot at `telegram.apiRoot` answered
 * await telegram.close();
 */
export class FakeTelegram {
  readonly token = TOKEN;
  me: UserFromGetMe = ME;
  /** Every call in the order they came, refused ones too. */
  readonly calls: Call[] = [];
  /** Every message taken, in order. */
  readonly sent: SentMessage[] = [];
  /** Its messages as they were changed, the latest last. */
  readonly edited: SentMessage[] = [];
  /** What people sent besides text. */
  readonly files = new TelegramFiles();
  /** Answers given to button presses. */
  readonly answers: Payload[] = [];
  /** Forum topics there are; null means any. */
  threads: readonly number[] | null = null;
  webhook: Webhook | null = null;
  /** What `getWebhookInfo` says of the last failed push; `atS` in epoch seconds. */
  webhookFault: { readonly atS: number; readonly message: string } | null = null;
  /** How far the clock of the server is ahead of ours. */
  clockAheadMs = 0;
  /** Status codes the webhook answered with. */
  readonly pushed: number[] = [];

  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #faults: Fault[] = [];
  readonly #pending: Update[] = [];
  readonly #messages = new Map<string, string>();
  readonly #presses = new Set<string>();
  readonly #waiting: { readonly isMet: () => boolean; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  readonly #closing = new AbortController();
  #allowed: readonly string[] = [];
  #poll: { readonly end: (refusal: Refusal | null) => void } | null = null;
  #inFlight = 0;
  #isPushing = false;
  #pushing: Promise<void> = Promise.resolve();
  #lastMessageId = 1000;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request, response) => void this.#serve(request, response));
  }

  /** @param port any free one by default */
  static async start(port = 0): Promise<FakeTelegram> {
    const server = createServer();
    const fake = new FakeTelegram(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return fake;
  }

  /** To be given to the bot as the root of the Bot API. */
  get apiRoot(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Updates not confirmed yet. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Has an update to deliver. The same may be pushed again, as after a lost confirmation. */
  push(update: Update): void {
    this.#pending.push(update);
    if (update.message?.chat) this.#messages.set(`${update.message.chat.id}:${update.message.message_id}`, update.message.text ?? '');
    if (update.callback_query) this.#presses.add(update.callback_query.id);
    if (this.webhook) this.#pushToWebhook();
    else this.#poll?.end(null);
  }

  /** Queues a fault: the next call of its method meets it. */
  fail(fault: Fault): void {
    this.#faults.push(fault);
  }

  callsOf(method: string): Payload[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.payload);
  }

  /** The messages taken, once there are `count`. */
  async waitForSent(count: number): Promise<readonly SentMessage[]> {
    await this.until(() => this.sent.length >= count);
    return this.sent;
  }

  /** The payloads of the calls of `method`, once there are `count`. */
  async waitForCalls(method: string, count: number): Promise<readonly Payload[]> {
    await this.until(() => this.callsOf(method).length >= count);
    return this.callsOf(method);
  }

  /** Resolves once every update is confirmed. */
  settled(): Promise<void> {
    return this.until(() => this.#pending.length === 0);
  }

  /** Resolves once the webhook was called `count` times. */
  waitForPushes(count: number): Promise<void> {
    return this.until(() => this.pushed.length >= count);
  }

  /** Resolves once no call is being served. */
  quiet(): Promise<void> {
    return this.until(() => this.#inFlight === 0);
  }

  /** Ends everything, including who still waits. Harmless the second time. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#poll?.end(null);
    for (const waiter of this.#waiting.splice(0)) waiter.reject(new Error('the fake Telegram was closed'));
    await this.#pushing;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight += 1;
    response.on('close', () => {
      this.#inFlight -= 1;
      this.#notify();
    });
    const isDownload = request.url?.startsWith('/file/') === true;
    const [path = '', ...rest] = (request.url ?? '').slice(isDownload ? '/file/'.length : 1).split('/');
    const method = isDownload ? 'file' : rest.join('/');
    const body = await bodyOf(request).catch(() => null);
    if (body === null) return;
    response.setHeader('date', new Date(Date.now() + this.clockAheadMs).toUTCString());
    const type = request.headers['content-type'];
    const payload = isDownload
      ? { path: rest.join('/') }
      : isMultipart(type)
        ? await payloadOf(type, body)
        : (JSON.parse(body.toString() || '{}') as Payload);
    if (path !== `bot${this.token}`) return answer(response, { status: method === '' ? 404 : 401, description: 'Unauthorized' });
    this.calls.push({ method, payload });
    this.#notify();
    const fault = this.#takeFault(method);
    if (isDownload && (fault === null || 'stall' in fault || 'processThenReset' in fault)) {
      return this.files.serve(rest.join('/'), response, fault === null ? null : 'stall' in fault ? 'stall' : 'break');
    }
    if (fault === null) return answer(response, await this.#run(method, payload, response));
    if ('hang' in fault) return;
    if ('status' in fault) return answerRaw(response, fault.status, fault.body);
    if ('processThenReset' in fault) await this.#run(method, payload, response);
    request.socket.resetAndDestroy();
  }

  #takeFault(method: string): Fault | null {
    const index = this.#faults.findIndex((fault) => fault.method === method);
    return this.#faults.splice(index, index < 0 ? 0 : 1)[0] ?? null;
  }

  async #run(method: string, payload: Payload, response: ServerResponse): Promise<Result> {
    switch (method) {
      case 'getMe':
        return { result: this.me };
      case 'getUpdates':
        return this.#getUpdates(payload, response);
      case 'setWebhook':
        return this.#setWebhook(payload);
      case 'deleteWebhook':
        this.webhook = null;
        return { result: true };
      case 'getWebhookInfo':
        return { result: this.#webhookInfo() };
      case 'getFile':
        return this.files.getFile(payload);
      case 'sendMessage':
        return this.#sendMessage(payload);
      case 'sendPhoto':
        return this.#sendPhoto(payload);
      case 'editMessageText':
        return this.#editMessageText(payload);
      case 'answerCallbackQuery':
        return this.#answerCallbackQuery(payload);
      case 'setMyCommands':
        return checkCommands(payload) ?? { result: true };
      case 'sendChatAction':
      case 'setMyDescription':
        return { result: true };
      default:
        return { status: 404, description: 'Not Found: method not found' };
    }
  }

  /** Confirms what lies before the offset, then answers what lies after it, waiting for it as long as asked. */
  async #getUpdates(payload: Payload, response: ServerResponse): Promise<Result> {
    if (this.webhook) {
      const use = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
      return { status: 409, description: `Conflict: ${use}` };
    }
    const offset = Number(payload['offset'] ?? 0);
    const limit = Number(payload['limit'] ?? 100);
    const timeoutS = Number(payload['timeout'] ?? 0);
    this.#allow(payload);
    this.#confirm((update) => update.update_id < offset);
    // Telegram spares the request that waits when the new one does not: `timeout: 0`. One without a time-out stands for a rival that polls.
    if (payload['timeout'] !== 0) {
      const rival = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
      this.#poll?.end({ status: 409, description: rival });
    }
    if (this.#pending.length === 0 && timeoutS > 0) {
      const refusal = await this.#longPoll(timeoutS, response);
      if (refusal) return refusal;
    }
    return { result: this.#pending.slice(0, limit) };
  }

  #longPoll(timeoutS: number, response: ServerResponse): Promise<Refusal | null> {
    return new Promise((resolve) => {
      const poll = {
        end: (refusal: Refusal | null) => {
          clearTimeout(timer);
          if (this.#poll === poll) this.#poll = null;
          resolve(refusal);
        },
      };
      const timer = setTimeout(() => poll.end(null), timeoutS * 1000);
      response.on('close', () => poll.end(null));
      this.#poll = poll;
    });
  }

  #webhookInfo(): object {
    const { webhookFault: fault } = this;
    return {
      url: this.webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#pending.length,
      ...(fault && { last_error_date: fault.atS, last_error_message: fault.message }),
      ...(this.#allowed.length > 0 && { allowed_updates: this.#allowed }),
    };
  }

  #setWebhook(payload: Payload): Result {
    const url = textAt(payload, 'url');
    if (!URL.canParse(url)) return badRequest('bad webhook: invalid webhook URL specified');
    const secret = payload['secret_token'] === undefined ? null : textAt(payload, 'secret_token');
    if (secret !== null && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) return badRequest('secret token contains unallowed characters');
    this.#allow(payload);
    this.webhook = { url, secret };
    this.#pushToWebhook();
    return { result: true };
  }

  #sendMessage(payload: Payload): Result {
    const refusal = checkText(payload) ?? this.#checkPlace(payload);
    if (refusal) return refusal;
    this.#lastMessageId += 1;
    const message_id = this.#lastMessageId;
    this.sent.push({ ...(payload as unknown as SentMessage), message_id });
    const chat_id = Number(payload['chat_id']);
    this.#messages.set(`${chat_id}:${message_id}`, String(payload['text']));
    this.#notify();
    const { text, entities, reply_markup, message_thread_id } = payload;
    const chat = { id: chat_id, type: chat_id < 0 ? 'supergroup' : 'private' };
    return { result: { message_id, date: WRITTEN_S, chat, from: this.me, text, entities, reply_markup, message_thread_id } };
  }

  /** Kept as a message whose text is the caption. */
  #sendPhoto({ photo, caption = '', caption_entities: entities, ...other }: Payload): Result {
    const file = photo as SentFile | undefined;
    if (file === undefined || !isPng(file.bytes)) return badRequest('IMAGE_PROCESS_FAILED');
    if (typeof caption !== 'string' || caption.length > 1024) return badRequest('message caption is too long');
    return this.#sendMessage({ ...other, text: caption, photo: file, ...(entities !== undefined && { entities }) });
  }

  #checkPlace(payload: Payload): Refusal | null {
    const thread = payload['message_thread_id'];
    if (thread !== undefined && this.threads !== null && !this.threads.includes(Number(thread))) {
      return badRequest('message thread not found');
    }
    const target = payload['reply_parameters'] as SentMessage['reply_parameters'];
    if (target === undefined || target.allow_sending_without_reply) return null;
    const isKnown = this.#messages.has(`${String(payload['chat_id'])}:${target.message_id}`);
    return isKnown ? null : badRequest('message to be replied not found');
  }

  #editMessageText(payload: Payload): Result {
    const refusal = checkText(payload);
    if (refusal) return refusal;
    const key = `${String(payload['chat_id'])}:${String(payload['message_id'])}`;
    const before = this.#messages.get(key);
    if (before === undefined) return badRequest('message to edit not found');
    if (before === payload['text']) return badRequest('message is not modified');
    this.#messages.set(key, String(payload['text']));
    if (!this.sent.some(({ chat_id, message_id }) => `${chat_id}:${message_id}` === key)) return badRequest("message can't be edited");
    this.edited.push(payload as unknown as SentMessage);
    this.#notify();
    return { result: { message_id: Number(payload['message_id']), date: WRITTEN_S, text: payload['text'] } };
  }

  #answerCallbackQuery(payload: Payload): Result {
    if (!this.#presses.has(String(payload['callback_query_id']))) {
      return badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    if (textAt(payload, 'text').length > 200) return badRequest('MESSAGE_TOO_LONG');
    this.answers.push(payload);
    this.#notify();
    return { result: true };
  }

  /** The kinds of update asked for are remembered; all others are thrown away. */
  #allow(payload: Payload): void {
    if (Array.isArray(payload['allowed_updates'])) this.#allowed = payload['allowed_updates'] as string[];
    if (this.#allowed.length === 0) return;
    this.#confirm((update) => !Object.keys(update).some((key) => this.#allowed.includes(key)));
  }

  #confirm(isDone: (update: Update) => boolean): void {
    const kept = this.#pending.filter((update) => !isDone(update));
    this.#pending.splice(0, Infinity, ...kept);
    this.#notify();
  }

  #pushToWebhook(): void {
    if (this.#isPushing) return;
    this.#isPushing = true;
    this.#pushing = this.#pushAll();
  }

  /** One update after the other; a refused one is tried again, at once and then after growing pauses. */
  async #pushAll(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted && this.webhook; ) {
      const [next] = this.#pending;
      if (next === undefined) break;
      const status = await this.#pushOne(this.webhook, next);
      this.pushed.push(status);
      if (status >= 200 && status < 300) {
        this.#pending.shift();
        failures = 0;
      } else {
        failures += 1;
        const pauseMs = failures === 1 ? 0 : Math.min(LONGEST_PUSH_PAUSE_MS, 5 * 2 ** failures);
        await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      }
      if (this.#pending.length > 0) this.#notify();
    }
    // Together with the last look at the queue, so that nothing pushed from now on is missed.
    this.#isPushing = false;
    this.#notify();
  }

  /** The status answered; 0 when nothing was. */
  async #pushOne({ url, secret }: Webhook, update: Update): Promise<number> {
    try {
      const headers = {
        'content-type': 'application/json',
        ...(secret !== null && { 'x-telegram-bot-api-secret-token': secret }),
      };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(update), signal: this.#closing.signal });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** Resolves once the condition holds; looked at whenever something happens here. */
  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ isMet, resolve, reject }));
  }

  #notify(): void {
    for (const waiter of this.#waiting.filter(({ isMet }) => isMet())) {
      this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      waiter.resolve();
    }
  }
}

type Result = { readonly result: unknown } | Refusal;

function answer(response: ServerResponse, result: Result): void {
  if ('result' in result) return answerRaw(response, 200, { ok: true, result: result.result });
  const { status, description, parameters } = result;
  answerRaw(response, status, { ok: false, error_code: status, description, ...(parameters && { parameters }) });
}

/** A body that is text is sent as it is, anything else as JSON. */
function answerRaw(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function textAt(payload: Payload, key: string): string {
  const value = payload[key];
  return typeof value === 'string' ? value : '';
}

/** A form as grammY sends it: what is not text is JSON, and files are named by where they stand. */
async function payloadOf(type: string, body: Buffer): Promise<Payload> {
  const { fields, files } = await readMultipart(type, body);
  const payload: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const file = /^attach:\/\/(.+)$/.exec(value)?.[1];
    payload[key] = file === undefined ? (/^[[{]|^(?:true|false|-?\d+)$/.test(value) ? (JSON.parse(value) as unknown) : value) : files[file];
  }
  return { ...files, ...payload };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
