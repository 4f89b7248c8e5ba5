import { type Bm25Parameters, idf, saturation } from './bm25.ts';
import { type Hit, topK } from './top-k.ts';

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

/** Where a term occurs: documents in ascending order, and how much each occurrence weighs (BM25 saturation, 0 to 1). */
interface Posting {
  readonly documents: Uint32Array;
  readonly impacts: Float32Array;
  readonly idf: number;
}

/** What one matched term added to one document's score. */
export interface TermScore {
  readonly field: string;
  readonly term: string;
  readonly score: number;
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
  readonly #frequencies = new Map<Field, Map<string, { documents: number[]; counts: number[] }>>();
  readonly #lengths = new Map<Field, number[]>();
  #size = 0;

  constructor(fields: Readonly<Record<Field, FieldOptions>>) {
    this.#fields = fields;
    for (const field of Object.keys(fields) as Field[]) {
      this.#frequencies.set(field, new Map());
      this.#lengths.set(field, []);
    }
  }

  /** Adds a document and returns its number. A field left out is empty. */
  add(tokens: Partial<Readonly<Record<Field, readonly string[]>>>): number {
    const document = this.#size++;
    for (const [field, terms] of this.#frequencies) {
      const list = tokens[field] ?? [];
      this.#lengths.get(field)!.push(list.length);
      for (const term of list) {
        let entry = terms.get(term);
        if (!entry) terms.set(term, (entry = { documents: [], counts: [] }));
        const last = entry.documents.length - 1;
        if (entry.documents[last] === document) entry.counts[last]!++;
        else {
          entry.documents.push(document);
          entry.counts.push(1);
        }
      }
    }
    return document;
  }

  build(): InvertedIndex<Field> {
    const postings = new Map<Field, Map<string, Posting>>();
    for (const [field, terms] of this.#frequencies) {
      const lengths = this.#lengths.get(field)!;
      const filled = lengths.filter((length) => length > 0);
      const average = filled.reduce((sum, length) => sum + length, 0) / (filled.length || 1);
      const { bm25 } = this.#fields[field];
      const frozen = new Map<string, Posting>();
      for (const [term, { documents, counts }] of terms) {
        const impacts = Float32Array.from(counts, (count, at) => saturation(count, lengths[documents[at]!]!, average, bm25));
        // A field that few documents have is judged among those.
        frozen.set(term, { documents: Uint32Array.from(documents), impacts, idf: idf(filled.length, documents.length) });
      }
      postings.set(field, frozen);
    }
    return new InvertedIndex(this.#fields, postings, this.#size);
  }
}

/** An immutable index over numbered documents with weighted fields. Scores are sums over terms of field weight × term weight × idf × saturation. */
export class InvertedIndex<Field extends string> {
  readonly #fields: Readonly<Record<Field, FieldOptions>>;
  readonly #postings: ReadonlyMap<Field, ReadonlyMap<string, Posting>>;
  /** Scores of the query in hand; zero between queries. */
  readonly #scores: Float32Array;
  readonly size: number;

  constructor(fields: Readonly<Record<Field, FieldOptions>>, postings: ReadonlyMap<Field, ReadonlyMap<string, Posting>>, size: number) {
    this.#fields = fields;
    this.#postings = postings;
    this.#scores = new Float32Array(size);
    this.size = size;
  }

  /** In how many documents a field has a term. */
  documentFrequency(field: Field, term: string): number {
    return this.#postings.get(field)?.get(term)?.documents.length ?? 0;
  }

  /** How much finding a term in a field says; for a term no document has, as if one had it. */
  idf(field: Field, term: string): number {
    return this.#postings.get(field)?.get(term)?.idf ?? idf(this.size, 0);
  }

  /** All terms of a field. */
  terms(field: Field): IterableIterator<string> {
    return (this.#postings.get(field) ?? new Map<string, Posting>()).keys();
  }

  /** The `k` best documents with a score above zero, best first. */
  search(query: readonly QueryTerm[], k: number): Hit[] {
    const touched: number[] = [];
    for (const { field, term, weight } of query) {
      const posting = this.#postings.get(field as Field)?.get(term);
      const factor = posting ? weight * posting.idf * this.#fields[field as Field].weight : 0;
      if (!posting || factor <= 0) continue;
      const { documents, impacts } = posting;
      for (let at = 0; at < documents.length; at++) {
        const document = documents[at]!;
        if (this.#scores[document] === 0) touched.push(document);
        this.#scores[document]! += factor * impacts[at]!;
      }
    }
    const hits = topK(touched, (document) => this.#scores[document]!, k);
    for (const document of touched) this.#scores[document] = 0;
    return hits;
  }

  /** What each term adds to one document, the largest first. */
  explain(query: readonly QueryTerm[], document: number): TermScore[] {
    const scores: TermScore[] = [];
    for (const { field, term, weight } of query) {
      const posting = this.#postings.get(field as Field)?.get(term);
      const impact = posting ? impactOf(posting, document) : 0;
      if (posting && impact > 0) scores.push({ field, term, score: weight * posting.idf * this.#fields[field as Field].weight * impact });
    }
    return scores.sort((a, b) => b.score - a.score);
  }

  /** Saturation of a term in a field of one document, 0 where it does not occur. */
  impact(field: Field, term: string, document: number): number {
    const posting = this.#postings.get(field)?.get(term);
    return posting ? impactOf(posting, document) : 0;
  }
}

/** Binary search in the ascending document list. */
function impactOf({ documents, impacts }: Posting, document: number): number {
  let low = 0;
  let high = documents.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = documents[middle]!;
    if (found === document) return impacts[middle]!;
    if (found < document) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
