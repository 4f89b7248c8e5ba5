import { TermNumbers } from './term-numbers.ts';

/** Occurrences of one term beyond this many in one field of a document add nothing. */
export const MAX_FREQUENCY = 255;

/** The postings of one field of some documents, all terms one after another; documents ascend within a term. Frozen once built. */
export interface FieldSegment {
  /** Term → its number. */
  readonly terms: ReadonlyMap<string, number>;
  /** Postings of term n: from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
  /** Document numbers, counted from the segment's first. */
  readonly documents: Uint32Array;
  /** How often the term stands in the document, at most `MAX_FREQUENCY`. */
  readonly frequencies: Uint8Array;
  /** Tokens of each document's field. */
  readonly lengths: Uint32Array;
  /** By term: its highest frequency and the shortest field it stands in, which bound what it can add to any score. */
  readonly highestFrequency: Uint8Array;
  readonly shortestLength: Uint32Array;
}

/** Some documents that were indexed together. */
export interface Segment<Field extends string> {
  /** Documents, removed ones included. */
  readonly size: number;
  readonly fields: Readonly<Record<Field, FieldSegment>>;
}

/** The tokens of a document by field; a field left out is empty. */
export type DocumentTokens<Field extends string> = Partial<Readonly<Record<Field, readonly string[]>>>;

/** A growing array of unsigned integers; a plain one takes twice the memory and more. */
class Growing<A extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>> {
  values: A;
  length = 0;
  readonly #make: (size: number) => A;

  constructor(make: (size: number) => A) {
    this.#make = make;
    this.values = make(1_024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = this.#make(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }
}

const numbers = (size: number): Uint32Array<ArrayBuffer> => new Uint32Array(size);
const bytes = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size);

/** Collects one field, document by document, and sorts it by term in the end. */
class FieldBuilder {
  readonly #terms = new TermNumbers();
  /** Document by document: its terms and how often it has each. */
  readonly #termOf = new Growing(numbers);
  readonly #frequencies = new Growing(bytes);
  /** Where each document's terms end. */
  readonly #ends = new Growing(numbers);
  readonly #lengths = new Growing(numbers);
  /** By term: where it was last pushed. */
  readonly #lastAt = new Growing(numbers);

