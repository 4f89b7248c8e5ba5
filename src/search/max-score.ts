import { eachImpactAmong, type PostingPart } from './postings.ts';
import { type Hit, kthScore, topK } from './top-k.ts';

/** One term of a query: its postings, and what a saturation of 1 adds to a score. */
export interface PostingList {
  readonly factor: number;
  readonly parts: readonly PostingPart[];
}

/** By document number: 1 for those that are removed. Null when none is. */
export type Removed = Uint8Array | null;

interface Bounded extends PostingList {
  /** The most this term adds to any document. */
  readonly bound: number;
  readonly length: number;
}

/** Sums of floating-point numbers differ a little by their order; bounds are held against scores with this much leave. */
const SLACK = 1 - 1e-9;

/**
 * The `k` best documents of a disjunctive query by MaxScore, term at a time: terms that can add most come first; as soon as the terms left cannot
 * lift a new document among the best, only documents already seen are looked up in them, and those that can no longer win are dropped. The result
 * is exactly that of adding up everything.
 * @param scores all zero, one for each document number; zero again on return. @param touched room for as many numbers.
 */
export function maxScore(lists: readonly PostingList[], k: number, scores: Float64Array, touched: Uint32Array, removed: Removed): Hit[] {
  if (k <= 0) return [];
  const ordered = lists.map(bounded).sort((a, b) => b.bound - a.bound || a.length - b.length);
  const rest = new Float64Array(ordered.length + 1);
  for (let at = ordered.length - 1; at >= 0; at--) rest[at] = rest[at + 1]! + ordered[at]!.bound;

  let seen = 0;
  let threshold = 0;
  let at = 0;
  for (; at < ordered.length; at++) {
    const list = ordered[at]!;
    // Finding the threshold costs a look at every document seen; it pays before a long list.
    if (seen >= k && list.length > seen) {
      threshold = kthScore(touched, seen, scores, k);
      if (rest[at]! < threshold * SLACK) break;
    }
    seen = addAll(list, scores, touched, seen, removed);
  }
  const all = seen;
  let candidates = touched.subarray(0, seen);
  if (at < ordered.length) {
    // In ascending order, so that each list is gone through once.
    candidates = Uint32Array.from(keepPromising(candidates, scores, threshold, rest[at]!)).sort();
    for (; at < ordered.length; at++) {
      lookUp(ordered[at]!, candidates, scores);
      if (candidates.length > 2 * k && at + 1 < ordered.length) {
        threshold = kthScore(candidates, candidates.length, scores, k);
        candidates = Uint32Array.from(keepPromising(candidates, scores, threshold, rest[at + 1]!));
      }
    }
  }
  const hits = topK(candidates, candidates.length, scores, k);
  for (let index = 0; index < all; index++) scores[touched[index]!] = 0;
  return hits;
}

function bounded(list: PostingList): Bounded {
  let best = 0;
  let length = 0;
  for (const { field, number, from, to, constant, perToken } of list.parts) {
    const frequency = field.highestFrequency[number]!;
    best = Math.max(best, frequency / (frequency + constant + perToken * field.shortestLength[number]!));
    length += to - from;
  }
  return { ...list, bound: list.factor * best, length };
}

/** Adds a term to every document that has it. */
function addAll({ parts, factor }: PostingList, scores: Float64Array, touched: Uint32Array, count: number, removed: Removed): number {
  let seen = count;
  for (const { field, base, from, to, constant, perToken } of parts) {
    const { documents, frequencies, lengths } = field;
    for (let at = from; at < to; at++) {
      const own = documents[at]!;
      const document = own + base;
      if (removed !== null && removed[document] === 1) continue;
      const frequency = frequencies[at]!;
      if (scores[document] === 0) touched[seen++] = document;
      scores[document]! += factor * (frequency / (frequency + constant + perToken * lengths[own]!));
    }
  }
  return seen;
}

/** Adds a term to the candidates, which ascend. */
function lookUp({ parts, factor }: PostingList, candidates: Uint32Array, scores: Float64Array): void {
  eachImpactAmong(parts, candidates, (place, impact) => void (scores[candidates[place]!]! += factor * impact));
}

/** Documents that the terms left could still lift to the threshold. */
function keepPromising(documents: Uint32Array, scores: Float64Array, threshold: number, rest: number): Uint32Array {
  const kept = new Uint32Array(documents.length);
  let count = 0;
  for (const document of documents) if (scores[document]! + rest >= threshold * SLACK) kept[count++] = document;
  return kept.subarray(0, count);
}
