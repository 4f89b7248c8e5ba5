import pg from 'pg';

/** Statements of changing length (lists) would otherwise fill the server's memory: no connection keeps more than this. */
const MOST_PREPARED = 300;

/** A connection whose server parses and plans each statement once: we send the same few dozen over and over. */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  override query: pg.Client['query'] = ((...args: unknown[]): unknown => {
    const [text, values] = args;
    const send = super.query.bind(this) as (...all: unknown[]) => unknown;
    // What a star stands for changes when a newer version adds a column, and a prepared statement would fail from then on.
    if (typeof text !== 'string' || !Array.isArray(values) || text.includes('*')) return send(...args);
    const name = this.#nameOf(text);
    return name === null ? send(...args) : send({ name, text }, ...args.slice(1));
  }) as pg.Client['query'];

  #nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= MOST_PREPARED) return null;
    const name = `w${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
