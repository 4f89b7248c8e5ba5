/** Numbers terms from 0 in the order they come. Terms of one or two characters, most of a Chinese text, go through a table that needs no string hash. */
export class TermNumbers {
  readonly #long = new Map<string, number>();
  readonly #terms: string[] = [];
  /** Open addressing: the two UTF-16 units of a short term as one number, 0 where free, and the term's number beside it. */
  #keys = new Uint32Array(1 << 12);
  #values = new Uint32Array(1 << 12);
  #used = 0;

  get size(): number {
    return this.#terms.length;
  }

  /** The term's number, and a new one for a term not seen before. */
  numberOf(term: string): number {
    // U+0000 would make a key of another term, or none.
    const key = term.length === 1 ? term.charCodeAt(0) : term.length === 2 ? ((term.charCodeAt(0) << 16) | term.charCodeAt(1)) >>> 0 : 0;
    if (key === 0 || (term.length === 2 && key < 0x1_0000)) return this.#numberOfLong(term);
    const mask = this.#keys.length - 1;
    let at = (Math.imul(key, 0x9e37_79b1) >>> 8) & mask;
    while (this.#keys[at] !== key) {
      if (this.#keys[at] === 0) return this.#insert(key, term, at);
      at = (at + 1) & mask;
    }
    return this.#values[at]!;
  }

  /** Every term and its number, for looking up. */
  toMap(): Map<string, number> {
    const all = new Map<string, number>();
    for (const term of this.#terms) all.set(term, all.size);
    return all;
  }

  #numberOfLong(term: string): number {
    const known = this.#long.get(term);
    if (known !== undefined) return known;
    this.#long.set(term, this.#terms.length);
    return this.#terms.push(term) - 1;
  }

  #insert(key: number, term: string, at: number): number {
    this.#keys[at] = key;
    this.#values[at] = this.#terms.length;
    const number = this.#terms.push(term) - 1;
    if (++this.#used * 2 > this.#keys.length) this.#widen();
    return number;
  }

  #widen(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#values = new Uint32Array(keys.length * 2);
    const mask = this.#keys.length - 1;
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from]!;
      if (key === 0) continue;
      let at = (Math.imul(key, 0x9e37_79b1) >>> 8) & mask;
      while (this.#keys[at] !== 0) at = (at + 1) & mask;
      this.#keys[at] = key;
      this.#values[at] = values[from]!;
    }
  }
}
