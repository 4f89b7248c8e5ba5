import type { FieldSegment } from './segment.ts';

/** One term's postings in one segment, with what is needed to weigh them. */
export interface PostingPart {
  readonly field: FieldSegment;
  /** Number of the segment's first document. */
  readonly base: number;
  /** The term's number, and where its postings begin and end. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
  /** A frequency f in a field of l tokens weighs f / (f + `constant` + `perToken` × l). */
  readonly constant: number;
  readonly perToken: number;
}

/** The postings of one term in one field, for looking at single documents. */
export interface Postings {
  readonly idf: number;
  readonly parts: readonly PostingPart[];
}

/**
 * Calls back with each of `wanted` that has the term: its place in `wanted`, and the term's saturation there.
 * @param wanted document numbers, ascending
 */
export function eachImpactAmong(
  parts: readonly PostingPart[],
  wanted: ArrayLike<number>,
  visit: (place: number, impact: number) => void,
): void {
  for (const part of parts) {
    const { documents, frequencies, lengths } = part.field;
    let at = part.from;
    for (let place = 0; place < wanted.length; place++) {
      const own = wanted[place]! - part.base;
      if (own < 0) continue;
      if (own >= lengths.length) break;
      at = gallop(documents, at, part.to, own);
      if (at === part.to) break;
      if (documents[at] === own) visit(place, saturation(part, frequencies[at]!, lengths[own]!));
    }
  }
}

/** Ranges of document numbers, ascending: range n from `starts[n]` up to `ends[n]`. */
export interface Ranges {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/** Calls back with each document of some ranges that has the term: the number of its range, its own, and the term's saturation there. */
export function eachImpactIn(
  parts: readonly PostingPart[],
  { starts, ends }: Ranges,
  visit: (range: number, document: number, impact: number) => void,
): void {
  for (const part of parts) {
    const { documents, frequencies, lengths } = part.field;
    let at = part.from;
    for (let range = 0; range < starts.length && at < part.to; range++) {
      at = gallop(documents, at, part.to, starts[range]! - part.base);
      for (const end = ends[range]! - part.base; at < part.to && documents[at]! < end; at++) {
        const own = documents[at]!;
        visit(range, own + part.base, saturation(part, frequencies[at]!, lengths[own]!));
      }
    }
  }
}

const saturation = ({ constant, perToken }: PostingPart, frequency: number, length: number): number =>
  frequency / (frequency + constant + perToken * length);

/** The first place from `from` up to `to` whose number is not below `wanted`, quick when it is near. */
export function gallop(numbers: Uint32Array, from: number, to: number, wanted: number): number {
  let step = 1;
  let low = from;
  while (low + step <= to && numbers[low + step - 1]! < wanted) {
    low += step;
    step <<= 1;
  }
  return lowerBound(numbers, low, Math.min(low + step, to), wanted);
}

/** The first place from `low` up to `high` whose number is not below `wanted`. */
function lowerBound(numbers: Uint32Array, low: number, high: number, wanted: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Saturation of a term in one document, from 0 (it does not occur) to just below 1. A binary search. */
export function impactIn(parts: readonly PostingPart[], document: number): number {
  for (const part of parts) {
    const { documents, frequencies, lengths } = part.field;
    const own = document - part.base;
    if (own < 0 || own >= lengths.length) continue;
    const at = lowerBound(documents, part.from, part.to, own);
    return at === part.to || documents[at] !== own ? 0 : saturation(part, frequencies[at]!, lengths[own]!);
  }
  return 0;
}
