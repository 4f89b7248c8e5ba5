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
  /** Every phrase of every group that stands in the text, also inside longer ones. For texts that are searched. */
  allMatches(text: string): ConceptMatch[];
  /** The longest phrases only, no two over the same characters. For questions. */
  longestMatches(text: string): ConceptMatch[];
}

/** A phrase in more groups than this says too little about any of them. */
const AMBIGUOUS_FROM_GROUPS = 2;

const MARKS = 1 << 16;
const markOf = (text: string, at: number): number => (Math.imul(text.charCodeAt(at), 0x9e37) ^ text.charCodeAt(at + 1)) & (MARKS - 1);

/** Builds the matcher. Phrases are compared normalised; shorter than two characters they are ignored. */
export function createThesaurus(groups: readonly ThesaurusGroup[]): Thesaurus {
  const entries = new Map<string, Entry[]>();
  /** Lengths of the phrases that begin with two characters, longest first. Most places in a text begin none: they are passed by at one look. */
  const lengthsByStart = new Map<string, number[]>();
  /** Marks the first units of those two characters, mixed: where there is no mark no phrase begins. */
  const marks = new Uint8Array(MARKS);
  const add = (raw: string, entry: Entry): void => {
    const phrase = normalise(raw);
    if (phrase.length < 2) return;
    const known = entries.get(phrase);
    if (known) {
      if (!known.some((other) => other.concept === entry.concept)) known.push(entry);
      return;
    }
    entries.set(phrase, [entry]);
    marks[markOf(phrase, 0)] = 1;
    const start = phrase.slice(0, 2);
    const lengths = lengthsByStart.get(start) ?? [];
    if (!lengths.includes(phrase.length)) lengths.push(phrase.length);
    lengthsByStart.set(
      start,
      lengths.sort((a, b) => b - a),
    );
  };
  groups.forEach((group, concept) => {
    for (const phrase of group.official) add(phrase, { concept, isAmbiguous: false, isOfficial: true });
    for (const phrase of group.colloquial) add(phrase, { concept, isAmbiguous: false, isOfficial: false });
    for (const phrase of group.ambiguous) add(phrase, { concept, isAmbiguous: true, isOfficial: false });
  });

  const allMatches = (text: string): ConceptMatch[] => {
    const found: ConceptMatch[] = [];
    for (let start = 0; start + 1 < text.length; start++) {
      if (marks[markOf(text, start)] === 0) continue;
      const lengths = lengthsByStart.get(text.slice(start, start + 2));
      if (lengths === undefined) continue;
      for (const length of lengths) {
        const phrase = text.slice(start, start + length);
        const matched = phrase.length === length ? entries.get(phrase) : undefined;
        if (!matched) continue;
        const isShared = matched.length > AMBIGUOUS_FROM_GROUPS;
        for (const { concept, isAmbiguous, isOfficial } of matched) {
          found.push({ concept, phrase, start, end: start + length, isAmbiguous: isAmbiguous || isShared, isOfficial });
        }
      }
    }
    return found;
  };

  return {
    groups,
    allMatches,
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
