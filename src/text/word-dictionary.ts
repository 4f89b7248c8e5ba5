/** A word and how often it was seen in the corpus the dictionary was made from. */
export interface DictionaryEntry {
  readonly word: string;
  readonly frequency: number;
}

/** No word reaches across one of these; each is a word of its own. As in jieba. */
const SEPARATOR = /[ \t\n，。]/;

const NO_WORD = Number.NaN;

/** Numbers a place of the table of edges takes. */
const PLACE = 4;

/** Where the edge from a node by a unit stands in the table of edges, or would. */
function placeOf(places: Uint32Array, node: number, unit: number): number {
  const mask = places.length - PLACE;
  let place = (((Math.imul(node, 0x9e37_79b1) + Math.imul(unit, 0x85eb_ca6b)) >>> 8) * PLACE) & mask;
  while (places[place + 2] !== 0 && (places[place] !== node || places[place + 1] !== unit)) place = (place + PLACE) & mask;
  return place;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/**
 * Words with their probabilities, and a text cut into the most probable row of them: jieba's accurate mode without guessing of unknown words, word
 * for word the same (`test/text/word-dictionary.test.ts` holds both side by side) but about four times as fast, since no word crosses from native
 * code. Cutting texts was over a third of building an index.
 *
 * The words are a tree of UTF-16 units. Nodes are numbers; an edge is found by its node and unit in an open-addressing table.
 */
export class WordDictionary {
  /** By unit: the node after it from the root; 0 where no word begins so. */
  readonly #first = new Uint32Array(0x1_0000);
  /** Four numbers a place, side by side so that they are fetched together: the node an edge leaves, its unit, the node it leads to (0: free), none. */
  #places = new Uint32Array(PLACE << 19);
  #edges = 0;
  /** By node: the word's logarithmic probability, `NO_WORD` where none ends. Node 0 is none. */
  #weights = new Float64Array(1 << 19).fill(NO_WORD);
  /** By node: 1 where longer words go on. */
  #goesOn = new Uint8Array(1 << 19);
  #nodes = 1;
  readonly #isSeparator = new Uint8Array(0x1_0000);
  /** What a character weighs that is no word. */
  readonly #leastWeight: number;
  /** What a word weighs that is added later. */
  readonly #addedWeight: number;
  /** By added word: what it weighed before. */
  readonly #before = new Map<string, number>();
  /** By position in the text being cut: the best weight from there to the end or the next separator, and the units of its first word. */
  #best = new Float64Array(1_024);
  #step = new Uint16Array(1_024);

  /** @param entries a later entry of the same word replaces an earlier one */
  constructor(entries: readonly DictionaryEntry[]) {
    let total = 0;
    for (const { frequency } of entries) total += frequency;
    const weights = Float64Array.from(entries, ({ frequency }) => Math.log(frequency / total));
    for (let at = 0; at < entries.length; at++) this.#set(entries[at]!.word, weights[at]!);
    weights.sort();
    this.#leastWeight = weights[0] ?? 0;
    this.#addedWeight = weights[weights.length >> 1] ?? 0;
    for (const separator of ' \t\n，。') this.#isSeparator[separator.charCodeAt(0)] = 1;
  }

  /** A word to be kept whole from now on; it weighs what the middle one of the dictionary's words does. */
  add(word: string): void {
    const before = this.#set(word, this.#addedWeight);
    if (!this.#before.has(word)) this.#before.set(word, before);
  }

  /** Takes `add` back. */
  remove(word: string): void {
    const before = this.#before.get(word);
    if (before === undefined) return;
    this.#before.delete(word);
    this.#set(word, before);
  }

  /** Every character of the text in exactly one word, in their order. */
  cut(text: string): string[] {
    this.#weigh(text);
    const words: string[] = [];
    for (let at = 0; at < text.length; ) {
      const end = at + this.#step[at]!;
      words.push(text.slice(at, end));
      at = end;
    }
    return words;
  }

  /** Finds the best word to begin with at each position, from the last one back. */
  #weigh(text: string): void {
    const { length } = text;
    if (this.#best.length <= length) {
      this.#best = new Float64Array(length * 2);
      this.#step = new Uint16Array(length * 2);
    }
    // Read once: this is the innermost loop of building an index.
    const [best, steps, first, places] = [this.#best, this.#step, this.#first, this.#places];
    const [weights, goesOn, isSeparator, leastWeight] = [this.#weights, this.#goesOn, this.#isSeparator, this.#leastWeight];
    best[length] = 0;
    for (let at = length - 1; at >= 0; at--) {
      const unit = text.charCodeAt(at);
      if (isSeparator[unit] === 1) {
        best[at] = 0;
        steps[at] = 1;
        continue;
      }
      let node = first[unit]!;
      let end = at + 1;
      if (isHighSurrogate(unit) && end < length) node = places[placeOf(places, node, text.charCodeAt(end++)) + 2]!;
      // A character is a word where nothing better is. A weight that is not a number: no word ends here.
      const own = weights[node]!;
      let highest = best[end]! + (own === own ? own : leastWeight);
      let step = end - at;
      while (goesOn[node] === 1 && end < length) {
        node = places[placeOf(places, node, text.charCodeAt(end++)) + 2]!;
        const weight = best[end]! + weights[node]!;
        if (weight > highest) {
          highest = weight;
          step = end - at;
        }
      }
      best[at] = highest;
      steps[at] = step;
    }
  }

  /** Sets what a word weighs and returns what it did before. */
  #set(word: string, weight: number): number {
    if (word === '' || SEPARATOR.test(word)) return NO_WORD;
    let node = this.#first[word.charCodeAt(0)]! || (this.#first[word.charCodeAt(0)] = this.#newNode());
    for (let at = 1; at < word.length; at++) {
      const unit = word.charCodeAt(at);
      const place = placeOf(this.#places, node, unit);
      this.#goesOn[node] = 1;
      node = this.#places[place + 2]! || this.#newEdge(place, node, unit);
    }
    const before = this.#weights[node]!;
    this.#weights[node] = weight;
    return before;
  }

  #newNode(): number {
    if (this.#nodes === this.#weights.length) {
      const weights = new Float64Array(this.#nodes * 2).fill(NO_WORD);
      weights.set(this.#weights);
      this.#weights = weights;
      const goesOn = new Uint8Array(this.#nodes * 2);
      goesOn.set(this.#goesOn);
      this.#goesOn = goesOn;
    }
    return this.#nodes++;
  }

  #newEdge(place: number, node: number, unit: number): number {
    const to = this.#newNode();
    this.#places.set([node, unit, to], place);
    if (++this.#edges * 2 * PLACE > this.#places.length) this.#widen();
    return to;
  }

  #widen(): void {
    const before = this.#places;
    this.#places = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += PLACE) {
      if (before[at + 2] !== 0) this.#places.set(before.subarray(at, at + PLACE), placeOf(this.#places, before[at]!, before[at + 1]!));
    }
  }
}
