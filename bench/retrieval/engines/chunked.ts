const CHUNK = 2 ** 20;

/** A list of numbers that grows without being copied. */
export class ChunkedList<T extends Uint8Array | Uint32Array> {
  readonly #create: (length: number) => T;
  readonly #chunks: T[] = [];
  length = 0;

  constructor(create: (length: number) => T) {
    this.#create = create;
  }

  push(value: number): void {
    if (this.length % CHUNK === 0) this.#chunks.push(this.#create(CHUNK));
    this.#chunks.at(-1)![this.length++ % CHUNK] = value;
  }

  at(index: number): number {
    return this.#chunks[Math.floor(index / CHUNK)]![index % CHUNK]!;
  }
}
