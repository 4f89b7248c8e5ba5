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

/** One field's postings, all terms one after another: documents ascending within a term, and how much each occurrence weighs (0 to 1). */
interface FieldPostings {
  /** Term → its number. */
  readonly terms: ReadonlyMap<string, number>;
  /** Postings of term n: from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
  readonly documents: Uint32Array;
  readonly impacts: Float32Array;
  /** By term number. */
  readonly idfs: Float32Array;
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
  /** By term: document, count, document, count … */
  readonly #occurrences = new Map<Field, Map<string, number[]>>();
  readonly #lengths = new Map<Field, number[]>();
  #size = 0;

  constructor(fields: Readonly<Record<Field, FieldOptions>>) {
    this.#fields = fields;
    for (const field of Object.keys(fields) as Field[]) {
      this.#occurrences.set(field, new Map());
      this.#lengths.set(field, []);
    }
  }

  /** Adds a document and returns its number. A field left out is empty. */
  add(tokens: Partial<Readonly<Record<Field, readonly string[]>>>): number {
    const document = this.#size++;
    for (const [field, terms] of this.#occurrences) {
      const list = tokens[field] ?? [];
      this.#lengths.get(field)!.push(list.length);
      for (const term of list) {
        const known = terms.get(term);
        if (!known) terms.set(term, [document, 1]);
        else if (known.at(-2) === document) known[known.length - 1]!++;
        else known.push(document, 1);
      }
    }
    return document;
  }

  build(): InvertedIndex<Field> {
    const postings = new Map<Field, FieldPostings>();
    for (const [field, occurrences] of this.#occurrences) {
      const lengths = this.#lengths.get(field)!;
      const filled = lengths.filter((length) => length > 0);
      const average = filled.reduce((sum, length) => sum + length, 0) / (filled.length || 1);
      const { bm25 } = this.#fields[field];
      let total = 0;
      for (const pairs of occurrences.values()) total += pairs.length / 2;
      const terms = new Map<string, number>();
      const starts = new Uint32Array(occurrences.size + 1);
      const documents = new Uint32Array(total);
      const impacts = new Float32Array(total);
      const idfs = new Float32Array(occurrences.size);
      let at = 0;
      for (const [term, pairs] of occurrences) {
        const number = terms.size;
        terms.set(term, number);
        starts[number] = at;
        // A field that few documents have is judged among those.
        idfs[number] = idf(filled.length, pairs.length / 2);
        for (let pair = 0; pair < pairs.length; pair += 2, at++) {
          const document = pairs[pair]!;
          documents[at] = document;
          impacts[at] = saturation(pairs[pair + 1]!, lengths[document]!, average, bm25);
        }
      }
      starts[terms.size] = at;
      postings.set(field, { terms, starts, documents, impacts, idfs });
    }
    return new InvertedIndex(this.#fields, postings, this.#size);
  }
}

/** An immutable index over numbered documents with weighted fields. Scores are sums over terms of field weight × term weight × idf × saturation. */
export class InvertedIndex<Field extends string> {
  readonly #fields: Readonly<Record<Field, FieldOptions>>;
  readonly #postings: ReadonlyMap<Field, FieldPostings>;
  /** Scores of the query in hand; zero between queries. */
  readonly #scores: Float32Array;
  readonly size: number;

  /** For `IndexBuilder`. */
  constructor(fields: Readonly<Record<Field, FieldOptions>>, postings: ReadonlyMap<Field, FieldPostings>, size: number) {
    this.#fields = fields;
    this.#postings = postings;
    this.#scores = new Float32Array(size);
    this.size = size;
  }

  /** In how many documents a field has a term. */
  documentFrequency(field: Field, term: string): number {
    const postings = this.#postings.get(field);
    const number = postings?.terms.get(term);
    return postings && number !== undefined ? postings.starts[number + 1]! - postings.starts[number]! : 0;
  }

  /** How much finding a term in a field says; for a term no document has, as if one had it. */
  idf(field: Field, term: string): number {
    const postings = this.#postings.get(field);
    const number = postings?.terms.get(term);
    return postings && number !== undefined ? postings.idfs[number]! : idf(this.size, 0);
  }

  /** The `k` best documents with a score above zero, best first. */
  search(query: readonly QueryTerm[], k: number): Hit[] {
    const touched: number[] = [];
    for (const { field, term, weight } of query) {
      const postings = this.#postings.get(field as Field);
      const number = postings?.terms.get(term);
      if (!postings || number === undefined) continue;
      const factor = weight * postings.idfs[number]! * this.#fields[field as Field].weight;
      if (factor <= 0) continue;
      const { documents, impacts, starts } = postings;
      for (let at = starts[number]!, end = starts[number + 1]!; at < end; at++) {
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
      const impact = this.impact(field as Field, term, document);
      if (impact > 0)
        scores.push({ field, term, score: weight * this.idf(field as Field, term) * this.#fields[field as Field].weight * impact });
    }
    return scores.sort((a, b) => b.score - a.score);
  }

  /** Saturation of a term in a field of one document, 0 where it does not occur. A binary search in the term's documents. */
  impact(field: Field, term: string, document: number): number {
    const postings = this.#postings.get(field);
    const number = postings?.terms.get(term);
    if (!postings || number === undefined) return 0;
    let low = postings.starts[number]!;
    let high = postings.starts[number + 1]! - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = postings.documents[middle]!;
      if (found === document) return postings.impacts[middle]!;
      if (found < document) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }
}
