import type pg from 'pg';
import type { Log } from '../domain/log.ts';
import type { QueueName } from '../delivery/store.ts';
import type { Topic } from './engine.ts';
import { reasonOf } from './fault.ts';

/** The channel of LISTEN and NOTIFY. */
export const CHANNEL = 'wence_work';

/** What is sent: who tells, and of what. What another version has no name for it takes for work. */
export const payloadOf = (origin: string, topic: Topic): string => `${origin} ${topic}`;

/** What an announcement is about; null: it is one's own. */
export function topicOf(payload: string, origin: string): Topic | null {
  const [teller, topic = ''] = payload.split(' ');
  if (teller === origin) return null;
  return topic === 'publication' || isQueue(topic) ? topic : 'work';
}

const isQueue = (topic: string): topic is QueueName => /^inbox$|^outbox:\w+$/.test(topic);

/**
 * Tells the other processes that there may be work, or of a publication. Announcements that come while one is on its way are sent as one: a burst
 * of messages costs few.
 */
export class PostgresAnnouncer {
  readonly #pool: pg.Pool;
  readonly #origin: string;
  readonly #log: Log;
  #sending: Promise<void> | null = null;
  readonly #due = new Set<Topic>();

  /** @param origin names this process, which does not listen to itself. */
  constructor(pool: pg.Pool, origin: string, log: Log) {
    this.#pool = pool;
    this.#origin = origin;
    this.#log = log;
  }

  announce(topic: Topic): void {
    this.#due.add(topic);
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
  }

  /** Resolves once nothing is on its way. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    // Also those added while one is on its way.
    for (const topic of this.#due) {
      this.#due.delete(topic);
      try {
        await this.#pool.query('select pg_notify($1, $2)', [CHANNEL, payloadOf(this.#origin, topic)]);
      } catch (error) {
        // The others look for themselves from time to time.
        this.#log.debug({ reason: reasonOf(error), topic }, 'other processes were not told');
      }
    }
  }
}
