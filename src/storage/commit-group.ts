import { CompiledQuery } from 'kysely';
import type { Db, Tx } from './schema.ts';

interface Waiting {
  readonly run: (tx: Tx) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Most units of work in one transaction: few enough that nobody waits noticeably for the others. */
const MAX_GROUP = 256;

/**
 * Has what is asked for at the same time share one transaction. Waiting for the disk is what a commit costs, and it costs that once for all of them.
 * Each unit of work still succeeds or fails by itself, and resolves only when it is on the disk.
 */
export class CommitGroup {
  readonly #db: Db;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;

  constructor(db: Db) {
    this.#db = db;
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        run: async (tx) => {
          result = await work(tx);
        },
        resolve: () => resolve(result),
        reject,
      });
      if (this.#isBusy) return;
      this.#isBusy = true;
      // Behind all that has already arrived at the process, so that it comes along.
      setImmediate(() => void this.#commitAll());
    });
  }

  async #commitAll(): Promise<void> {
    const group = this.#waiting.splice(0, MAX_GROUP);
    const failed = new Map<Waiting, unknown>();
    try {
      await this.#db.transaction().execute(async (tx) => {
        if (group.length === 1) return group[0]!.run(tx);
        for (const unit of group) {
          await tx.executeQuery(CompiledQuery.raw('savepoint unit'));
          try {
            await unit.run(tx);
          } catch (error) {
            failed.set(unit, error);
            await tx.executeQuery(CompiledQuery.raw('rollback to unit'));
          }
          await tx.executeQuery(CompiledQuery.raw('release unit'));
        }
      });
      for (const unit of group) {
        if (failed.has(unit)) unit.reject(failed.get(unit));
        else unit.resolve();
      }
    } catch (error) {
      for (const unit of group) unit.reject(failed.get(unit) ?? error);
    }
    this.#isBusy = this.#waiting.length > 0;
    if (this.#isBusy) setImmediate(() => void this.#commitAll());
  }
}
