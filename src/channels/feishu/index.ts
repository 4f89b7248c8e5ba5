import type { RequestHandler } from 'express';
import type { DrawChart } from '../../domain/chart.ts';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import type { Delivery, OutgoingReply } from '../../domain/message.ts';
import type { Channel, ChannelLimits, ChannelState, Receive } from '../channel.ts';
import { backoffMs, pause } from './backoff.ts';
import { toastFor } from './card-answer.ts';
import type { BotIdentity, FeishuClient } from './client.ts';
import { decodeEvent } from './decode.ts';
import { isAppId } from './ids.ts';
import { createRedactor, createSdkLogger } from './redact.ts';
import type { FeishuStream, StreamTiming } from './stream.ts';
import { feishuWebhook, type Intake } from './webhook.ts';

export interface FeishuOptions {
  /** `cli_…`, of an app of one's own. */
  readonly appId: string;
  readonly appSecret: string;
  /** `stream`: we connect to the platform. `webhook`: the platform calls our public address. */
  readonly mode: 'stream' | 'webhook';
  /** Both required for `webhook`. */
  readonly encryptKey?: string | undefined;
  readonly verificationToken?: string | undefined;
  /** Feishu (China), Lark (elsewhere), or the origin of a private deployment. */
  readonly domain: 'feishu' | 'lark' | URL;
  readonly log: Log;
  /** Left out: charts are told in words. */
  readonly draw?: DrawChart | undefined;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Differs in tests only. */
  readonly timing?: Partial<FeishuTiming>;
}

export interface FeishuTiming extends StreamTiming {
  /** For one request. */
  readonly httpTimeoutMs: number;
}

const DEFAULT_TIMING: FeishuTiming = {
  httpTimeoutMs: 10_000,
  handshakeTimeoutMs: 10_000,
  pongTimeoutMs: 15_000,
  patienceMs: 60_000,
  backoffMs,
};

const ORIGINS = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' } as const;

/** 5 messages a second to one chat, 50 a second in all, with some room to spare. Longer texts than a card holds go out as several messages. */
const LIMITS: ChannelLimits = {
  maxText: 20_000,
  textUnit: 'utf8-bytes',
  maxButtonsPerRow: 2,
  chatIntervalMs: { private: 220, group: 220 },
  sendsPerSecond: 40,
};

/**
 * Feishu, and Lark, its twin outside China. The SDK, which is large, is loaded when the channel is first used.
 * @example createFeishuChannel({ appId: 'cli_9f5343c580712544', appSecret, mode: 'stream', domain: 'feishu', log })
 * @throws {AppError} `CONFIG_INVALID` for an app id the long connection would not take, or a webhook without its two secrets.
 */
export function createFeishuChannel(options: FeishuOptions): Channel {
  return new FeishuChannel(options);
}

class FeishuChannel implements Channel {
  readonly name = 'feishu';
  readonly limits = LIMITS;
  readonly webhook: RequestHandler | null;
  readonly #options: FeishuOptions;
  readonly #timing: FeishuTiming;
  readonly #redact: (text: string) => string;
  #runtime: Promise<Runtime> | null = null;
  #stream: FeishuStream | null = null;
  #intake: Intake | null = null;
  #state: ChannelState = { status: 'idle' };

