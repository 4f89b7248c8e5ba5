import type pg from 'pg';
import type { Log } from '../domain/log.ts';
import { reasonOf } from './fault.ts';

/** The channel of LISTEN and NOTIFY. */
export const WORK_CHANNEL = 'wence_work';

/** Tells the other processes that there may be work. Announcements that come while one is on its way are sent as one: a burst of messages costs few. */
export class PostgresAnnouncer {
  readonly #pool: pg.Pool;
  readonly #origin: string;
  readonly #log: Log;
  #sending: Promise<void> | null = null;
  #isDue = false;

  /** @param origin names this process, which does not listen to itself. */
  constructor(pool: pg.Pool, origin: string, log: Log) {
    this.#pool = pool;
    this.#origin = origin;
    this.#log = log;
  }

  announce(): void {
    this.#isDue = true;
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
  }

  /** Resolves once nothing is on its way. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      try {
        await this.#pool.query('select pg_notify($1, $2)', [WORK_CHANNEL, this.#origin]);
      } catch (error) {
        // The others look for themselves from time to time.
        this.#log.debug({ reason: reasonOf(error) }, 'other processes were not told of new work');
      }
    }
  }
}
