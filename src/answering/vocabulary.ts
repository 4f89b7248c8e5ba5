import type { Section } from '../domain/record.ts';
import { comparable } from '../text/tokens.ts';
import type { SectionTokens } from './section-tokens.ts';

/** What a misspelling may stand for. */
export interface Vocabulary {
  /** Words, and pairs of neighbouring words (高新 + 技术), of 2–6 characters in the official texts, and how often each stands there. */
  readonly phrases: ReadonlyMap<string, number>;
  /** Titles and tags. */
  readonly names: ReadonlySet<string>;
}

/** In a very large library every further text brings chance neighbours rather than words: beyond this many, only titles and tags add phrases. */
const PHRASE_SECTIONS = 5_000;

/** Whether a term is Chinese: no term mixes scripts. */
const isChinese = (term: string): boolean => term.charCodeAt(0) >= 0x2e80;
const MAX_PHRASE = 6;

/** Collects the vocabulary section by section. */
export class VocabularyBuilder {
  readonly #phrases: Map<string, number>;
  readonly #names: Set<string>;
  #sections = 0;
  #lastText = '';
  #lastNames: readonly string[] = [];

  /** @param base is extended, not changed. */
  constructor(base: Vocabulary | null) {
    this.#phrases = new Map(base?.phrases);
    this.#names = new Set(base?.names);
  }

  add(section: Section, { title, text, tags }: SectionTokens): void {
    for (const name of [section.title, ...section.tags].flatMap((text) => this.#namesIn(text))) {
      this.#names.add(name);
      this.#countPhrase(name);
    }
    for (const { words, pairs } of this.#sections++ < PHRASE_SECTIONS ? [title, tags, text] : [title, tags]) {
      for (const word of words) this.#countPhrase(word);
      for (const pair of pairs) this.#countPhrase(pair);
    }
  }

  build(): Vocabulary {
    return { phrases: this.#phrases, names: this.#names };
  }

  /** Neighbouring sections often have the same title. */
  #namesIn(text: string): readonly string[] {
    if (text !== this.#lastText) {
      this.#lastText = text;
      this.#lastNames = comparable(text)
        .split(/[^\p{Script=Han}]+/u)
        .filter((name) => name.length > 1);
    }
    return this.#lastNames;
  }

  #countPhrase(phrase: string): void {
    if (phrase.length > 1 && phrase.length <= MAX_PHRASE && isChinese(phrase))
      this.#phrases.set(phrase, (this.#phrases.get(phrase) ?? 0) + 1);
  }
}
