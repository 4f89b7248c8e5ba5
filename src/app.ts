import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import helmet from 'helmet';
import { createAnswerer } from './answering/answerer.ts';
import { issuedLine } from './answering/cite.ts';
import type { Channel } from './channels/channel.ts';
import { createFeishuChannel } from './channels/feishu/index.ts';
import { createTelegramChannel } from './channels/telegram/index.ts';
import { createWebChannel } from './channels/web/index.ts';
import type { SectionView, Topic } from './channels/web/schemas.ts';
import type { Config } from './config/load.ts';
import { type Assistant, createAssistant } from './conversations/assistant.ts';
import { inOrder } from './conversations/in-order.ts';
import { apologyNotice, DEFAULT_SAMPLES, type HouseWords } from './conversations/notices.ts';
import { createIntake } from './delivery/intake.ts';
import { runSender } from './delivery/sender.ts';
import { runWorker } from './delivery/worker.ts';
import { CATEGORIES, CATEGORY_IDS } from './domain/categories.ts';
import type { Log } from './domain/log.ts';
import type { Incoming } from './domain/message.ts';
import type { Handled } from './domain/turn.ts';
import { openLibrary } from './library-service.ts';
import { MemoryStore } from './storage/memory-store.ts';

/** A running house. */
export interface App {
  /** Where the page is served. */
  readonly url: string;
  readonly channels: readonly Channel[];
  readonly assistant: Assistant;
  /** Stops intake, finishes the work in hand, closes. */
  stop(): Promise<void>;
}

/** The page as built by `npm run build`. */
const PAGE_DIR = fileURLToPath(new URL('../dist/console', import.meta.url));

const newId = (): string => randomBytes(12).toString('base64url');

/**
 * Composes and starts everything: config → library → assistant → delivery → channels → HTTP. The only place where rooms are joined.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, `CONFIG_INVALID`
 */
export async function startApp(config: Config, log: Log): Promise<App> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const now = Date.now;

  const library = await openLibrary(config.knowledgeDir, log);
  library.watch(signal);
  const words: HouseWords = { sampleQuestions: DEFAULT_SAMPLES, contact: config.staffContact };
  const answerer = createAnswerer(library.corpus);
  const store = new MemoryStore();
  const assistant = createAssistant({ answerer, store, words, now, newId });

  const channels = createChannels(config, log);
  const receive = createIntake(store, now, {
    onStored: ({ message }) => log.debug({ channel: message.channel, messageId: message.messageId }, 'message stored'),
    onDuplicate: ({ message }) => log.debug({ channel: message.channel, messageId: message.messageId }, 'repeated message ignored'),
  });
  const limitOf = (name: string) => channels.find((channel) => channel.name === name)?.limits ?? { maxText: 20_000, textUnit: 'utf16' as const };
  const pumps =
    channels.length === 0
      ? []
      : [
          runWorker({ store, handle: assistant.handle, limitOf, apology: apologyNotice(config.staffContact), now, random: Math.random, newId, log }, signal),
          ...channels.map((outlet) => runSender({ store, outlet, now, random: Math.random, log }, signal)),
        ];

  const inLane = inOrder();
  const handleNow = (message: Incoming): Promise<Handled> =>
    inLane(message.lane, async () => {
      const handled = await assistant.handle(message);
      await store.save(handled);
      return handled;
    });
  const section = (documentId: string, number: number): SectionView | null => {
    const found = answerer.section(documentId, number);
    const record = answerer.record(documentId);
    if (!found || !record) return null;
    return {
      documentId,
      documentTitle: record.title,
      section: found.number,
      title: found.title,
      part: found.part,
      text: found.text,
      sentences: [...found.sentences],
      issued: issuedLine(record),
      categories: found.categories.map((category) => CATEGORIES[category]),
    };
  };
  const topics = (): Topic[] =>
    CATEGORY_IDS.map((category): Topic => {
      const sections = library.corpus().sections.filter((candidate) => candidate.categories.includes(category) && candidate.number > 0);
      return { category, label: CATEGORIES[category], sections: sections.map(({ documentId, number, title }) => ({ documentId, section: number, title })) };
    }).filter((topic) => topic.sections.length > 0);

  const http = express();
  http.disable('x-powered-by');
  http.use(helmet({ contentSecurityPolicy: { directives: CONTENT_SECURITY } }));
  // Webhooks read the raw body themselves, so they stand before anything that parses one.
  for (const channel of channels) if (channel.webhook) http.post(`/webhooks/${channel.name}`, channel.webhook);
  const web = createWebChannel(
    { handle: handleNow, section, topics, samples: () => words.sampleQuestions, log, now, newId },
    { pageDir: existsSync(PAGE_DIR) ? PAGE_DIR : null },
  );
  http.use(web.router);
  const server = await listen(http, config);
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`;

  for (const channel of channels) {
    // A platform that cannot be reached must not keep the page and the other platforms from starting.
    channel.start(receive, signal).then(
      () => log.info({ channel: channel.name, state: channel.state() }, 'channel started'),
      (error: unknown) => {
        if (!signal.aborted) log.error({ channel: channel.name, reason: error instanceof Error ? error.message : String(error), hint: hintOf(error) }, 'channel could not start');
      },
    );
  }
  if (channels.length === 0) log.info({}, 'no TELEGRAM_BOT_TOKEN or FEISHU_APP_ID set: serving the web page and the HTTP API alone');

  return {
    url,
    channels,
    assistant,
    async stop() {
      stopping.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await Promise.all(pumps.map((pump) => pump.stopped));
    },
  };
}

/** Scripts, styles and data from here only; nothing may frame the page. */
const CONTENT_SECURITY = {
  'default-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
  'img-src': ["'self'", 'data:'],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'upgrade-insecure-requests': null,
};

const hintOf = (error: unknown): string | null => (error instanceof Error && 'hint' in error ? String(error.hint) : null);

function createChannels({ telegram, feishu, publicUrl }: Config, log: Log): Channel[] {
  const channels: Channel[] = [];
  if (telegram) {
    channels.push(
      createTelegramChannel({
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
      }),
    );
  }
  return channels;
}

function listen(http: express.Express, { host, port }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = http.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)));
  });
}
