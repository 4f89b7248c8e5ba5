import type { QueueName } from '../delivery/store.ts';

/** Called when there is something; true says that it is taken care of. */
export type Call = () => unknown;

/** Who wants to know of something. */
export class Calls {
  readonly #calls = new Set<Call>();

  /** Returns the way to stop. */
  add(call: Call): () => void {
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  /** @returns whether one of those called takes care of it */
  call(): boolean {
    let isTaken = false;
    for (const call of this.#calls) if (call() === true) isTaken = true;
    return isTaken;
  }

  clear(): void {
    this.#calls.clear();
  }
}

/** Who wants to know of work, by the queue it stands in. */
export class Listeners {
  readonly #queues = new Map<QueueName, Calls>();

  /** Returns the way to stop. */
  add(queue: QueueName, call: Call): () => void {
    const calls = this.#queues.get(queue) ?? new Calls();
    this.#queues.set(queue, calls);
    return calls.add(call);
  }

  /** @returns whether one of those called takes care of it */
  call(queue: QueueName): boolean {
    return this.#queues.get(queue)?.call() ?? false;
  }

  callAll(): void {
    for (const calls of this.#queues.values()) calls.call();
  }

  clear(): void {
    // Each by itself: who stops listening later holds on to them.
    for (const calls of this.#queues.values()) calls.clear();
    this.#queues.clear();
  }
}
