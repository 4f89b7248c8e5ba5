import type { Removed } from './max-score.ts';
import { mergeSegments, type Segment, SegmentBuilder } from './segment.ts';

/** Documents indexed together, and what of them is no longer there. */
export interface Part<Field extends string> {
  readonly segment: Segment<Field>;
  /** Number of its first document. */
  readonly base: number;
  /** By field and term number: how many of its documents are removed. */
  readonly removedOf: ReadonlyMap<Field, ReadonlyMap<number, number>>;
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

/** A part after some more documents are gone, by number over all parts. */
export function withRemoved<Field extends string>(part: Part<Field>, gone: readonly number[]): Part<Field> {
  const { segment, base } = part;
  const isGone = new Uint8Array(segment.size);
  let count = 0;
  for (const document of gone) {
    if (document < base || document >= base + segment.size) continue;
    isGone[document - base] = 1;
    count++;
  }
  if (count === 0) return part;
  const removedOf = new Map<Field, Map<number, number>>();
  for (const field of Object.keys(segment.fields) as Field[]) {
    const { starts, documents, terms } = segment.fields[field];
    const removed = new Map(part.removedOf.get(field));
    for (let term = 0; term < terms.size; term++) {
      for (let at = starts[term]!; at < starts[term + 1]!; at++) {
        if (isGone[documents[at]!] === 1) removed.set(term, (removed.get(term) ?? 0) + 1);
      }
    }
    removedOf.set(field, removed);
  }
  return { segment, base, removedOf, removedCount: part.removedCount + count };
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
