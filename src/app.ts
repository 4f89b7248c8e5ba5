import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAnswerer } from './answering/answerer.ts';
import type { Channel } from './channels/channel.ts';
import { createFeishuChannel, type FeishuTiming } from './channels/feishu/index.ts';
import { createTelegramChannel, type TelegramOptions } from './channels/telegram/index.ts';
import { createWebChannel } from './channels/web/index.ts';
import type { Config } from './config/load.ts';
import { contextKey, createAssistant } from './conversations/assistant.ts';
import { inOrder } from './conversations/in-order.ts';
import { apologyNotice, DEFAULT_SAMPLES, type HouseWords, tooManyNotice } from './conversations/notices.ts';
import type { ModelHelp } from './conversations/model-ports.ts';
import { createRateLimiter, type RateLimits } from './conversations/rate-limit.ts';
import { createIds } from './delivery/ids.ts';
import { createIntake } from './delivery/intake.ts';
import type { Pump } from './delivery/pump.ts';
import { type Outlet, runSender, type SenderOptions } from './delivery/sender.ts';
import { runWorker, type WorkerOptions } from './delivery/worker.ts';
import type { Log } from './domain/log.ts';
import type { ChannelName, Incoming } from './domain/message.ts';
import type { Handled } from './domain/turn.ts';
import { libraryViews } from './library-views.ts';
import { openLibrary } from './library-service.ts';
import type { Models, ModelsOptions } from './models/index.ts';
import { healthOf } from './observability/health.ts';
import { createMetrics } from './observability/metrics.ts';
import { createHttp, listen } from './server.ts';
import { openStore, type StoreLocation } from './storage/open-store.ts';
import { becomeSoleOwner } from './storage/sole-owner.ts';

/** A running house. */
export interface App {
  /** Where the page is served. */
  readonly url: string;
  /** Stops intake, finishes the work in hand, closes the database. */
  stop(): Promise<void>;
}

/** What tests and load runs may set; everything left out is as in production. */
export interface Tuning {
  readonly worker?: Pick<WorkerOptions, 'concurrency' | 'staleAfterMs' | 'maxAttempts' | 'pollMs' | 'retryBaseMs'>;
  readonly sender?: Pick<SenderOptions, 'concurrency' | 'maxAttempts' | 'pollMs' | 'retryBaseMs'>;
  readonly feishu?: Partial<FeishuTiming>;
  readonly telegram?: Pick<TelegramOptions, 'callTimeoutMs' | 'wait'>;
  readonly models?: Pick<ModelsOptions, 'breaker' | 'pauseMs'>;
  readonly rateLimits?: RateLimits;
  /** Sends as fast as the other side takes it; no platform would stand for that. */
  readonly isUnpaced?: boolean;
}

/** The page as built by `npm run build`. */
const PAGE_DIR = fileURLToPath(new URL('../dist/console', import.meta.url));
/** Dedupe keys and ended work are kept this long; the platforms deliver again for up to 24 hours. */
const KEEP_MS = 72 * 3_600_000;
const PURGE_EVERY_MS = 3_600_000;
/** When we stop, requests that take longer than this are cut off. */
const REQUEST_GRACE_MS = 5_000;

