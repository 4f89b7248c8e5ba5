import type { QueueName } from '../delivery/store.ts';

/** Who wants to know of something. */
export class Calls {
  readonly #calls = new Set<() => void>();

  /** Returns the way to stop. */
  add(call: () => void): () => void {
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  call(): void {
    for (const call of this.#calls) call();
  }

  clear(): void {
    this.#calls.clear();
  }
}

/** Who wants to know of work, by the queue it stands in. */
export class Listeners {
  readonly #queues = new Map<QueueName, Calls>();

  /** Returns the way to stop. */
  add(queue: QueueName, call: () => void): () => void {
    const calls = this.#queues.get(queue) ?? new Calls();
    this.#queues.set(queue, calls);
    return calls.add(call);
  }

  call(queue: QueueName): void {
    this.#queues.get(queue)?.call();
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
