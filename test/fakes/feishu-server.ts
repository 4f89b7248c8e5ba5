import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { refusalOf } from './feishu-card-rules.ts';
import { type App, type Envelope, encrypt, sign } from './feishu-events.ts';
import { FeishuFiles } from './feishu-files.ts';
import { decodeFrame, encodeFrame, type Frame } from './feishu-frames.ts';
import { type Reading, readMessage } from './feishu-reader.ts';
import { isMultipart, isPng, readMultipart, type SentFile } from './multipart.ts';

/** How the next request to a path goes wrong. */
export type Fault =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly hang: true }
  | { readonly reset: true }
  /** Done as asked, but the answer is lost. */
  | { readonly processThenReset: true }
  /** Of a download: half of it comes, then nothing. */
  | { readonly stall: true };

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** A message the platform took. */
export interface TakenMessage {
  readonly messageId: string;
  readonly chatId: string | null;
  readonly replyTo: string | null;
  readonly inThread: boolean;
  readonly type: string;
  content: Readonly<Record<string, unknown>>;
  readonly uuid: string;
  /** As it was sent, or last changed. */
  reading: Reading;
  /** How often it was changed. */
  changes: number;
}

export interface Acknowledgement {
  readonly eventId: string;
  readonly code: number;
  /** The handler's answer, decoded. */
  readonly data: unknown;
}

export interface PostOptions {
  /** Wrong or left out. */
  readonly signature?: 'wrong' | 'missing';
  /** Epoch seconds. */
  readonly timestamp?: number;
  /** Sent as it is, not encrypted (but signed). */
  readonly plaintext?: boolean;
  /** Sent instead of the envelope, signed. */
  readonly raw?: Buffer;
  /** White space inside the signed body. */
  readonly whitespace?: boolean;
  /** Encrypted and signed with this key instead of the app's. */
  readonly encryptKey?: string;
  /** The body in pieces of so many bytes, each in a packet of its own. */
  readonly pieceBytes?: number;
}

