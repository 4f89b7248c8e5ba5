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

/** What some sections hold, all of it also known from before or not. */
export interface Touched {
  readonly names: ReadonlySet<string>;
  readonly phrases: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

/** Collects the vocabulary section by section. */
export class VocabularyBuilder {
  readonly #phrases: Map<string, number>;
  readonly #names: Set<string>;
  readonly #touched: Record<keyof Touched, Set<string>> | null;
  #sections = 0;
  #lastText = '';
  #lastNames: readonly string[] = [];

  /** @param base is extended, not changed. */
  constructor(base: Vocabulary | null) {
    this.#phrases = new Map(base?.phrases);
    this.#names = new Set(base?.names);
    this.#touched = base && { names: new Set(), phrases: new Set(), words: new Set() };
  }

  /** What the sections added to a base hold; null without a base. */
  get touched(): Touched | null {
    return this.#touched;
  }

  add(section: Section, { title, text, tags, questions }: SectionTokens): void {
    if (this.#touched) for (const { words } of [title, text, tags, ...questions]) for (const word of words) this.#touched.words.add(word);
    for (const name of [section.title, ...section.tags].flatMap((text) => this.#namesIn(text))) {
      this.#names.add(name);
      this.#touched?.names.add(name);
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
    if (phrase.length < 2 || phrase.length > MAX_PHRASE || !isChinese(phrase)) return;
    this.#phrases.set(phrase, (this.#phrases.get(phrase) ?? 0) + 1);
    this.#touched?.phrases.add(phrase);
  }
}