const newId = createIds(Date.now);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where messages, replies and conversations are kept. */
export const storeLocation = ({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): StoreLocation =>
  databaseUrl === null ? { kind: 'sqlite', file: join(dataDir, 'wence.db') } : { kind: 'postgres', url: databaseUrl };

/**
 * Composes and starts everything: config → store → library → assistant → delivery → channels → HTTP. The only place where rooms are joined.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, `CONFIG_INVALID`, `STORE_UNAVAILABLE`
 */
export async function startApp(config: Config, log: Log, tuning: Tuning = {}): Promise<App> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const now = Date.now;
  const metrics = createMetrics();

  const library = await openLibrary(config.knowledgeDir, log, join(config.dataDir, 'index.snapshot'));
  const location = storeLocation(config);
  const disown = location.kind === 'sqlite' ? becomeSoleOwner(location.file) : null;
  const store = await openStore(location, { log, now, newId }).catch((error: unknown) => {
    disown?.();
    throw error;
  });
  library.watch(signal);
  const words: HouseWords = { sampleQuestions: DEFAULT_SAMPLES, contact: config.staffContact };
  const answerer = createAnswerer(library.corpus);
  const models = await startModels(config, {
    ...tuning.models,
    folder: join(config.dataDir, 'models'),
    sections: () => library.corpus().sections,
    now,
    log,
    stop: signal,
    onCall: metrics.modelCalled,
  });
  const help = models && modelHelp(models, config, metrics.modelJudged);
  const assistant = createAssistant({ answerer, store, words, now, newId, ...(help && { models: help }) });

  const channels = createChannels(config, log, tuning);
  const receive = createIntake(store, now, {
    onStored: ({ message }) => metrics.messageStored(message.channel),
    onDuplicate: ({ message }) => metrics.messageRepeated(message.channel),
  });
  const limiter = createRateLimiter(tuning.rateLimits);
  const handleMessage = async (message: Incoming): Promise<Handled> => {
    const verdict = limiter.check(contextKey(message), message.lane, now());
    if (verdict === 'answer') return assistant.handle(message);
    log.warn({ channel: message.channel, lane: message.lane, verdict }, 'too many messages');
    return { replies: verdict === 'notice' ? [tooManyNotice()] : [], turn: null, feedback: null };
  };
  const limitOf = (name: ChannelName) =>
    channels.find((channel) => channel.name === name)?.limits ?? { maxText: 4_000, textUnit: 'utf16' as const };
  const startDelivery = (): Pump[] => {
    if (channels.length === 0) return [];
    const apology = apologyNotice(config.staffContact);
    const shared = { store, now, random: Math.random, log };
    return [
      runWorker(
        {
          ...shared,
          ...tuning.worker,
          handle: handleMessage,
          limitOf,
          apology,
          newId,
          onEnd: ({ channel }, outcome, tookMs) => metrics.messageEnded(channel, outcome, tookMs),
        },
        signal,
      ),
      ...channels.map((channel) =>
        runSender(
          {
            ...shared,
            ...tuning.sender,
            outlet: tuning.isUnpaced ? unpaced(channel) : channel,
            onEnd: (reply, status, tookMs) => metrics.replyEnded(reply.channel, status, tookMs),
            onRetry: (reply, code) => metrics.replyRetried(reply.channel, code),
          },
          signal,
        ),
      ),
    ];
  };
  const purging = setInterval(() => {
    store.purge(now() - KEEP_MS).catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'old entries were not purged'));
  }, PURGE_EVERY_MS).unref();

  const inLane = inOrder();
  const handleNow = (message: Incoming): Promise<Handled> =>
    inLane(message.lane, async () => {
      const startMs = performance.now();
      const handled = await assistant.handle(message);
      await store.save(handled);
      metrics.webAnswered(performance.now() - startMs);
      return handled;
    });

  const health = async () => {
    const database = await store.ping().then(
      () => ({ name: 'database', isReady: true, detail: 'writable' }),
      (error: unknown) => ({ name: 'database', isReady: false, detail: reasonOf(error) }),
    );
    const connections = channels.map((channel) => {
      const state = channel.state();
      return {
        name: channel.name,
        isReady: state.status === 'connected',
        detail: 'reason' in state ? `${state.status}: ${state.reason}` : state.status,
      };
    });
    return healthOf([{ name: 'library', isReady: true, detail: `${library.corpus().sections.length} sections` }, database, ...connections]);
  };
  const renderMetrics = () =>
    metrics.render(async ({ queue, oldestWaitingSeconds, connected }) => {
      const counts = await store.counts();
      queue('waiting', counts.waiting);
      queue('unsent', counts.unsent);
      queue('dead_messages', counts.deadMessages);
      queue('dead_replies', counts.deadReplies);
      queue('unknown_replies', counts.unknownReplies);
      oldestWaitingSeconds(counts.oldestWaitingAtMs === null ? 0 : (now() - counts.oldestWaitingAtMs) / 1000);
      for (const channel of channels) connected(channel.name, channel.state().status === 'connected');
    });

  const web = createWebChannel(
    { handle: handleNow, ...libraryViews(answerer, library.corpus), samples: () => words.sampleQuestions, log, now, newId },
    { pageDir: existsSync(PAGE_DIR) ? PAGE_DIR : null },
  );
  const webhooks = new Map(channels.flatMap(({ name, webhook }) => (webhook ? [[name, webhook] as const] : [])));
  const pumps: Pump[] = [];
  const close = async (): Promise<void> => {
    stopping.abort();
    clearInterval(purging);
    await Promise.all([...pumps.map((pump) => pump.stopped), models?.closed()]);
    await store.close();
    disown?.();
  };
  const server = await listen(createHttp({ webhooks, web: web.router, health, metrics: renderMetrics }), config.host, config.port).catch(
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  if (disown !== null) {
    const released = await store.releaseLeases(now());
    if (released > 0) log.warn({ released }, 'the last run was interrupted; going on with what it had in hand');
  }
  pumps.push(...startDelivery());
  startChannels(channels, receive, signal, log);

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    async stop() {
      stopping.abort();
      await closeServer(server);
      await close();
    },
  };
}