export interface Posted {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

const APP_SECRET = 'kHpLXoRbbEcdVnVkXl2Q6bWbhGvFsQ1u';
const TICKET = 'ticket-8f14e45fceea167a5a36dedd4bea2543';
const SERVICE_ID = 33554678;
/** Seconds, as the platform counts; short enough for a test. */
const CLIENT_CONFIG = { PingInterval: 0.05, ReconnectCount: -1, ReconnectInterval: 0.05, ReconnectNonce: 0 };

const APP_INFO = {
  online_version_id: 'oav_1',
  event: { subscription_type: 'websocket', subscribed_events: ['im.message.receive_v1'] },
  callback_info: { callback_type: 'websocket', subscribed_callbacks: ['card.action.trigger'] },
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * The Feishu platform on 127.0.0.1: access tokens, bot information, messages, the long connection and callbacks.
 * What it assumes and the platform does not document: a repeated uuid gives the first result; a refused token answers 400.
 */
export class FakeFeishu implements App {
  readonly appId = 'cli_9f5343c580712544';
  readonly appSecret = APP_SECRET;
  readonly encryptKey = 'encrypt-key-5a105e8b9d40e132';
  readonly verificationToken = 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV';
  readonly botOpenId = 'ou_policybot';
  readonly requests: RecordedRequest[] = [];
  readonly messages: TakenMessage[] = [];
  /** What people sent besides text. */
  readonly files = new FeishuFiles();
  /** Pictures uploaded for cards, by key. */
  readonly images = new Map<string, SentFile>();
  readonly acknowledgements: Acknowledgement[] = [];
  clientConfig = CLIENT_CONFIG;
  /** 2: in use. */
  botStatus = 2;
  /** Scopes by name with their `grant_status`; null: the platform does not tell. */
  scopes: Readonly<Record<string, number>> | null = {
    'im:message.p2p_msg:readonly': 1,
    'im:message.group_at_msg:readonly': 1,
    'im:message:send_as_bot': 1,
  };
  /** What the console says of the app; null: the app may not ask. */
  appInfo: object | null = APP_INFO;
  /** Events of the published version. */
  versionEvents: readonly string[] = ['im.message.receive_v1'];
  /** How far the clock of the platform is ahead of ours. */
  clockAheadMs = 0;
  /** Where events go; null delivers them over the long connection. */
  webhookUrl: string | null = null;
  /** Events in pieces of so many bytes. */
  fragmentBytes = Number.POSITIVE_INFINITY;

  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<WebSocket>();
  readonly #ready = new Set<WebSocket>();
  readonly #faults: { readonly path: string; readonly fault: Fault }[] = [];
  readonly #byUuid = new Map<string, TakenMessage>();
  readonly #awaited = new Map<string, (payload: Buffer) => void>();
  readonly #pending = new Set<Promise<void>>();
  readonly #watchers = new Set<() => void>();
  #token = 1;
  #isMute = false;
  #isStopped = false;
  #inFlight = 0;
  #frames = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => void this.#serve(incoming, outgoing));
    server.on('upgrade', (incoming: IncomingMessage, socket, head: Buffer) => {
      if (this.#isStopped || !incoming.url?.includes(TICKET)) return void socket.destroy();
      this.#sockets.handleUpgrade(incoming, socket, head, (client) => this.#accept(client));
    });
  }

  static async start(): Promise<FakeFeishu> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeFeishu(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What must never be logged. */
  get secrets(): readonly string[] {
    return [this.appSecret, this.encryptKey, this.verificationToken, this.#tokenText(), TICKET, 'Bearer t-'];
  }

  get connections(): number {
    return this.#connections.size;
  }

  get unacknowledged(): number {
    return this.#pending.size;
  }

  /** The next request whose path contains `path` meets the fault. */
  fault(path: string, fault: Fault): void {
    this.#faults.push({ path, fault });
  }

  /** Tokens given out so far are no longer taken. */
  revokeTokens(): void {
    this.#token += 1;
  }

  requestsTo(path: string): readonly RecordedRequest[] {
    return this.requests.filter((recorded) => recorded.path.includes(path));
  }

  /** Resolves once the condition holds; looked at whenever something happens here. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  connected(): Promise<void> {
    return this.until(() => this.#ready.size > 0);
  }

  /** Closes the long connections, as the platform does when it is updated. */
  disconnect(): void {
    for (const client of this.#connections) client.terminate();
  }

  /** Breaks off requests that hang. */
  dropRequests(): void {
    this.#server.closeAllConnections();
  }

  /** From now on connections stay open but nothing comes through, as behind a dead gateway. */
  mute(isMute: boolean): void {
    this.#isMute = isMute;
  }

  /** Gives the platform an event to deliver: again and again until it is acknowledged. Resolves when it is. */
  push(event: Envelope): Promise<void> {
    const delivery = this.#deliver(event).finally(() => {
      this.#pending.delete(delivery);
      this.#changed();
    });
    this.#pending.add(delivery);
    return delivery;
  }

  async settled(): Promise<void> {
    await this.until(() => this.#pending.size === 0);
  }

  /** Resolves once nobody holds a request or a connection open. */
  async quiet(): Promise<void> {
    await this.until(() => this.#inFlight === 0 && this.#connections.size === 0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.disconnect();
    this.#changed();
    this.#server.closeAllConnections();
    this.#sockets.close();
    await new Promise((resolve) => this.#server.close(resolve));
    await Promise.allSettled(this.#pending);
  }

  /** One callback over HTTP, encrypted and signed unless told otherwise. */
  async post(url: string, payload: unknown, options: PostOptions = {}): Promise<Posted> {
    const key = options.encryptKey ?? this.encryptKey;
    const plain = JSON.stringify(payload);
    const envelope = options.plaintext ? plain : JSON.stringify({ encrypt: encrypt(key, plain) }, null, options.whitespace ? 2 : 0);
    const body = options.raw ?? Buffer.from(envelope);
    const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
    const signature = options.signature === 'wrong' ? 'f'.repeat(64) : sign(key, timestamp, 'nonce', body);
    const signed = { 'X-Lark-Request-Timestamp': timestamp, 'X-Lark-Request-Nonce': 'nonce', 'X-Lark-Signature': signature };
    const headers = { 'Content-Type': 'application/json;charset=utf-8', ...(options.signature === 'missing' ? {} : signed) };
    return send(url, headers, body, options.pieceBytes ?? body.length);
  }

  async #deliver(event: Envelope): Promise<void> {
    while (!this.#isStopped) {
      const isTaken = this.webhookUrl === null ? await this.#deliverByStream(event) : await this.#deliverByWebhook(event, this.webhookUrl);
      if (isTaken) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async #deliverByWebhook(event: Envelope, url: string): Promise<boolean> {
    const posted = await this.post(url, event).catch(() => null);
    if (posted === null) return false;
    this.acknowledgements.push({
      eventId: event.header.event_id,
      code: posted.status,
      data: posted.body === '' ? null : JSON.parse(posted.body),
    });
    this.#changed();
    return posted.status === 200;
  }

  async #deliverByStream(event: Envelope): Promise<boolean> {
    await this.until(() => this.#isStopped || (this.#ready.size > 0 && !this.#isMute));
    const [client] = this.#ready;
    if (client === undefined) return false;
    const id = `frame-${(this.#frames += 1)}`;
    const payload = Buffer.from(JSON.stringify(event));
    const size = Math.min(this.fragmentBytes, payload.length);
    const sum = Math.ceil(payload.length / size);
    const answer = new Promise<Buffer | null>((resolve) => {
      this.#awaited.set(id, resolve);
      client.once('close', () => resolve(null));
    });
    for (let seq = 0; seq < sum; seq += 1) {
      const headers = { type: 'event', message_id: id, sum: String(sum), seq: String(seq), trace_id: 'trace' };
      // Beyond 2^53: the SDK loses digits of it, so acknowledgements are matched by message id.
      this.#send(client, {
        seqId: 0n,
        logId: 7_000_000_000_000_000_789n,
        method: 1,
        headers,
        payload: payload.subarray(seq * size, (seq + 1) * size),
      });
    }
    const bytes = await answer;
    this.#awaited.delete(id);
    if (bytes === null) return false;
    const { code, data } = JSON.parse(bytes.toString()) as { code: number; data?: string };
    const decoded: unknown = data === undefined ? null : JSON.parse(Buffer.from(data, 'base64').toString());
    this.acknowledgements.push({ eventId: event.header.event_id, code, data: decoded });
    this.#changed();
    return code === 200;
  }

  #accept(client: WebSocket): void {
    this.#connections.add(client);
    // Every event under way waits for the end of the connection, too.
    client.setMaxListeners(0);
    client.on('close', () => {
      this.#connections.delete(client);
      this.#ready.delete(client);
      this.#changed();
    });
    client.on('error', () => {});
    client.on('message', (bytes: Buffer) => {
      // The SDK listens a moment after it has opened; its first ping says that it does.
      this.#ready.add(client);
      this.#changed();
      if (this.#isMute) return;
      const frame = decodeFrame(bytes);
      if (frame.method === 1) this.#awaited.get(frame.headers.message_id ?? '')?.(frame.payload);
      const payload = Buffer.from(JSON.stringify(this.clientConfig));
      if (frame.headers.type === 'ping') this.#send(client, { seqId: 0n, logId: 0n, method: 0, headers: { type: 'pong' }, payload });
    });
    this.#changed();
  }

  #send(client: WebSocket, frame: Omit<Frame, 'service'>): void {
    client.send(encodeFrame({ ...frame, service: SERVICE_ID }));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.#inFlight += 1;
    outgoing.on('close', () => {
      this.#inFlight -= 1;
      this.#changed();
    });
    const bytes = await readAll(incoming);
    const url = new URL(incoming.url ?? '/', this.origin);
    const type = incoming.headers['content-type'];
    const form = isMultipart(type) ? await readMultipart(type, bytes) : null;
    const body = (form ? { ...form.fields, ...form.files } : bytes.length === 0 ? {} : JSON.parse(bytes.toString())) as Readonly<
      Record<string, unknown>
    >;
    const recorded = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: incoming.headers,
      body,
    };
    this.requests.push(recorded);
    const at = this.#faults.findIndex(({ path }) => url.pathname.includes(path));
    const fault = at < 0 ? null : (this.#faults.splice(at, 1)[0]?.fault ?? null);
    this.#changed();

    if (fault !== null && 'hang' in fault) return;
    if (fault !== null && 'reset' in fault) return void incoming.socket.resetAndDestroy();
    if (this.files.isAddress(url.pathname) && !(fault !== null && 'status' in fault)) {
      const refusal = this.#refusalOfToken(recorded);
      const file = this.files.find(url.pathname, recorded.query);
      const half = fault === null ? null : 'stall' in fault ? 'stall' : 'break';
      if (refusal === null && 'bytes' in file) return this.files.serve(file, outgoing, half);
    }
    const answer = fault !== null && 'status' in fault ? { body: {}, ...fault } : this.#answer(recorded, bytes.length);
    if (fault !== null && 'processThenReset' in fault) return void incoming.socket.resetAndDestroy();
    const date = new Date(Date.now() + this.clockAheadMs).toUTCString();
    outgoing.writeHead(answer.status, { 'Content-Type': 'application/json', date, ...answer.headers });
    outgoing.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }

  #answer(recorded: RecordedRequest, bytes: number): Answer {
    const { method, path, body } = recorded;
    const route = `${method} ${path}`;
    if (route === 'POST /open-apis/auth/v3/tenant_access_token/internal') {
      if (body.app_id !== this.appId || body.app_secret !== this.appSecret)
        return { status: 200, body: { code: 10014, msg: 'app secret invalid' } };
      return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: this.#tokenText(), expire: 7200 } };
    }
    if (route === 'POST /callback/ws/endpoint') {
      if (body.AppID !== this.appId || body.AppSecret !== this.appSecret)
        return { status: 200, body: { code: 514, msg: 'auth failed', data: {} } };
      const query = new URLSearchParams({
        fpid: '1',
        aid: '552564',
        device_id: '7',
        access_key: TICKET,
        service_id: String(SERVICE_ID),
        ticket: TICKET,
      });
      return {
        status: 200,
        body: {
          code: 0,
          msg: '',
          data: { URL: `${this.origin.replace('http', 'ws')}/ws/v2?${query.toString()}`, ClientConfig: this.clientConfig },
        },
      };
    }
    const refusal = this.#refusalOfToken(recorded);
    if (refusal !== null) return refusal;
    if (method === 'GET' && this.files.isAddress(path)) return refuse(this.files.find(path, recorded.query));
    if (route === 'GET /open-apis/bot/v3/info') {
      return {
        status: 200,
        body: { code: 0, msg: 'ok', bot: { activate_status: this.botStatus, app_name: '政策助手', open_id: this.botOpenId } },
      };
    }
    if (route === 'POST /open-apis/im/v1/images') return this.#keepImage(body);
    if (method === 'GET' && path.startsWith('/open-apis/application/v6/')) return this.#aboutApp(path);
    const target = /^\/open-apis\/im\/v1\/messages\/(om_[\w-]+)(\/reply)?$/.exec(path);
    if (method === 'POST' && path === '/open-apis/im/v1/messages') return this.#take(recorded, null, bytes);
    if (method === 'POST' && target?.[2]) return this.#take(recorded, target[1] ?? null, bytes);
    if (method === 'PATCH' && target) return this.#patch(target[1] ?? '', body, bytes);
    return { status: 404, body: '404 page not found' };
  }

  #keepImage({ image_type: type, image }: Readonly<Record<string, unknown>>): Answer {
    const file = image as SentFile | undefined;
    if (type !== 'message' || file === undefined || !isPng(file.bytes))
      return { status: 400, body: { code: 234011, msg: 'Can not recognize the image format.' } };
    const key = `img_v3_${this.images.size + 1}`;
    this.images.set(key, file);
    return { status: 200, body: { code: 0, msg: 'success', data: { image_key: key } } };
  }

  #refusalOfToken({ headers }: RecordedRequest): Answer | null {
    if (headers.authorization === `Bearer ${this.#tokenText()}`) return null;
    return { status: 400, body: { code: 99991663, msg: 'Invalid access token for authorization.' } };
  }

  #aboutApp(path: string): Answer {
    const denied = { status: 400, body: { code: 99991672, msg: 'Access denied. One of the following scopes is required' } };
    const good = (data: object) => ({ status: 200, body: { code: 0, msg: 'success', data } });
    const app = `/open-apis/application/v6/applications/${this.appId}`;
    if (path === '/open-apis/application/v6/scopes') {
      if (this.scopes === null) return denied;
      return good({
        scopes: Object.entries(this.scopes).map(([scope_name, grant_status]) => ({ scope_name, grant_status, scope_type: 'tenant' })),
      });
    }
    if (this.appInfo === null) return denied;
    if (path === app) return good({ app: this.appInfo });
    if (path === `${app}/app_versions/oav_1`) {
      return good({ app_version: { event_infos: this.versionEvents.map((event_type) => ({ event_type })) } });
    }
    return { status: 404, body: '404 page not found' };
  }

