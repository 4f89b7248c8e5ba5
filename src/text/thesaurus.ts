import { normalise } from './normalise.ts';

/** One line of the thesaurus: how texts write it, how people say it. */
export interface ThesaurusGroup {
  readonly official: readonly string[];
  readonly colloquial: readonly string[];
  /** Said for this and for other things too: counts less. */
  readonly ambiguous: readonly string[];
}

/** A phrase of the text that stands for a concept (a thesaurus group). */
export interface ConceptMatch {
  readonly concept: number;
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
  readonly isAmbiguous: boolean;
  readonly isOfficial: boolean;
}

interface Entry {
  readonly concept: number;
  readonly isAmbiguous: boolean;
  readonly isOfficial: boolean;
}

/** 口语—政策用语对照: finds the concepts a text speaks of, whichever words it uses. */
export interface Thesaurus {
  readonly groups: readonly ThesaurusGroup[];
  /** Every phrase of every group that stands in the text, also inside longer ones. */
  allMatches(text: string): ConceptMatch[];
  /** The concepts of all those phrases, one each. For texts that are searched. */
  concepts(text: string): number[];
  /** The longest phrases only, no two over the same characters. For questions. */
  longestMatches(text: string): ConceptMatch[];
}

/** A phrase in more groups than this says too little about any of them. */
const AMBIGUOUS_FROM_GROUPS = 2;

/** A place in the tree of all phrases, one level a UTF-16 unit. */
interface Node {
  readonly next: Map<number, Node>;
  /** What a phrase that ends here stands for. */
  readonly entries: Entry[];
}

const newNode = (): Node => ({ next: new Map(), entries: [] });

/** Builds the matcher. Phrases are compared normalised; shorter than two characters they are ignored. */
export function createThesaurus(groups: readonly ThesaurusGroup[]): Thesaurus {
  const root = newNode();
  const add = (raw: string, entry: Entry): void => {
    const phrase = normalise(raw);
    if (phrase.length < 2) return;
    let node = root;
    for (let at = 0; at < phrase.length; at++) {
      const unit = phrase.charCodeAt(at);
      let next = node.next.get(unit);
      if (!next) node.next.set(unit, (next = newNode()));
      node = next;
    }
    if (!node.entries.some((other) => other.concept === entry.concept)) node.entries.push(entry);
  };
  groups.forEach((group, concept) => {
    for (const phrase of group.official) add(phrase, { concept, isAmbiguous: false, isOfficial: true });
    for (const phrase of group.colloquial) add(phrase, { concept, isAmbiguous: false, isOfficial: false });
    for (const phrase of group.ambiguous) add(phrase, { concept, isAmbiguous: true, isOfficial: false });
  });

  // Most characters of a text begin no phrase.
  const begins = new Uint8Array(0x1_0000);
  for (const unit of root.next.keys()) begins[unit] = 1;

  const visit = (text: string, found: (entries: readonly Entry[], start: number, end: number) => void): void => {
    for (let start = 0; start < text.length; start++) {
      const unit = text.charCodeAt(start);
      if (begins[unit] === 0) continue;
      let node = root.next.get(unit);
      for (let end = start + 1; node; node = node.next.get(text.charCodeAt(end++))) {
        if (node.entries.length > 0) found(node.entries, start, end);
      }
    }
  };

  const allMatches = (text: string): ConceptMatch[] => {
    const found: ConceptMatch[] = [];
    visit(text, (entries, start, end) => {
      const phrase = text.slice(start, end);
      const isShared = entries.length > AMBIGUOUS_FROM_GROUPS;
      for (const { concept, isAmbiguous, isOfficial } of entries) {
        found.push({ concept, phrase, start, end, isAmbiguous: isAmbiguous || isShared, isOfficial });
      }
    });
    return found;
  };

  return {
    groups,
    allMatches,
    concepts(text) {
      const found: number[] = [];
      visit(text, (entries) => {
        for (const { concept } of entries) found.push(concept);
      });
      return found;
    },
    longestMatches(text) {
      const taken = new Map<number, string>();
      const chosen: ConceptMatch[] = [];
      const byLength = allMatches(text).sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
      for (const match of byLength) {
        const span = `${match.start}-${match.end}`;
        let isFree = true;
        for (let at = match.start; at < match.end && isFree; at++) isFree = !taken.has(at) || taken.get(at) === span;
        if (!isFree) continue;
        for (let at = match.start; at < match.end; at++) taken.set(at, span);
        chosen.push(match);
      }
      return chosen.sort((a, b) => a.start - b.start);
    },
  };
}
