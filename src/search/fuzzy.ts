import Fuse from 'fuse.js';

/** A vocabulary entry: the phrase and the other spellings (pinyin …) under which it may be meant. */
export interface FuzzyEntry {
  readonly phrase: string;
  readonly spelling: string;
}

export interface FuzzyMatch {
  readonly phrase: string;
  /** 0 is exact, 1 is nothing alike (fuse.js's scale). */
  readonly distance: number;
}

/**
 * Approximate look-up in a vocabulary of short phrases, by characters and by spelling, with fuse.js. Meant for the few words of a question
 * that the index does not know: its cost grows with the vocabulary, never with the texts.
 */
export class FuzzyVocabulary {
  readonly #fuse: Fuse<FuzzyEntry>;

  constructor(entries: readonly FuzzyEntry[]) {
    this.#fuse = new Fuse(entries, {
      keys: [
        { name: 'phrase', weight: 2 },
        { name: 'spelling', weight: 1 },
      ],
      includeScore: true,
      threshold: 0.5,
      ignoreLocation: true,
      ignoreFieldNorm: true,
      minMatchCharLength: 1,
    });
  }

  search(phrase: string, spelling: string, limit: number): FuzzyMatch[] {
    const found = this.#fuse.search({ $or: [{ phrase }, { spelling }] }, { limit });
    return found.map(({ item, score }) => ({ phrase: item.phrase, distance: score ?? 1 }));
  }
}