  #take({ body, query }: RecordedRequest, replyTo: string | null, bytes: number): Answer {
    const uuid = text(body.uuid);
    if (uuid.length > 50) return refuse({ code: 230001, msg: 'uuid is too long' });
    if (replyTo === null && (query.receive_id_type !== 'chat_id' || text(body.receive_id) === ''))
      return refuse({ code: 230001, msg: 'no receive_id' });
    const known = this.#byUuid.get(uuid);
    if (known !== undefined) return taken(known);

    const type = text(body.msg_type);
    const content = parse(body.content);
    const refusal = refusalOf(type, content, bytes);
    if (refusal !== null) return refuse(refusal);
    const message: TakenMessage = {
      messageId: `om_sent${this.messages.length + 1}`,
      chatId: replyTo === null ? text(body.receive_id) : null,
      replyTo,
      inThread: body.reply_in_thread === true,
      type,
      content: content as Readonly<Record<string, unknown>>,
      uuid,
      reading: readMessage(type, content as Readonly<Record<string, unknown>>),
      changes: 0,
    };
    this.messages.push(message);
    if (uuid !== '') this.#byUuid.set(uuid, message);
    this.#changed();
    return taken(message);
  }

  #patch(messageId: string, body: Readonly<Record<string, unknown>>, bytes: number): Answer {
    const message = this.messages.find((sent) => sent.messageId === messageId);
    if (message === undefined) return refuse({ code: 230001, msg: 'no such message' });
    const content = parse(body.content);
    const refusal = message.type === 'interactive' ? refusalOf('interactive', content, bytes) : { code: 230001, msg: 'not a card' };
    if (refusal !== null) return refuse(refusal);
    message.content = content as Readonly<Record<string, unknown>>;
    message.reading = readMessage('interactive', message.content);
    message.changes += 1;
    this.#changed();
    return { status: 200, body: { code: 0, msg: 'success', data: {} } };
  }

  #tokenText(): string {
    return `t-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT${this.#token}`;
  }

  #changed(): void {
    for (const look of this.#watchers) look();
  }
}

const refuse = (refusal: object): Answer => ({ status: 400, body: refusal });

function taken(message: TakenMessage): Answer {
  const data = {
    message_id: message.messageId,
    msg_type: message.type,
    chat_id: message.chatId ?? 'oc_privatechat',
    create_time: String(Date.now()),
  };
  return { status: 200, body: { code: 0, msg: 'success', data } };
}

function parse(content: unknown): unknown {
  try {
    return JSON.parse(text(content));
  } catch {
    return null;
  }
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(url: string, headers: Readonly<Record<string, string>>, body: Buffer, pieceBytes: number): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: { ...headers, 'Content-Length': body.length }, agent: false }, (incoming) => {
      readAll(incoming).then(
        (bytes) => resolve({ status: incoming.statusCode ?? 0, body: bytes.toString(), headers: incoming.headers }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.setNoDelay(true);
    const writeFrom = (at: number): void => {
      if (at >= body.length) return void outgoing.end();
      outgoing.write(body.subarray(at, at + pieceBytes), () => setImmediate(writeFrom, at + pieceBytes));
    };
    writeFrom(0);
  });
}
