import type { QueueName } from '../delivery/store.ts';

/** Who wants to know of work, by the queue it stands in. */
export class Listeners {
  readonly #calls = new Map<QueueName, Set<() => void>>();

  /** Returns the way to stop. */
  add(queue: QueueName, call: () => void): () => void {
    const calls = this.#calls.get(queue) ?? new Set();
    this.#calls.set(queue, calls.add(call));
    return () => calls.delete(call);
  }

  call(queue: QueueName): void {
    for (const call of this.#calls.get(queue) ?? []) call();
  }

  callAll(): void {
    for (const queue of this.#calls.keys()) this.call(queue);
  }

  clear(): void {
    this.#calls.clear();
  }
}
