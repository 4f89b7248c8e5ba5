import { type Bm25Parameters, idf } from './bm25.ts';
import { maxScore, type PostingList, type Removed } from './max-score.ts';
import { flagged, liveCounts, type Part, removedWith, tidied, withRemoved } from './parts.ts';
import { impactIn, type PostingPart, type Postings } from './postings.ts';
import { type DocumentTokens, type Segment, SegmentBuilder } from './segment.ts';
import type { Hit } from './top-k.ts';

/** How one field of a document counts. */
export interface FieldOptions {
  readonly weight: number;
  readonly bm25: Bm25Parameters;
}

/** One term of a query, looked for in one field. */
export interface QueryTerm {
  readonly field: string;
  readonly term: string;
  readonly weight: number;
}

/** What one matched term added to one document's score. */
export interface TermScore {
  readonly field: string;
  readonly term: string;
  readonly score: number;
}

/** A change of an index: numbers of documents to remove, and documents to add. */
export interface IndexChange<Field extends string> {
  readonly remove?: Iterable<number>;
  readonly add?: readonly DocumentTokens<Field>[];
}

/** What a larger collection counts, most of whose documents are kept elsewhere. */
export interface CollectionCounts<Field extends string> {
  readonly documents: number;
  /** By field: documents that have it at all, and the tokens of it they have together. */
  readonly fields: Readonly<Partial<Record<Field, FieldCounts>>>;
  /** In how many of its documents a field has a term. */
  frequency(field: Field, term: string): number;
}

export interface FieldCounts {
  readonly filled: number;
  readonly tokens: number;
}

/** How a field's documents are scored as things stand. */
interface FieldState extends FieldOptions, FieldCounts {
  /** Documents that have the field at all: a field that few documents have is judged among those. */
  readonly filled: number;
  /** A frequency f in a field of l tokens weighs f / (f + `constant` + `perToken` × l). */
  readonly constant: number;
  readonly perToken: number;
}

/**
 * Collects documents; `build()` freezes them into an index. Document numbers are the order of `add`, from 0.
 * @example
 * const builder = new IndexBuilder({ text: { weight: 1, bm25: { k1: 1.2, b: 0.75 } } });
 * builder.add({ text: ['融资', '白名单'] });
 * builder.build().search([{ field: 'text', term: '白名单', weight: 1 }], 10); // → [{ document: 0, score: … }]
 */
export class IndexBuilder<Field extends string> {
  readonly #fields: Readonly<Record<Field, FieldOptions>>;
  readonly #builder: SegmentBuilder<Field>;

  constructor(fields: Readonly<Record<Field, FieldOptions>>) {
    this.#fields = fields;
    this.#builder = new SegmentBuilder(Object.keys(fields) as Field[]);
  }

  /** Adds a document and returns its number. */
  add(tokens: DocumentTokens<Field>): number {
    return this.#builder.add(tokens);
  }

  build(): InvertedIndex<Field> {
    return InvertedIndex.of(this.#fields, [this.#builder.build()], []);
  }
}

/**
 * An immutable index over numbered documents with weighted fields. Scores are sums over terms of field weight × term weight × idf × saturation.
 * `with()` gives the index after a change and shares what did not change; numbers of documents never change, those of removed ones are not used
 * again.
 */
export class InvertedIndex<Field extends string> {
  readonly #fields: Readonly<Record<Field, FieldOptions>>;
  readonly #parts: readonly Part<Field>[];
  readonly #removed: Removed;
  readonly #states: ReadonlyMap<Field, FieldState>;
  /** Scores of the query in hand, zero between queries; made at the first. */
  #scores: Float64Array | null = null;
  #touched: Uint32Array | null = null;
  readonly #live: number;
  /** The collection whose counts the last part is counted in. */
  readonly #whole: CollectionCounts<Field> | null;
  /** Document numbers in use, those of removed documents included. */
  readonly size: number;

  private constructor(
    fields: Readonly<Record<Field, FieldOptions>>,
    parts: readonly Part<Field>[],
    removed: Removed,
    enlarged: { readonly whole: CollectionCounts<Field>; readonly base: InvertedIndex<Field> } | null = null,
  ) {
    this.#fields = fields;
    this.#parts = parts;
    this.#removed = removed;
    this.#whole = enlarged?.whole ?? null;
    this.#states = enlarged ? statesWith(enlarged.base.#states, enlarged.whole) : statesOf(fields, parts, removed);
    this.size = parts.reduce((size, { segment }) => size + segment.size, 0);
    this.#live = enlarged
      ? enlarged.base.#live + enlarged.whole.documents
      : this.size - (removed?.reduce((count, flag) => count + flag, 0) ?? 0);
  }

