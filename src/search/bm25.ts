/** Okapi BM25. `k1` bounds what repeats of a term add (0: nothing); `b` is how far long texts are held against (0: not at all, 1: fully). */
export interface Bm25Parameters {
  readonly k1: number;
  readonly b: number;
}

/**
 * Inverse document frequency, never negative (Lucene's form): how much finding a term says.
 * @example idf(1000, 1) // → 6.5…
 * @example idf(1000, 1000) // → 0.0005…
 */
export function idf(documentCount: number, documentFrequency: number): number {
  return Math.log(1 + (documentCount - documentFrequency + 0.5) / (documentFrequency + 0.5));
}

/**
 * How much `frequency` occurrences in a text of `length` tokens weigh, from 0 to just below 1. The usual factor (k1 + 1) is left out:
 * it scales all scores alike, and without it a field's score over a query is a share of that query's idf mass.
 */
export function saturation(frequency: number, length: number, averageLength: number, { k1, b }: Bm25Parameters): number {
  return frequency / (frequency + k1 * (1 - b + (b * length) / (averageLength || 1)));
}
