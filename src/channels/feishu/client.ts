import { Client, CTenantAccessToken, DefaultCache, type HttpInstance, type Logger, LoggerLevel } from '@larksuiteoapi/node-sdk';
import axios, { type AxiosRequestConfig } from 'axios';
import { AppError } from '../../domain/errors.ts';
import type { Chart, DrawChart } from '../../domain/chart.ts';
import type { Delivery, OutgoingReply, ReplyMessage } from '../../domain/message.ts';
import { countElements, type Pictures } from './card.ts';
import { classify, type Failure, isRetryable, isTokenSpent, nextForm, rejected } from './codes.ts';
import { encodeReply } from './encode.ts';
import { failureOf, failureOfAnswer } from './failure.ts';
import { checkAnnouncedSize, isFileAnswer, type ReadLimits, readBytes, readFileId, refusalIn, refusalOfFile } from './file.ts';
import { isMessageId, isOpenId, isSendable } from './ids.ts';
import { recordOf } from './json.ts';

/** The platform's limit for cards and posts is 30 KB of the request, and it counts style tags of its own. */
const MAX_CARD_BYTES = 25 * 1024;
const MAX_TEXT_BYTES = 150 * 1024;
/** The platform's limit is 200. */
const MAX_CARD_ELEMENTS = 150;

const NO_PICTURES: Pictures = new Map();

export interface FeishuClientOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** Origin of the platform, e.g. `https://open.feishu.cn`. */
  readonly origin: string;
  readonly logger: Logger;
  readonly http: HttpInstance;
  /** Longest silence in the middle of a file. */
  readonly idleTimeoutMs: number;
  /** Null: charts are told in words. */
  readonly draw: DrawChart | null;
}

export interface BotIdentity {
  readonly openId: string;
  readonly name: string;
}

/** What came of asking who we are: known, refused for good (`error`), or to be asked again. */
export type IdentityOutcome =
  | { readonly status: 'known'; readonly identity: BotIdentity }
  | { readonly status: 'refused'; readonly error: AppError }
  | { readonly status: 'unavailable'; readonly reason: string };

type Answer<Data = unknown> = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly failure: Failure };

/** How an answer of the platform that came with status 200 is read. */
type ReadAnswer<Data> = (data: unknown, headers: unknown) => Promise<Answer<Data>> | Answer<Data>;

const readJson: ReadAnswer<unknown> = (data, headers) =>
  recordOf(data).code === 0 ? { ok: true, data } : { ok: false, failure: failureOfAnswer(200, data, headers) };

/** HTTP as the SDK wants it: bodies instead of responses, with a time limit, no proxy from the environment and no redirects. */
export function createHttp(timeoutMs: number): HttpInstance {
  const http = axios.create({ timeout: timeoutMs, proxy: false, maxRedirects: 0 });
  http.interceptors.response.use((response) =>
    '$return_headers' in response.config ? { data: response.data, headers: response.headers } : response.data,
  );
  return http as unknown as HttpInstance;
}

/** Calls the platform's REST interface for one app, by the SDK. Unless it says so, nothing it does throws for what the platform says. */
export class FeishuClient {
  readonly #sdk: Client;
  readonly #appId: string;
  readonly #draw: DrawChart | null;
  readonly #idleTimeoutMs: number;
  /** Of this client alone: the SDK's default is shared by the process and keyed by app id, whatever the domain. */
  readonly #tokens = new DefaultCache();
  #tokenGeneration = 0;