  add(tokens: readonly string[]): void {
    const from = this.#ends.length === 0 ? 0 : this.#ends.values[this.#ends.length - 1]!;
    for (const token of tokens) {
      const term = this.#terms.numberOf(token);
      if (term === this.#lastAt.length) this.#lastAt.push(this.#termOf.length);
      else {
        const at = this.#lastAt.values[term]!;
        if (at >= from) {
          const frequency = this.#frequencies.values[at]!;
          if (frequency < MAX_FREQUENCY) this.#frequencies.values[at] = frequency + 1;
          continue;
        }
        this.#lastAt.values[term] = this.#termOf.length;
      }
      this.#termOf.push(term);
      this.#frequencies.push(1);
    }
    this.#ends.push(this.#termOf.length);
    this.#lengths.push(tokens.length);
  }

  build(): FieldSegment {
    const count = this.#terms.size;
    const total = this.#termOf.length;
    const starts = new Uint32Array(count + 1);
    for (let at = 0; at < total; at++) starts[this.#termOf.values[at]! + 1]!++;
    for (let term = 0; term < count; term++) starts[term + 1]! += starts[term]!;
    const next = starts.slice(0, count);
    const documents = new Uint32Array(total);
    const frequencies = new Uint8Array(total);
    for (let document = 0, at = 0; document < this.#ends.length; document++) {
      for (const end = this.#ends.values[document]!; at < end; at++) {
        const to = next[this.#termOf.values[at]!]!++;
        documents[to] = document;
        frequencies[to] = this.#frequencies.values[at]!;
      }
    }
    return fieldSegment(this.#terms.toMap(), starts, documents, frequencies, this.#lengths.values.slice(0, this.#lengths.length));
  }
}

/** Completes a field's postings with the bounds of its terms. */
export function fieldSegment(
  terms: ReadonlyMap<string, number>,
  starts: Uint32Array,
  documents: Uint32Array,
  frequencies: Uint8Array,
  lengths: Uint32Array,
): FieldSegment {
  const highestFrequency = new Uint8Array(terms.size);
  const shortestLength = new Uint32Array(terms.size).fill(0xffff_ffff);
  for (let term = 0; term < terms.size; term++) {
    for (let at = starts[term]!; at < starts[term + 1]!; at++) {
      const length = lengths[documents[at]!]!;
      if (frequencies[at]! > highestFrequency[term]!) highestFrequency[term] = frequencies[at]!;
      if (length < shortestLength[term]!) shortestLength[term] = length;
    }
  }
  return { terms, starts, documents, frequencies, lengths, highestFrequency, shortestLength };
}

/** Collects documents, numbered from 0 in the order of `add`; `build()` freezes them into a segment. */
export class SegmentBuilder<Field extends string> {
  readonly #fields: ReadonlyMap<Field, FieldBuilder>;
  #size = 0;

  constructor(fields: readonly Field[]) {
    this.#fields = new Map(fields.map((field) => [field, new FieldBuilder()]));
  }

  /** Adds a document and returns its number. */
  add(tokens: DocumentTokens<Field>): number {
    for (const [field, builder] of this.#fields) builder.add(tokens[field] ?? []);
    return this.#size++;
  }

  build(): Segment<Field> {
    const built = [...this.#fields].map(([field, builder]) => [field, builder.build()] as const);
    return { size: this.#size, fields: Object.fromEntries(built) as Record<Field, FieldSegment> };
  }
}

/**
 * Two segments as one: the second one's documents follow the first one's. Postings of removed documents are left out, their numbers stay taken,
 * so that no other document is renumbered.
 */
export function mergeSegments<Field extends string>(
  first: Segment<Field>,
  second: Segment<Field>,
  isRemoved: (document: number) => boolean,
): Segment<Field> {
  const fields = {} as Record<Field, FieldSegment>;
  for (const field of Object.keys(first.fields) as Field[]) {
    fields[field] = mergeFields(first.fields[field], second.fields[field], first.size, isRemoved);
  }
  return { size: first.size + second.size, fields };
}

function mergeFields(first: FieldSegment, second: FieldSegment, offset: number, isRemoved: (document: number) => boolean): FieldSegment {
  const total = first.documents.length + second.documents.length;
  const terms = new Map<string, number>();
  const starts = new Growing(numbers);
  const documents = new Uint32Array(total);
  const frequencies = new Uint8Array(total);
  let to = 0;
  const copy = (part: FieldSegment, term: number | undefined, shift: number): void => {
    if (term === undefined) return;
    for (let at = part.starts[term]!; at < part.starts[term + 1]!; at++) {
      const document = part.documents[at]! + shift;
      if (isRemoved(document)) continue;
      documents[to] = document;
      frequencies[to++] = part.frequencies[at]!;
    }
  };
  const take = (term: string): void => {
    const from = to;
    copy(first, first.terms.get(term), 0);
    copy(second, second.terms.get(term), offset);
    if (to === from) return;
    terms.set(term, terms.size);
    starts.push(from);
  };
  for (const term of first.terms.keys()) take(term);
  for (const term of second.terms.keys()) if (!first.terms.has(term)) take(term);
  starts.push(to);
  const lengths = new Uint32Array(first.lengths.length + second.lengths.length);
  lengths.set(first.lengths);
  lengths.set(second.lengths, offset);
  for (let document = 0; document < lengths.length; document++) if (isRemoved(document)) lengths[document] = 0;
  return fieldSegment(terms, starts.values.slice(0, starts.length), documents.slice(0, to), frequencies.slice(0, to), lengths);
}
