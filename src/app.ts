import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareSetUp } from './admin/accounts/set-up.ts';
import { adminOpenApi } from './admin/http/openapi.ts';
import { serveConsole } from './admin/page.ts';
import { isSingleAdmin } from './admin/single-admin.ts';
import { createAnswerer } from './answering/answerer.ts';
import { fuseScores } from './answering/similarity.ts';
import { createWebChannel } from './channels/web/index.ts';
import { composeAdmin, composeLibrarian } from './compose/admin.ts';
import { type ChannelTuning, createChannels, startChannels } from './compose/channels.ts';
import { type DeliveryTuning, limitsOf, startDelivery } from './compose/delivery.ts';
import { composeHandOff } from './compose/hand-off.ts';
import { composeInsight } from './compose/insight.ts';
import { composeNews } from './compose/news.ts';
import { type JobTuning, startJobs } from './compose/jobs.ts';
import { modelHelp, startModels } from './compose/models.ts';
import { composeReplicas, type ReplicaTuning } from './compose/replicas.ts';
import { composeStacks } from './compose/stacks.ts';
import { houseState } from './compose/state.ts';
import { storeLocation } from './compose/store-location.ts';
import { startTracing } from './compose/tracing.ts';
import type { Config } from './config/load.ts';
import { createAssistant } from './conversations/assistant.ts';
import { inOrder } from './domain/in-order.ts';
import { DEFAULT_SAMPLES, type HouseWords, tooManyNotice } from './conversations/notices.ts';
import { createRateLimiter, type RateLimits } from './conversations/rate-limit.ts';
import { createIds } from './delivery/ids.ts';
import { createIntake } from './delivery/intake.ts';
import { outgoingOf } from './delivery/outgoing.ts';
import type { Pump } from './delivery/pump.ts';
import type { Log } from './domain/log.ts';
import type { Incoming, Notice, OutgoingReply } from './domain/message.ts';
import { tracedAnswer } from './domain/tracing.ts';
import type { Handled } from './domain/turn.ts';
import { createEditorial } from './knowledge/editorial/create-editorial.ts';
import { createArchive } from './library/archive.ts';
import { createLibraryDesk } from './library/desk.ts';
import { libraryViews } from './library/views.ts';
import { openLibrary } from './library/service.ts';
import { fileShelf } from './library/snapshot-shelf.ts';
import type { ModelsOptions } from './models/index.ts';
import { createMetrics } from './observability/metrics.ts';
import { createHttp, listen } from './server.ts';
import { pseudonymKey } from './privacy/key.ts';
import { createPseudonyms } from './privacy/pseudonyms.ts';
import { openStore } from './storage/open-store.ts';
import { becomeSoleOwner } from './storage/sole-owner.ts';

/** A running house. */
export interface App {
  /** Where the page is served. */
  readonly url: string;
  /** Where the first admin is made, good once and for a day; null when there are accounts already. */
  readonly setUpUrl: string | null;
  /** Stops intake, finishes the work in hand, closes the database. */
  stop(): Promise<void>;
}

/** What tests and load runs may set; everything left out is as in production. */
export interface Tuning extends ChannelTuning, DeliveryTuning {
  readonly models?: Pick<ModelsOptions, 'breaker' | 'pauseMs' | 'trial'>;
  readonly rateLimits?: RateLimits;
  readonly jobs?: JobTuning;
  readonly replicas?: ReplicaTuning;
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

/**
 * Composes and starts everything: config → store → library → assistant → delivery → channels → HTTP. The only place where rooms are joined.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, `CONFIG_INVALID`, `STORE_UNAVAILABLE`
 */
export async function startApp(config: Config, log: Log, tuning: Tuning = {}): Promise<App> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const now = Date.now;
  const metrics = createMetrics();