  /** The index of some segments, whose documents are numbered one segment after another. */
  static of<Field extends string>(
    fields: Readonly<Record<Field, FieldOptions>>,
    segments: readonly Segment<Field>[],
    removed: readonly number[],
  ): InvertedIndex<Field> {
    let base = 0;
    const parts = segments.map((segment): Part<Field> => {
      const part = { segment, base, removedOf: new Map(), removedCount: 0 };
      base += segment.size;
      return withRemoved(part, removed);
    });
    const flags = flagged(null, removed, base);
    return new InvertedIndex(fields, parts, flags);
  }

  /** Segments and removed documents, from which `InvertedIndex.of` makes the same index. */
  get contents(): { readonly segments: readonly Segment<Field>[]; readonly removed: readonly number[] } {
    const removed: number[] = [];
    this.#removed?.forEach((flag, document) => void (flag === 1 && removed.push(document)));
    return { segments: this.#parts.map(({ segment }) => segment), removed };
  }

  /** The index after a change. New documents are numbered from `size` on. Costs what the change holds, and now and then a merge. */
  with({ remove = [], add = [] }: IndexChange<Field>): InvertedIndex<Field> {
    const gone = [...new Set(remove)].filter((document) => document < this.size && this.#removed?.[document] !== 1);
    const removed = flagged(this.#removed, gone, this.size + add.length);
    let parts = this.#parts.map((part) => withRemoved(part, gone));
    if (add.length > 0) {
      const builder = new SegmentBuilder<Field>([...this.#states.keys()]);
      for (const tokens of add) builder.add(tokens);
      parts = [...parts, { segment: builder.build(), base: this.size, removedOf: new Map(), removedCount: 0 }];
    }
    parts = tidied(parts, removed);
    return new InvertedIndex(this.#fields, parts, removed);
  }

  /**
   * The index with some documents of a larger collection, numbered from `size` on. A term is as rare, and a text as long for its kind, as in this index
   * and the whole collection together: so the documents score as if all of it were indexed here. Costs what the documents hold; meant for one query.
   * @param whole counts them too
   */
  enlarged(documents: readonly DocumentTokens<Field>[], whole: CollectionCounts<Field>): InvertedIndex<Field> {
    const builder = new SegmentBuilder<Field>([...this.#states.keys()]);
    for (const tokens of documents) builder.add(tokens);
    const part = { segment: builder.build(), base: this.size, removedOf: new Map(), removedCount: 0 };
    const removed = flagged(this.#removed, [], this.size + documents.length);
    return new InvertedIndex(this.#fields, [...this.#parts, part], removed, { whole, base: this });
  }

  /** In how many documents a field has a term. */
  documentFrequency(field: Field, term: string): number {
    let count = this.#whole?.frequency(field, term) ?? 0;
    const counted = this.#whole ? this.#parts.slice(0, -1) : this.#parts;
    for (const part of counted) {
      const own = part.segment.fields[field];
      const number = own.terms.get(term);
      if (number === undefined) continue;
      count += own.starts[number + 1]! - own.starts[number]! - removedWith(part, field, number, this.#removed);
    }
    return count;
  }

  /** How much finding a term in a field says; for a term no document has, as if it were rarer than any. */
  idf(field: Field, term: string): number {
    const count = this.documentFrequency(field, term);
    return idf(count > 0 ? this.#states.get(field)!.filled : this.#live, count);
  }

  /** How often each term of a field stands in all documents together. After changes a term may come several times, each with its share. */
  *termCounts(field: Field): Iterable<[term: string, count: number]> {
    for (const { segment, base } of this.#parts) {
      const { terms, starts, documents, frequencies } = segment.fields[field];
      for (const [term, number] of terms) {
        let count = 0;
        for (let at = starts[number]!; at < starts[number + 1]!; at++) {
          if (this.#removed?.[base + documents[at]!] !== 1) count += frequencies[at]!;
        }
        if (count > 0) yield [term, count];
      }
    }
  }

  /** How often a term stands in a field of all documents together. */
  termCount(field: Field, term: string): number {
    let count = 0;
    for (const { segment, base } of this.#parts) {
      const { terms, starts, documents, frequencies } = segment.fields[field];
      const number = terms.get(term);
      if (number === undefined) continue;
      for (let at = starts[number]!; at < starts[number + 1]!; at++) {
        if (this.#removed?.[base + documents[at]!] !== 1) count += frequencies[at]!;
      }
    }
    return count;
  }

  /** A term's postings, to look at several documents with `impactIn`; null when no document has it. */
  postings(field: Field, term: string): Postings | null {
    const parts = this.#partsOf(field, term);
    return parts.length === 0 ? null : { idf: this.idf(field, term), parts };
  }

  /** The `k` best documents with a score above zero, best first. */
  search(query: readonly QueryTerm[], k: number): Hit[] {
    const lists: PostingList[] = [];
    for (const { field, term, weight } of query) {
      const state = this.#states.get(field as Field);
      if (!state || weight <= 0 || state.weight <= 0) continue;
      const parts = this.#partsOf(field as Field, term);
      if (parts.length > 0) lists.push({ factor: weight * this.idf(field as Field, term) * state.weight, parts });
    }
    this.#scores ??= new Float64Array(this.size);
    this.#touched ??= new Uint32Array(this.size);
    return maxScore(lists, k, this.#scores, this.#touched, this.#removed);
  }

  /** What each term adds to one document, the largest first. */
  explain(query: readonly QueryTerm[], document: number): TermScore[] {
    const scores: TermScore[] = [];
    for (const { field, term, weight } of query) {
      const impact = this.impact(field as Field, term, document);
      if (impact > 0)
        scores.push({ field, term, score: weight * this.idf(field as Field, term) * this.#states.get(field as Field)!.weight * impact });
    }
    return scores.sort((a, b) => b.score - a.score);
  }

  /** Saturation of a term in a field of one document, 0 where it does not occur. */
  impact(field: Field, term: string, document: number): number {
    if (!this.#states.has(field) || this.#removed?.[document] === 1) return 0;
    return impactIn(this.#partsOf(field, term), document);
  }

  /** The sum over each document's terms in a field of their idf: the most a query can have in common with it. By document number. */
  idfMasses(field: Field): Float64Array {
    const masses = new Float64Array(this.size);
    const { filled } = this.#states.get(field)!;
    const counts = liveCounts(this.#parts, field, this.#removed);
    for (const [at, { segment, base }] of this.#parts.entries()) {
      const { starts, documents } = segment.fields[field];
      const own = counts[at]!;
      for (let term = 0; term < own.length; term++) {
        const value = idf(own[term]! > 0 ? filled : this.#live, own[term]!);
        for (let posting = starts[term]!; posting < starts[term + 1]!; posting++) masses[documents[posting]! + base]! += value;
      }
    }
    return masses;
  }

  #partsOf(field: Field, term: string): PostingPart[] {
    const parts: PostingPart[] = [];
    const state = this.#states.get(field);
    if (!state) return parts;
    for (const { segment, base } of this.#parts) {
      const own = segment.fields[field];
      const number = own.terms.get(term);
      if (number === undefined) continue;
      const { constant, perToken } = state;
      parts.push({ field: own, base, number, from: own.starts[number]!, to: own.starts[number + 1]!, constant, perToken });
    }
    return parts;
  }
}

function statesOf<Field extends string>(
  fields: Readonly<Record<Field, FieldOptions>>,
  parts: readonly Part<Field>[],
  removed: Removed,
): Map<Field, FieldState> {
  const states = new Map<Field, FieldState>();
  for (const field of Object.keys(fields) as Field[]) {
    let filled = 0;
    let tokens = 0;
    for (const { segment, base } of parts) {
      const { lengths } = segment.fields[field];
      for (let document = 0; document < lengths.length; document++) {
        if (lengths[document] === 0 || removed?.[base + document] === 1) continue;
        filled++;
        tokens += lengths[document]!;
      }
    }
    states.set(field, stateOf(fields[field], { filled, tokens }));
  }
  return states;
}

function stateOf({ weight, bm25 }: FieldOptions, { filled, tokens }: FieldCounts): FieldState {
  const average = tokens / (filled || 1) || 1;
  return { weight, bm25, filled, tokens, constant: bm25.k1 * (1 - bm25.b), perToken: (bm25.k1 * bm25.b) / average };
}

function statesWith<Field extends string>(states: ReadonlyMap<Field, FieldState>, whole: CollectionCounts<Field>): Map<Field, FieldState> {
  const all = new Map<Field, FieldState>();
  for (const [field, state] of states) {
    const { filled = 0, tokens = 0 } = whole.fields[field] ?? {};
    all.set(field, stateOf(state, { filled: state.filled + filled, tokens: state.tokens + tokens }));
  }
  return all;
}
