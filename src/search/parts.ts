import type { Removed } from './max-score.ts';
import { mergeSegments, type Segment, SegmentBuilder } from './segment.ts';

/** Documents indexed together, and what of them is no longer there. */
export interface Part<Field extends string> {
  readonly segment: Segment<Field>;
  /** Number of its first document. */
  readonly base: number;
  /** By field and term number: how many of its documents are removed, as far as somebody asked (`removedWith`). */
  readonly removedOf: Map<Field, Map<number, number>>;
  readonly removedCount: number;
}

/** Parts with this share of removed documents are rewritten without them. */
const REWRITE_FROM = 0.25;

/** The flags with some more documents removed, and room for `size`; null while none is. */
export function flagged(removed: Removed, gone: readonly number[], size: number): Removed {
  if (removed === null && gone.length === 0) return null;
  const flags = new Uint8Array(size);
  if (removed) flags.set(removed);
  for (const document of gone) flags[document] = 1;
  return flags;
}

/** A part after some more documents are gone, by number over all parts. Costs no more than to count them. */
export function withRemoved<Field extends string>(part: Part<Field>, gone: readonly number[]): Part<Field> {
  const { segment, base } = part;
  const count = gone.reduce((sum, document) => sum + (document >= base && document < base + segment.size ? 1 : 0), 0);
  return count === 0 ? part : { segment, base, removedOf: new Map(), removedCount: part.removedCount + count };
}

/** How many removed documents of a part have a term in a field. @param removed by number over all parts, as they were when the part was made */
export function removedWith<Field extends string>(part: Part<Field>, field: Field, term: number, removed: Removed): number {
  if (part.removedCount === 0) return 0;
  let counts = part.removedOf.get(field);
  if (!counts) part.removedOf.set(field, (counts = new Map<number, number>()));
  let count = counts.get(term);
  if (count === undefined) counts.set(term, (count = countRemoved(part, field, term, removed)));
  return count;
}

function countRemoved<Field extends string>({ segment, base }: Part<Field>, field: Field, term: number, removed: Removed): number {
  const { starts, documents } = segment.fields[field];
  let count = 0;
  for (let at = starts[term]!; at < starts[term + 1]!; at++) if (removed?.[base + documents[at]!] === 1) count++;
  return count;
}

/** By part and term number: in how many documents of all parts together a field has the term, for who goes through all terms. */
export function liveCounts<Field extends string>(parts: readonly Part<Field>[], field: Field, removed: Removed): Uint32Array[] {
  const own = parts.map((part): Uint32Array => {
    const { starts, terms } = part.segment.fields[field];
    const counts = new Uint32Array(terms.size);
    for (let term = 0; term < counts.length; term++) {
      counts[term] = starts[term + 1]! - starts[term]! - (part.removedCount > 0 ? countRemoved(part, field, term, removed) : 0);
    }
    return counts;
  });
  const all = own.map((counts) => counts.slice());
  // Of two parts the terms of the smaller are looked up in the other: most parts hold a document or two.
  for (const [a, first] of parts.entries()) {
    for (let b = a + 1; b < parts.length; b++) {
      const [small, large] = first.segment.size < parts[b]!.segment.size ? [a, b] : [b, a];
      for (const [term, number] of parts[small]!.segment.fields[field].terms) {
        const other = parts[large]!.segment.fields[field].terms.get(term);
        if (other === undefined) continue;
        all[small]![number]! += own[large]![other]!;
        all[large]![other]! += own[small]![number]!;
      }
    }
  }
  return all;
}

/** Merges small parts into their left neighbours and drops what is removed, so that there are never more parts than about log₂ of the changes. */
export function tidied<Field extends string>(parts: readonly Part<Field>[], removed: Removed): Part<Field>[] {
  const live = ({ segment, removedCount }: Part<Field>): number => segment.size - removedCount;
  const kept: Part<Field>[] = [];
  for (const part of parts) {
    let last: Part<Field> = isWorn(part) ? rewritten(part, removed) : part;
    while (kept.length > 0 && live(kept.at(-1)!) <= 2 * live(last)) last = merged(kept.pop()!, last, removed);
    kept.push(last);
  }
  return kept;
}

const isWorn = ({ segment, removedCount }: Part<string>): boolean => removedCount > REWRITE_FROM * segment.size;

function merged<Field extends string>(first: Part<Field>, second: Part<Field>, removed: Removed): Part<Field> {
  const segment = mergeSegments(first.segment, second.segment, (document) => removed?.[first.base + document] === 1);
  return { segment, base: first.base, removedOf: new Map(), removedCount: 0 };
}

function rewritten<Field extends string>(part: Part<Field>, removed: Removed): Part<Field> {
  const nothing = new SegmentBuilder<Field>(Object.keys(part.segment.fields) as Field[]).build();
  return merged(part, { segment: nothing, base: part.base + part.segment.size, removedOf: new Map(), removedCount: 0 }, removed);
}