/** The models that are set up; null when none is, and then their libraries are not even loaded. */
async function startModels({ llm, embedding }: Config, options: Omit<ModelsOptions, 'llm' | 'embedding'>): Promise<Models | null> {
  if (!llm && !embedding) return null;
  const { openModels } = await import('./models/index.ts');
  return openModels({ ...options, llm, embedding });
}

const modelHelp = (
  { rewriter, wording, embeddings }: Models,
  { llm, embedding }: Config,
  onVerdict: ModelHelp['onVerdict'],
): ModelHelp => ({
  rewriter,
  wording,
  embedder: embeddings,
  timeoutMs: llm?.timeoutMs ?? 0,
  embeddingTimeoutMs: embedding?.timeoutMs ?? 0,
  ...(onVerdict && { onVerdict }),
});

/** Lets running requests finish, within reason. */
async function closeServer(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), REQUEST_GRACE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}

const unpaced = (channel: Channel): Outlet => ({
  name: channel.name,
  limits: { chatIntervalMs: { private: 0, group: 0 }, sendsPerSecond: Number.POSITIVE_INFINITY },
  send: (reply, signal) => channel.send(reply, signal),
});

/** Side by side: a platform that cannot be reached must not keep the page and the other platforms from starting. */
function startChannels(channels: readonly Channel[], receive: Parameters<Channel['start']>[0], signal: AbortSignal, log: Log): void {
  if (channels.length === 0) log.info({}, 'no TELEGRAM_BOT_TOKEN or FEISHU_APP_ID set: serving the web page and the HTTP API alone');
  for (const channel of channels) {
    channel.start(receive, signal).then(
      () => log.info({ channel: channel.name, state: channel.state() }, 'channel started'),
      (error: unknown) => {
        const hint = error instanceof Error && 'hint' in error ? error.hint : null;
        if (!signal.aborted) log.error({ channel: channel.name, reason: reasonOf(error), hint }, 'channel could not start');
      },
    );
  }
}

function createChannels({ telegram, feishu, publicUrl }: Config, log: Log, tuning: Tuning): Channel[] {
  const channels: Channel[] = [];
  if (telegram) {
    channels.push(
      createTelegramChannel({
        ...tuning.telegram,
        token: telegram.token,
        mode: telegram.mode,
        apiRoot: telegram.apiRoot,
        webhookSecret: telegram.webhookSecret ?? undefined,
        webhookUrl: publicUrl === null ? undefined : `${publicUrl}/webhooks/telegram`,
        log,
      }),
    );
  }
  if (feishu) {
    const { appId, appSecret, mode, domain } = feishu;
    channels.push(
      createFeishuChannel({
        appId,
        appSecret,
        mode,
        domain: domain === 'feishu' || domain === 'lark' ? domain : new URL(domain),
        encryptKey: feishu.encryptKey ?? undefined,
        verificationToken: feishu.verificationToken ?? undefined,
        log,
        ...(tuning.feishu && { timing: tuning.feishu }),
      }),
    );
  }
  return channels;
}