  constructor(options: FeishuOptions) {
    const { appId, appSecret, mode, encryptKey = '', verificationToken = '', log, now = Date.now } = options;
    if (mode === 'stream' && !isAppId(appId)) {
      throw invalid(`Expected a Feishu app id of "cli_" and 16 hexadecimal digits, got ${JSON.stringify(appId)}`);
    }
    if (appSecret === '') throw invalid('Expected the App Secret of the Feishu app, got nothing');
    if (mode === 'webhook' && (encryptKey === '' || verificationToken === '')) {
      throw invalid('Expected an Encrypt Key and a Verification Token for the Feishu webhook: without both anyone could forge messages');
    }
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#redact = createRedactor([appSecret, encryptKey, verificationToken]);
    this.webhook =
      mode === 'webhook' ? feishuWebhook({ appId, encryptKey, verificationToken, log, now, intake: () => this.#intake }) : null;
  }

  state(): ChannelState {
    return this.#state.status === 'connected' && this.#stream !== null ? this.#stream.state() : this.#state;
  }

  async start(receive: Receive, signal: AbortSignal): Promise<void> {
    const { appId, log, mode } = this.#options;
    if (this.#state.status !== 'idle' && this.#state.status !== 'failed')
      throw new AppError('INTERNAL', 'Expected a channel that is not running');
    this.#state = { status: 'connecting' };
    const runtime = await this.#load();
    const identity = await this.#identify(runtime.client, signal);
    if (identity === null || signal.aborted) {
      this.#state = { status: 'idle' };
      return;
    }
    log.info({ channel: 'feishu', mode, bot: identity.name, openId: identity.openId }, 'feishu bot identified');

    const intake: Intake = { receive, context: { appId, botOpenId: identity.openId } };
    const detail = `${mode} as ${identity.name}`;
    const onAbort = () => {
      this.#intake = null;
      this.#stream = null;
      this.#state = { status: 'idle' };
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (mode === 'webhook') {
      this.#intake = intake;
    } else {
      this.#stream = runtime.createStream(detail, async (envelope) => {
        const received = decodeEvent(envelope, intake.context);
        if (received === null) return null;
        await receive(received);
        return toastFor(received);
      });
    }
    this.#state = { status: 'connected', detail };
    await this.#stream?.start(signal);
  }

  async send(reply: OutgoingReply, signal: AbortSignal): Promise<Delivery> {
    const { client } = await this.#load();
    return client.send(reply, signal);
  }

  async fetchFile(fileId: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const { client } = await this.#load();
    return client.fetchFile(fileId, maxBytes, signal);
  }

  /** Null when the signal aborts first. @throws {AppError} `CHANNEL_REJECTED` */
  async #identify(client: FeishuClient, signal: AbortSignal): Promise<BotIdentity | null> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const outcome = await client.identify(signal);
      if (signal.aborted) break;
      if (outcome.status === 'known') return outcome.identity;
      if (outcome.status === 'refused') {
        this.#state = { status: 'failed', reason: outcome.error.message };
        throw outcome.error;
      }
      this.#state = { status: 'reconnecting', reason: `the platform does not answer (${outcome.reason})` };
      this.#options.log.warn({ channel: 'feishu', reason: outcome.reason, attempt }, 'feishu cannot be reached yet');
      await pause(this.#timing.backoffMs(attempt), signal);
    }
    return null;
  }

  #load(): Promise<Runtime> {
    this.#runtime ??= loadRuntime(this.#options, this.#timing, this.#redact);
    return this.#runtime;
  }
}

/** What needs the SDK. */
interface Runtime {
  readonly client: FeishuClient;
  readonly createStream: (detail: string, onEvent: (envelope: unknown) => Promise<object | null>) => FeishuStream;
}

async function loadRuntime(options: FeishuOptions, timing: FeishuTiming, redact: (text: string) => string): Promise<Runtime> {
  const [{ createHttp, FeishuClient }, { FeishuStream }] = await Promise.all([import('./client.ts'), import('./stream.ts')]);
  const { appId, appSecret, domain, log, draw = null } = options;
  const logger = createSdkLogger(log, redact);
  const http = createHttp(timing.httpTimeoutMs);
  const origin = domain instanceof URL ? domain.origin : ORIGINS[domain];
  return {
    client: new FeishuClient({ appId, appSecret, origin, logger, http, idleTimeoutMs: timing.httpTimeoutMs, draw }),
    createStream: (detail, onEvent) => new FeishuStream({ appId, appSecret, origin, http, logger, log, redact, timing, detail, onEvent }),
  };
}

function invalid(message: string): AppError {
  return new AppError('CONFIG_INVALID', message);
}
