import type { Section } from '../domain/record.ts';
import { comparable, type Tokens } from '../text/tokens.ts';
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
  /** Of the section before: its titles, the phrases they added, and how many sections with the same ones have followed it. */
  #heads: { readonly title: Tokens; readonly name: string; readonly phrases: readonly string[]; repeats: number } | null = null;

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
    this.#countHeads(section, title, tags);
    if (this.#sections++ < PHRASE_SECTIONS) for (const term of termsIn(text)) this.#count(term, 1);
  }

  build(): Vocabulary {
    this.#countRepeats();
    return { phrases: this.#phrases, names: this.#names };
  }

  /** Sections that follow each other often have the same titles: those are counted once, with how often they stand there. */
  #countHeads({ title: name, tags: own }: Section, title: Tokens, tags: Tokens): void {
    if (this.#heads !== null && this.#heads.title === title && this.#heads.name === name && own.length === 0) {
      this.#heads.repeats++;
      return;
    }
    this.#countRepeats();
    const names = [name, ...own].flatMap(namesIn);
    for (const each of names) {
      this.#names.add(each);
      this.#touched?.names.add(each);
    }
    const phrases = [...names, ...termsIn(title), ...termsIn(tags)];
    for (const phrase of phrases) this.#count(phrase, 1);
    this.#heads = own.length === 0 ? { title, name, phrases, repeats: 0 } : null;
  }

  #countRepeats(): void {
    if (this.#heads === null || this.#heads.repeats === 0) return;
    for (const phrase of this.#heads.phrases) this.#count(phrase, this.#heads.repeats);
    this.#heads.repeats = 0;
  }

  #count(phrase: string, times: number): void {
    if (phrase.length < 2 || phrase.length > MAX_PHRASE || !isChinese(phrase)) return;
    this.#phrases.set(phrase, (this.#phrases.get(phrase) ?? 0) + times);
    this.#touched?.phrases.add(phrase);
  }
}

const termsIn = ({ words, pairs }: Tokens): readonly string[] => [...words, ...pairs];

const namesIn = (text: string): string[] =>
  comparable(text)
    .split(/[^\p{Script=Han}]+/u)
    .filter((name) => name.length > 1);
