import { AppError } from '../domain/errors.ts';
import { reasonOf } from './fault.ts';
import type { Db, Tx } from './schema.ts';

/**
 * When a unit of work is done: once what it wrote is on the disk, or as soon as it is committed, which survives a crash of the process but perhaps
 * not of the machine. Either way it has seen only what is on the disk.
 */
export type Until = 'on-disk' | 'committed';

interface Unit {
  readonly run: (tx: Tx) => Promise<void>;
  readonly until: Until;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Most units of work in one transaction: few enough that nobody waits noticeably for the others. */
const MAX_GROUP = 256;

/**
 * Has what is asked for at the same time share one transaction and one wait for the disk, which is what a commit costs. What is asked for from the
 * commit until `sync` has resolved makes up the next group. Each unit of work still succeeds or fails by itself.
 */
export class CommitGroup {
  readonly #db: Db;
  readonly #sync: () => Promise<void>;
  /** Those that wait for the disk in the end, and those that need not. */
  readonly #heavy: Unit[] = [];
  readonly #light: Unit[] = [];
  /** Whether a group is due or under way, until it is on the disk. */
  #isBusy = false;
  #fault: AppError | null = null;

  /** @param sync resolves once everything committed is on the disk */
  constructor(db: Db, sync: () => Promise<void>) {
    this.#db = db;
    this.#sync = sync;
  }

  /**
   * @returns what `work` returns, once it is as safe as asked for. `work` may be run again, when another one of its group has failed.
   * @throws {AppError} `STORE_UNAVAILABLE` after the disk has failed: nobody knows any more what is on it
   */
  run<T>(work: (tx: Tx) => Promise<T>, until: Until): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T;
      const run = async (tx: Tx): Promise<void> => {
        result = await work(tx);
      };
      (until === 'on-disk' ? this.#heavy : this.#light).push({ run, until, resolve: () => resolve(result), reject });
      if (!this.#isBusy) this.#next();
    });
  }

  #next(): void {
    this.#isBusy = this.#light.length + this.#heavy.length > 0;
    // Behind all that has already arrived at the process, so that it comes along.
    if (this.#isBusy) setImmediate(() => void this.#runGroup().then(() => this.#next()));
  }

  async #runGroup(): Promise<void> {
    // First those that do not wait: then they see nothing of the others, which are not on the disk when they are done.
    const group = this.#light.splice(0, MAX_GROUP);
    group.push(...this.#heavy.splice(0, MAX_GROUP - group.length));
    const committed = this.#fault === null ? await this.#commit(group) : reject(group, this.#fault);
    for (const unit of committed) if (unit.until === 'committed') unit.resolve();
    const unsynced = committed.filter(({ until }) => until === 'on-disk');
    if (unsynced.length > 0) await this.#syncThenTell(unsynced);
  }

  /** Returns the units that were committed; the others are told why not. A unit that fails takes nobody with it. */
  async #commit(group: readonly Unit[]): Promise<readonly Unit[]> {
    if (group.length === 0) return group;
    let running: Unit | null = null;
    try {
      await this.#db.transaction().execute(async (tx) => {
        for (const unit of group) {
          running = unit;
          await unit.run(tx);
        }
        running = null;
      });
      return group;
    } catch (error) {
      if (running === null) return reject(group, error);
      reject([running], error);
      return this.#commit(group.filter((unit) => unit !== running));
    }
  }

  async #syncThenTell(unsynced: readonly Unit[]): Promise<void> {
    try {
      await this.#sync();
      for (const unit of unsynced) unit.resolve();
    } catch (error) {
      this.#fault = new AppError('STORE_UNAVAILABLE', `The disk failed: ${reasonOf(error)}`, {
        hint: 'See to the disk, then start again: only then is it known what is really on it.',
        cause: error,
      });
      reject(unsynced, this.#fault);
    }
  }
}

function reject(units: readonly Unit[], error: unknown): readonly Unit[] {
  for (const unit of units) unit.reject(error);
  return [];
}