  constructor({ appId, appSecret, origin, logger, http, idleTimeoutMs, draw }: FeishuClientOptions) {
    this.#appId = appId;
    this.#draw = draw;
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#sdk = new Client({
      appId,
      appSecret,
      domain: origin,
      cache: this.#tokens,
      httpInstance: http,
      logger,
      loggerLevel: LoggerLevel.warn,
    });
  }

  /** Asks who we are: group messages are recognised as ours by this open id. */
  async identify(signal: AbortSignal): Promise<IdentityOutcome> {
    const answer = await this.#call({ method: 'GET', url: '/open-apis/bot/v3/info' }, signal);
    if (answer.ok) {
      const { open_id: openId, app_name: name } = recordOf(recordOf(answer.data).bot);
      if (isOpenId(openId)) return { status: 'known', identity: { openId, name: typeof name === 'string' ? name : '' } };
      return { status: 'refused', error: refusal('without-bot', 'Add the bot ability to the app and publish a version of it.') };
    }
    const { failure } = answer;
    if (isRetryable(failure)) return { status: 'unavailable', reason: failure.label };
    return {
      status: 'refused',
      error: refusal(
        failure.label,
        'Check the App ID and App Secret, that both are of the same platform (Feishu or Lark), and that the app is published.',
      ),
    };
  }

  /** Sends one reply in one form. A repeat within an hour does not send it twice. */
  async send(reply: OutgoingReply, signal: AbortSignal): Promise<Delivery> {
    if (signal.aborted) return rejected('aborted', true);
    if (!isSendable(reply.address)) return rejected('address-invalid', false);
    // Only cards can be changed.
    if (reply.edits !== undefined && (reply.form !== 'rich' || !isMessageId(reply.edits))) return asNew(reply, 'not-editable');
    const pictures = reply.form === 'rich' ? await this.#upload(reply.message, signal) : NO_PICTURES;
    const body = { ...encodeReply(reply, pictures), ...placeOf(reply), uuid: uuidOf(reply) };
    const bytes = Buffer.byteLength(JSON.stringify(body));
    if (
      bytes > (reply.form === 'text' ? MAX_TEXT_BYTES : MAX_CARD_BYTES) ||
      (reply.form === 'rich' && countElements(body.content) > MAX_CARD_ELEMENTS)
    ) {
      const form = nextForm(reply.form);
      return form === null ? rejected('too-large', false) : { status: 'degrade', code: 'too-large', form, address: reply.address };
    }

    if (reply.edits !== undefined) return this.#edit(reply, reply.edits, body.content, signal);
    const answer = await this.#call({ method: 'POST', ...endpointOf(reply), data: body }, signal);
    if (!answer.ok) return signal.aborted ? rejected('aborted', true) : classify(answer.failure, reply);
    const { message_id: messageId } = recordOf(recordOf(answer.data).data);
    return typeof messageId === 'string' && messageId !== ''
      ? { status: 'sent', platformMessageId: messageId }
      : rejected('no-message-id', true);
  }

  /** Draws and uploads the charts of a message; one the platform does not take is left out, and stands in the card in words. */
  async #upload({ blocks }: ReplyMessage, signal: AbortSignal): Promise<Pictures> {
    const keys = new Map<Chart, string>();
    for (const block of blocks) {
      if (block.kind !== 'chart' || this.#draw === null) continue;
      const form = new FormData();
      form.set('image_type', 'message');
      form.set('image', new Blob([new Uint8Array(await this.#draw(block.chart))], { type: 'image/png' }), 'chart.png');
      // The SDK copies the data it is given into an object of its own, and a form does not survive that.
      const request = { method: 'POST', url: '/open-apis/im/v1/images', transformRequest: () => form };
      const answer = await this.#call(request, signal);
      const { image_key: key } = recordOf(answer.ok ? recordOf(answer.data).data : null);
      if (typeof key === 'string' && key !== '') keys.set(block.chart, key);
    }
    return keys;
  }

  /** Changes a card of ours. One that cannot be changed any more (too old, recalled) is sent as a new one. */
  async #edit(reply: OutgoingReply, messageId: string, content: string, signal: AbortSignal): Promise<Delivery> {
    const answer = await this.#call({ method: 'PATCH', url: `/open-apis/im/v1/messages/${messageId}`, data: { content } }, signal);
    if (answer.ok) return { status: 'sent', platformMessageId: messageId };
    if (signal.aborted) return rejected('aborted', true);
    const delivery = classify(answer.failure, reply);
    return delivery.status === 'rejected' && !delivery.retryable ? asNew(reply, answer.failure.label) : delivery;
  }

  /**
   * The bytes of a file somebody sent.
   * @param fileId `<message id>:<file key>`
   * @throws {AppError} `INPUT_TOO_LARGE` above `maxBytes`, `CHANNEL_REJECTED` when the platform does not give it
   */
  async fetchFile(fileId: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const place = readFileId(fileId);
    if (place === null) throw new AppError('CHANNEL_REJECTED', 'feishu: expected the id of a file in a message');
    const limits: ReadLimits = { maxBytes, idleTimeoutMs: this.#idleTimeoutMs };
    const url = `/open-apis/im/v1/messages/${place.messageId}/resources/${place.fileKey}`;
    const readFile: ReadAnswer<Buffer> = async (body, headers) => {
      if (!isFileAnswer(headers)) return { ok: false, failure: await refusalIn(200, body, headers, this.#idleTimeoutMs, signal) };
      checkAnnouncedSize(headers, maxBytes);
      return { ok: true, data: await readBytes(body, limits, signal) };
    };
    const request: AxiosRequestConfig = { method: 'GET', url, params: { type: 'file' }, responseType: 'stream' };
    const answer = await this.#call(request, signal, readFile);
    if (!answer.ok) throw refusalOfFile(answer.failure);
    return new Uint8Array(answer.data);
  }

  /** One call; with a new access token once more when the platform no longer takes the one in the cache. */
  #call(request: AxiosRequestConfig, signal: AbortSignal): Promise<Answer>;
  #call<Data>(request: AxiosRequestConfig, signal: AbortSignal, read: ReadAnswer<Data>): Promise<Answer<Data>>;
  async #call(request: AxiosRequestConfig, signal: AbortSignal, read: ReadAnswer<unknown> = readJson): Promise<Answer> {
    const generation = this.#tokenGeneration;
    const first = await this.#attempt(request, signal, read);
    if (first.ok || !isTokenSpent(first.failure)) return first;
    // Of several calls that fail together only the first drops the token; the others find a new one.
    if (this.#tokenGeneration === generation) {
      this.#tokenGeneration += 1;
      await this.#tokens.set(CTenantAccessToken, '', undefined, { namespace: this.#appId });
    }
    return this.#attempt(request, signal, read);
  }

  async #attempt(request: AxiosRequestConfig, signal: AbortSignal, read: ReadAnswer<unknown>): Promise<Answer> {
    try {
      signal.throwIfAborted();
      const withHeaders: AxiosRequestConfig & { $return_headers: true } = { ...request, signal, $return_headers: true };
      // Raced, because the SDK fetches a token without the signal.
      const call = this.#sdk.request<{ data: unknown; headers: unknown }>(withHeaders);
      const { data, headers } = await unlessAborted(call, signal);
      return await read(data, headers);
    } catch (error) {
      if (error instanceof AppError) throw error;
      return { ok: false, failure: await this.#failureOf(error, request, signal) };
    }
  }

  /** The body of a refused download is a stream, like that of a granted one. */
  async #failureOf(error: unknown, { responseType }: AxiosRequestConfig, signal: AbortSignal): Promise<Failure> {
    const { status, data, headers } = recordOf(recordOf(error).response);
    if (responseType !== 'stream' || typeof status !== 'number') return failureOf(error);
    return refusalIn(status, data, headers, this.#idleTimeoutMs, signal);
  }
}

const asNew = ({ address }: OutgoingReply, code: string): Delivery => ({ status: 'degrade', code, form: 'rich', address, edits: null });

type ReplyBody = NonNullable<Parameters<Client['im']['v1']['message']['reply']>[0]>['data'];
type CreateBody = NonNullable<Parameters<Client['im']['v1']['message']['create']>[0]>['data'];

/** The fields that say where the message goes, as the generated methods `im.message.reply` and `im.message.create` name them. */
function placeOf({ address }: OutgoingReply): Pick<ReplyBody, 'reply_in_thread'> | Pick<CreateBody, 'receive_id'> {
  if (address.replyTo === null) return { receive_id: address.chatId };
  return address.threadId === null ? {} : { reply_in_thread: true };
}

/** Generated methods take neither a signal nor give the headers of a refusal; the paths are theirs. Ids were checked: paths are not encoded. */
function endpointOf({ address }: OutgoingReply): Pick<AxiosRequestConfig, 'url' | 'params'> {
  if (address.replyTo !== null) return { url: `/open-apis/im/v1/messages/${address.replyTo}/reply` };
  return { url: '/open-apis/im/v1/messages', params: { receive_id_type: 'chat_id' } };
}

const FORM_SUFFIXES = { rich: '', simple: 's', text: 't' } as const;

/**
 * The key under which the platform recognises a repeat, at most 50 characters. The same reply changed in form or place is another message.
 * @example uuidOf(reply) // → "a1", as a card in reply; "a1-s" as a post; "a1-tn" as a text, not in reply; "a1-h" in a thread
 */
export function uuidOf({ id, form, address }: OutgoingReply): string {
  const place = address.replyTo === null ? 'n' : address.threadId === null ? '' : 'h';
  const suffix = `${FORM_SUFFIXES[form]}${place}`;
  return suffix === '' ? id : `${id}-${suffix}`;
}

/** The promise's outcome; a rejection as soon as the signal aborts. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function refusal(code: string, hint: string): AppError {
  return new AppError('CHANNEL_REJECTED', `Feishu does not accept our app (${code})`, { hint });
}
