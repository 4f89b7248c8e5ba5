import type { Query } from '../answering/query.ts';
import { SECTION_FIELDS } from '../answering/indexes.ts';
import { idf } from '../search/bm25.ts';
import type { CountedKind, Wanted } from './store.ts';

/** Sections looked at for the rare terms of a question: each costs a few microseconds. */
const BUDGET = 4_000;
/** Terms too frequent for that are looked for two by two: of so many that say most. */
const PAIRED = 4;
/** What an official phrase says for which the question has another word, next to the question's own words. */
const EXPANSION_SHARE = 0.5;

/** In how many sections of the collections a term stands, and how many there are. */
export interface Rarity {
  readonly sections: number;
  frequency(kind: CountedKind, term: string): number;
}

interface Term extends Wanted {
  readonly sections: number;
}

/** A phrase of the thesaurus as terms that all have to stand there. */
export interface Expansion {
  readonly words: readonly string[];
}

/**
 * What to look for in collections too large to add up everything: the rarest terms of a question one by one, as far as few enough sections have them,
 * and the more frequent ones two by two. What is found so is ranked as always afterwards.
 */
export function wantedOf({ words, bigrams }: Query, expansions: readonly Expansion[], rarity: Rarity): Wanted[] {
  const terms: Term[] = [];
  const add = (kind: 'words' | 'bigrams', lexeme: string, weight: number): void => {
    const sections = rarity.frequency(kind, lexeme);
    if (sections === 0) return;
    const field = SECTION_FIELDS[kind === 'words' ? 'textWords' : 'textBigrams'];
    terms.push({ lexemes: [lexeme], value: weight * field.weight * idf(rarity.sections, sections), sections });
  };
  for (const [word, weight] of words) if (!bigrams.has(word)) add('words', word, weight);
  // A word of two characters is a pair of them as well, and found as one.
  for (const [pair, weight] of bigrams) add('bigrams', pair, weight + (words.get(pair) ?? 0));
  for (const phrase of expansions) {
    const sections = Math.min(...phrase.words.map((word) => rarity.frequency('words', word)));
    if (phrase.words.length === 0 || sections === 0) continue;
    terms.push({ lexemes: phrase.words, value: EXPANSION_SHARE * idf(rarity.sections, sections), sections });
  }
  terms.sort((a, b) => a.sections - b.sections);
  const alone: Term[] = [];
  let looked = 0;
  for (const term of terms) {
    looked += term.sections;
    if (looked > BUDGET) break;
    alone.push(term);
  }
  const frequent = terms
    .slice(alone.length)
    .sort((a, b) => b.value - a.value)
    .slice(0, PAIRED);
  const pairs = frequent.flatMap((first, at) =>
    frequent.slice(at + 1).map((second) => ({ lexemes: [...first.lexemes, ...second.lexemes], value: first.value + second.value })),
  );
  // A question of one frequent word alone: some of those that have it.
  const chosen = alone.length + pairs.length > 0 ? alone : terms.slice(0, 1);
  return [...chosen.map(({ lexemes, value }) => ({ lexemes, value })), ...pairs];
}
