import { EventDispatcher, type HttpInstance, type Logger, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import type { Log } from '../../domain/log.ts';
import type { ChannelState } from '../channel.ts';
import { pause } from './backoff.ts';
import { CARD_EVENT, MESSAGE_EVENT } from './decode.ts';

export interface StreamTiming {
  /** For the opening of the socket. */
  readonly handshakeTimeoutMs: number;
  /** For the answer to a ping; without it a dead connection is never noticed. Shorter than the platform's ping interval (120 s). */
  readonly pongTimeoutMs: number;
  /** A client that has been without a connection for so long is replaced; the SDK's own retries may be minutes apart. */
  readonly patienceMs: number;
  /** Delay before the next client, by the number of clients that failed in a row. */
  readonly backoffMs: (attempt: number) => number;
}

export interface StreamOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly origin: string;
  readonly http: HttpInstance;
  readonly logger: Logger;
  readonly log: Log;
  readonly redact: (text: string) => string;
  readonly timing: StreamTiming;
  /** What `state()` says while connected. */
  readonly detail: string;
  /**
   * Stores one event and gives what the platform shows at once. Acknowledged when it resolves; the platform pushes the event again when it rejects,
   * or does not resolve within three seconds.
   */
  readonly onEvent: (envelope: unknown) => Promise<object | null>;
}

/** Refusals that no repeat will cure: forbidden, wrong secret, app of the other platform. */
const NEEDS_A_PERSON: ReadonlySet<string> = new Set(['403', '514', '1000040351']);

/**
 * The long connection: events come to us, no address is needed.
 * The SDK's client reconnects after a lost connection but gives up for ever on some refusals, so we watch it and replace it. At most one is alive.
 */
export class FeishuStream {
  readonly #options: StreamOptions;
  readonly #dispatcher: EventDispatcher;
  #state: ChannelState = { status: 'connecting' };
  #failures = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    const { logger, onEvent } = options;
    this.#dispatcher = new EventDispatcher({ logger, loggerLevel: LoggerLevel.warn });
    // The SDK lays header and event flat into one object, so that object serves as both.
    const handle = async (fields: unknown) => (await onEvent({ header: fields, event: fields })) ?? undefined;
    this.#dispatcher.register<Record<string, unknown>>({ [MESSAGE_EVENT]: handle, [CARD_EVENT]: handle });
  }

  state(): ChannelState {
    return this.#state;
  }

  /**
   * Connects and stays connected until the signal aborts.
   * Resolves after the first attempt: connected, or failed and being repeated in the background, as `state()` tells.
   */
  start(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      void this.#superviseUntil(signal, resolve).finally(resolve);
    });
  }

  async #superviseUntil(signal: AbortSignal, onFirstAttempt: () => void): Promise<void> {
    const { log, timing } = this.#options;
    while (!signal.aborted) {
      const reason = await this.#runClient(signal, onFirstAttempt);
      if (signal.aborted) break;
      const needsPerson = NEEDS_A_PERSON.has(/\bcode=(\d+)/.exec(reason)?.[1] ?? '');
      this.#state = needsPerson ? { status: 'failed', reason } : { status: 'reconnecting', reason };
      log.warn({ channel: 'feishu', reason, failures: this.#failures + 1 }, 'long connection lost, a new client follows');
      onFirstAttempt();
      await pause(timing.backoffMs(this.#failures), signal);
      this.#failures += 1;
    }
    this.#state = { status: 'idle' };
  }

  /** One client, from start to its end. Resolves with the reason once it is closed. */
  #runClient(signal: AbortSignal, onFirstAttempt: () => void): Promise<string> {
    const { appId, appSecret, origin, http, logger, log, redact, timing, detail } = this.#options;
    return new Promise((resolve) => {
      let patience: NodeJS.Timeout | undefined;
      const end = (reason: string) => {
        clearTimeout(patience);
        signal.removeEventListener('abort', onAbort);
        client.close({ force: true });
        resolve(reason);
      };
      const onAbort = () => end('stopped');
      const waitForConnection = () => {
        clearTimeout(patience);
        patience = setTimeout(() => end(`no connection for ${timing.patienceMs} ms`), timing.patienceMs);
      };
      const onConnected = () => {
        clearTimeout(patience);
        this.#failures = 0;
        this.#state = { status: 'connected', detail };
        log.info({ channel: 'feishu' }, 'long connection established');
        onFirstAttempt();
      };

      const client = new WSClient({
        appId,
        appSecret,
        domain: origin,
        httpInstance: http,
        logger,
        loggerLevel: LoggerLevel.warn,
        handshakeTimeoutMs: timing.handshakeTimeoutMs,
        wsConfig: { pingTimeout: timing.pongTimeoutMs / 1000 },
        onReady: onConnected,
        onReconnected: onConnected,
        onReconnecting: () => {
          this.#state = { status: 'reconnecting', reason: 'connection lost' };
          log.warn({ channel: 'feishu' }, 'long connection lost');
          waitForConnection();
        },
        onError: (error) => end(redact(error.message)),
      });
      signal.addEventListener('abort', onAbort);
      waitForConnection();
      void client.start({ eventDispatcher: this.#dispatcher });
    });
  }
}
