import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readQuestions } from '../../src/evaluation/question-set.ts';
import { type App, encrypt, messageEvent, sign } from '../../test/fakes/feishu-events.ts';
import { ALICE, messageUpdate } from '../../test/fakes/telegram-server.ts';

/** People who write to the bot on each platform, each in a chat of their own. */
export const CHATS = 2_000;

export interface Driver {
  readonly acknowledged: () => number;
  readonly failed: () => number;
  /** One message after the other on each connection, as fast as they are acknowledged. Resolves to the milliseconds each acknowledgement took. */
  readonly flood: (isOver: () => boolean) => Promise<number[]>;
  /** So many a second, however long each takes to be acknowledged. */
  readonly steadily: (perSecond: number, forMs: number) => Promise<number[]>;
  readonly close: () => void;
}

interface Webhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface DriverOptions {
  /** Processes of one house, which are called in turn. */
  readonly urls: readonly string[];
  readonly connections: number;
  readonly feishu: App;
  readonly webhookSecret: string;
  /** Called with each question as it goes out, as `startPlatform` names it. */
  readonly onSent?: (question: string) => void;
}

/** Sends messages to the two platforms' webhooks in turn. */
export function createDriver({ urls, connections, feishu, webhookSecret, onSent = () => {} }: DriverOptions): Driver {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const questions = readQuestions(fileURLToPath(new URL('../../knowledge/questions.jsonl', import.meta.url)))
    .filter(({ sections }) => sections.length > 0)
    .map(({ q }) => q);
  let next = 0;
  let acknowledged = 0;
  let failed = 0;

  const post = ({ path, headers, body }: Webhook): Promise<number> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        `${urls[next % urls.length]}${path}`,
        { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (incoming) => {
          incoming.resume().on('end', () => resolve(incoming.statusCode!));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const nextMessage = (): Webhook => {
    const number = (next += 1);
    const text = questions[number % questions.length]!;
    const chat = number % CHATS;
    return number % 2 === 0 ? feishuMessage(number, text, chat) : telegramMessage(number, text, chat);
  };

  const feishuMessage = (number: number, text: string, chat: number): Webhook => {
    const ids = { messageId: `om_${number}`, chatId: `oc_${chat}`, senderId: `ou_${chat}` };
    const body = Buffer.from(
      JSON.stringify({ encrypt: encrypt(feishu.encryptKey, JSON.stringify(messageEvent(feishu, { ...ids, text }))) }),
    );
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = sign(feishu.encryptKey, timestamp, 'nonce', body);
    const signed = { 'x-lark-request-timestamp': timestamp, 'x-lark-request-nonce': 'nonce', 'x-lark-signature': signature };
    onSent(ids.messageId);
    return { path: '/webhooks/feishu', headers: { 'content-type': 'application/json', ...signed }, body };
  };

  const telegramMessage = (number: number, text: string, chat: number): Webhook => {
    const person = { ...ALICE, id: 10_000 + chat };
    const date = Math.floor(Date.now() / 1_000);
    const update = messageUpdate(number, text, { date, from: person, chat: { id: person.id, type: 'private', first_name: '陈' } });
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhookSecret };
    onSent(`${person.id}:${number}`);
    return { path: '/webhooks/telegram', headers, body: Buffer.from(JSON.stringify(update)) };
  };

  const sendOne = async (latencies: number[]): Promise<void> => {
    const startMs = performance.now();
    const status = await post(nextMessage()).catch(() => 0);
    if (status === 200) {
      latencies.push(performance.now() - startMs);
      acknowledged += 1;
    } else failed += 1;
  };

  return {
    acknowledged: () => acknowledged,
    failed: () => failed,
    async flood(isOver) {
      const latencies: number[] = [];
      const connection = async (): Promise<void> => {
        while (!isOver()) await sendOne(latencies);
      };
      await Promise.all(Array.from({ length: connections }, connection));
      return latencies;
    },
    async steadily(perSecond, forMs) {
      const latencies: number[] = [];
      const startMs = performance.now();
      const underWay = new Set<Promise<void>>();
      for (let count = 0; ; count += 1) {
        const atMs = (count * 1_000) / perSecond;
        if (atMs > forMs) break;
        const waitMs = startMs + atMs - performance.now();
        if (waitMs > 1) await sleep(waitMs);
        const sending = sendOne(latencies).finally(() => underWay.delete(sending));
        underWay.add(sending);
      }
      await Promise.all(underWay);
      return latencies;
    },
    close: () => agent.destroy(),
  };
}