  const location = storeLocation(config);
  const disown = location.kind === 'sqlite' ? becomeSoleOwner(location.file) : null;
  /** Names this process among all that work on the database. */
  const holder = newId();
  const store = await openStore(location, { log, now, newId, ...(location.kind === 'postgres' && { holder }) }).catch((error: unknown) => {
    disown?.();
    throw error;
  });
  const editorial = createEditorial({ store: store.editorial, isSingleAdmin: () => isSingleAdmin(store.admin), now });
  const { timeZone, knowledgeDir } = config;
  const shelf = store.snapshots ?? fileShelf(join(config.dataDir, 'index.snapshot'));
  const library = await openLibrary({ folder: knowledgeDir, store: store.editorial, log, now, timeZone, shelf }).catch(
    async (error: unknown) => {
      await store.close();
      disown?.();
      throw error;
    },
  );
  library.run(editorial, signal);
  const key = pseudonymKey(config.pseudonymKey, config.dataDir);
  const traces = await startTracing({ config, key, holder, now, log });
  const { tracing } = traces;
  const words: HouseWords = { sampleQuestions: DEFAULT_SAMPLES, contact: config.staffContact };
  const answerer = createAnswerer(() => library.current());
  const stacks = composeStacks({ config, state: () => library.current(), log, now });
  const archive = createArchive(store.editorial, timeZone);
  const models = await startModels(config, {
    ...tuning.models,
    folder: join(config.dataDir, 'models'),
    sections: () => library.current().corpus.sections,
    fuse: fuseScores,
    now,
    log,
    stop: signal,
    onCall: metrics.modelCalled,
  });
  const help = models && modelHelp(models, config, metrics.modelJudged);
  const replicas = composeReplicas(
    { store, kind: location.kind, channels: createChannels(config, log, tuning), holder, now, log },
    tuning.replicas,
  );
  const { channels } = replicas;
  const desk = createLibraryDesk({ library, store: store.editorial, words, timeZone, now });
  const librarian = composeLibrarian({ store, editorial, channels, now }, signal);
  const limitOf = limitsOf(channels);
  const outgoing = (notices: readonly Notice[], nextId = newId): OutgoingReply[] =>
    notices.flatMap((notice) => outgoingOf(notice, { limitOf, newId: nextId }));
  const { handOff, desks, deskBook } = composeHandOff({ config, store, librarian, outgoing, now, newId });
  const { insight, digest } = composeInsight({ store, library, desks, outgoing, timeZone, publicUrl: config.publicUrl, now });
  const { subscriptions, news } = composeNews({ store, library, outgoing, timeZone, now, newId });
  const assistant = createAssistant({
    answerer,
    store,
    words,
    now,
    newId,
    log,
    archive,
    librarian,
    handOff,
    deskBook,
    interests: store.interests,
    erasure: store.privacy,
    subscriptions,
    pseudonyms: createPseudonyms(key),
    today: () => library.current().today,
    ...(help && { models: help }),
    ...(stacks && { stacks }),
  });
  const receive = createIntake(
    store,
    now,
    {
      onStored: ({ message }) => metrics.messageStored(message.channel),
      onDuplicate: ({ message }) => metrics.messageRepeated(message.channel),
    },
    tracing,
  );
  const answer = async (message: Incoming): Promise<Handled> => {
    const handled = await assistant.handle(message);
    if (handled.turn?.answer) metrics.questionEnded(message.channel, handled.turn.answer.outcome);
    return handled;
  };
  const limiter = createRateLimiter(replicas.rates, tuning.rateLimits);
  const handleMessage = async (message: Incoming): Promise<Handled> => {
    const verdict = await limiter.check(`${message.lane}/${message.senderId}`, message.lane, now());
    if (verdict === 'answer') return answer(message);
    log.warn({ channel: message.channel, lane: message.lane, verdict }, 'too many messages');
    return { replies: verdict === 'notice' ? [tooManyNotice()] : [], turn: null, feedback: null };
  };
  startJobs({ store, editorial, library, answerer, handOff, digest, news, outgoing, now, log }, tuning.jobs, signal);
  const purging = setInterval(() => {
    store.purge(now() - KEEP_MS).catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'old entries were not purged'));
  }, PURGE_EVERY_MS).unref();

  const inLane = inOrder();
  const handleNow = (message: Incoming): Promise<Handled> =>
    inLane(message.lane, () =>
      tracing.receive(message, async (span) => {
        const startMs = performance.now();
        const handled = await tracedAnswer(span, () => answer(message));
        const notices = outgoing(handled.notices ?? [], () => tracing.mark(newId(), message, 0));
        await span.step('store', () => store.save(handled, notices));
        metrics.webAnswered(performance.now() - startMs);
        return handled;
      }),
    );

  const state = houseState({
    channels,
    ping: () => store.ping(),
    counts: () => store.counts(),
    sections: () => library.current().corpus.sections.length,
    metrics,
    now,
  });

  const pageDir = existsSync(PAGE_DIR) ? PAGE_DIR : null;
  const web = createWebChannel(
    {
      handle: handleNow,
      news: (conversationId, seen) => store.collect('web', conversationId, seen, now()),
      ...libraryViews(answerer, () => library.current(), archive, stacks),
      samples: () => words.sampleQuestions,
      log,
      now,
      newId,
    },
    { pageDir, adminOpenApi: adminOpenApi() },
  );
  const webhooks = new Map(channels.flatMap(({ name, webhook }) => (webhook ? [[name, webhook] as const] : [])));
  const pumps: Pump[] = [];
  const close = async (): Promise<void> => {
    stopping.abort();
    clearInterval(purging);
    await Promise.all([...pumps.map((pump) => pump.stopped), models?.closed()]);
    await replicas.leave();
    await stacks?.close();
    await store.close();
    disown?.();
    await traces.close();
  };
  const admin = {
    api: composeAdmin(
      { config, store, editorial, library: desk, staff: handOff, insight, digest, channels, counts: () => store.counts(), log, now, newId },
      signal,
    ),
    page: pageDir === null ? null : serveConsole(pageDir),
  };
  const server = await listen(
    createHttp({ webhooks, web: web.router, admin, trustProxy: config.trustProxy, rates: replicas.rates, ...state }),
    config.host,
    config.port,
  ).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (disown !== null) {
    const released = await store.releaseLeases(now());
    if (released > 0) log.warn({ released }, 'the last run was interrupted; going on with what it had in hand');
  }
  await replicas.seen;
  pumps.push(
    ...startDelivery(
      {
        store,
        channels,
        handle: handleMessage,
        limitOf,
        senders: replicas.count,
        staffContact: config.staffContact,
        metrics,
        tracing,
        now,
        newId,
        log,
      },
      tuning,
      signal,
    ),
  );
  startChannels(channels, receive, signal, log);

  const { port } = server.address() as AddressInfo;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const setUpCode = await prepareSetUp(store.admin, now);
  return {
    url,
    setUpUrl: setUpCode === null ? null : `${config.publicUrl ?? url}/admin#/set-up?code=${setUpCode}`,
    async stop() {
      stopping.abort();
      await closeServer(server);
      await close();
    },
  };
}

/** Lets running requests finish, within reason. */
async function closeServer(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), REQUEST_GRACE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}
