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

/** Calls back with each document from `from` up to `to` that has the term, ascending, and its saturation there. */
export function eachImpact(
  parts: readonly PostingPart[],
  from: number,
  to: number,
  visit: (document: number, impact: number) => void,
): void {
  for (const part of parts) {
    const { documents, frequencies, lengths } = part.field;
    if (to <= part.base || from >= part.base + lengths.length) continue;
    for (let at = lowerBound(documents, part.from, part.to, from - part.base); at < part.to; at++) {
      const own = documents[at]!;
      if (own + part.base >= to) break;
      visit(own + part.base, frequencies[at]! / (frequencies[at]! + part.constant + part.perToken * lengths[own]!));
    }
  }
}

/** The first place from `low` up to `high` whose number is not below `wanted`. */
export function lowerBound(numbers: Uint32Array, low: number, high: number, wanted: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Saturation of a term in one document, from 0 (it does not occur) to just below 1. A binary search. */
export function impactIn(parts: readonly PostingPart[], document: number): number {
  for (const { field, base, from, to, constant, perToken } of parts) {
    const { documents, frequencies, lengths } = field;
    const own = document - base;
    if (own < 0 || own >= lengths.length) continue;
    const at = lowerBound(documents, from, to, own);
    if (at === to || documents[at] !== own) return 0;
    return frequencies[at]! / (frequencies[at]! + constant + perToken * lengths[own]!);
  }
  return 0;
}
