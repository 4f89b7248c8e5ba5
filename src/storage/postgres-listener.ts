import pg from 'pg';
import type { Log } from '../domain/log.ts';
import type { Topic } from './engine.ts';
import { reasonOf } from './fault.ts';
import { CHANNEL, topicOf } from './postgres-announcer.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Hears what other processes announce, on a connection of its own. Connects again, with growing pauses, whenever that is lost. */
export class PostgresListener {
  readonly #config: pg.ClientConfig;
  readonly #origin: string;
  readonly #log: Log;
  readonly #calls = new Set<(topic: Topic) => void>();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #waitMs = FIRST_WAIT_MS;
  #isStopped = false;

  /** @param origin whose announcements are our own, and passed over. */
  constructor(config: pg.ClientConfig, origin: string, log: Log) {
    this.#config = config;
    this.#origin = origin;
    this.#log = log;
  }

  onAnnounced(call: (topic: Topic) => void): void {
    this.#calls.add(call);
  }

  /** Resolves after the first try, successful or not: without a listener work is found by looking. */
  async start(): Promise<void> {
    const client = new pg.Client(this.#config);
    this.#client = client;
    let isOver = false;
    const lost = (reason: string): void => {
      if (isOver) return;
      isOver = true;
      client.end().catch(() => {});
      if (this.#isStopped) return;
      this.#log.warn({ reason, againInMs: this.#waitMs }, 'not listening for work of other processes; looking for it instead');
      this.#timer = setTimeout(() => void this.#again(), this.#waitMs).unref();
      this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
    };
    client.on('error', (error) => lost(reasonOf(error)));
    client.on('end', () => lost('the connection was closed'));
    client.on('notification', ({ payload = '' }) => {
      const topic = topicOf(payload, this.#origin);
      if (topic !== null) this.#call(topic);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#waitMs = FIRST_WAIT_MS;
    } catch (error) {
      lost(reasonOf(error));
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  async #again(): Promise<void> {
    await this.start();
    // Whatever was announced in between went unheard.
    this.#call('work');
    this.#call('publication');
  }

  #call(topic: Topic): void {
    for (const call of this.#calls) call(topic);
  }
}
