import type { Section } from '../domain/record.ts';
import { STOP_WORDS } from '../text/stopwords.ts';
import { comparable } from '../text/tokens.ts';
import type { SectionTokens } from './section-tokens.ts';

/** The library's own language: what a misspelling or a run of pinyin may stand for. */
export interface Vocabulary {
  /** Chinese words and how often each stands in the library, official texts weighing more. */
  readonly words: ReadonlyMap<string, number>;
  /** Words, and pairs of neighbouring words (高新 + 技术), of 2–6 characters in the official texts, and how often each stands there. */
  readonly phrases: ReadonlyMap<string, number>;
  /** Titles and tags. */
  readonly names: ReadonlySet<string>;
}

/** Official words are what people misspell and type in pinyin; the wording of the questions only fills the gaps. */
const TITLE_COUNT = 5;
const TEXT_COUNT = 3;
/** In a very large library every further text brings chance neighbours rather than words: beyond this many, only titles and tags add phrases. */
const PHRASE_SECTIONS = 5_000;

/** Whether a term is Chinese: no term mixes scripts. */
const isChinese = (term: string): boolean => term.charCodeAt(0) >= 0x2e80;
const MAX_PHRASE = 6;

/** Collects the vocabulary section by section. */
export class VocabularyBuilder {
  readonly #words: Map<string, number>;
  readonly #phrases: Map<string, number>;
  readonly #names: Set<string>;
  #sections = 0;

  /** @param base is extended, not changed. */
  constructor(base: Vocabulary | null) {
    this.#words = new Map(base?.words ?? [...STOP_WORDS].map((word) => [word, 1]));
    this.#phrases = new Map(base?.phrases);
    this.#names = new Set(base?.names);
  }

  add(section: Section, { title, text, tags, questions }: SectionTokens): void {
    this.#count(title.words, TITLE_COUNT);
    this.#count(tags.words, TITLE_COUNT);
    this.#count(text.words, TEXT_COUNT);
    for (const { words } of questions) this.#count(words, 1);
    for (const name of [section.title, ...section.tags].flatMap((text) => comparable(text).split(/[^\p{Script=Han}]+/u))) {
      if (name.length < 2) continue;
      this.#names.add(name);
      this.#countPhrase(name);
    }
    for (const { words, pairs } of this.#sections++ < PHRASE_SECTIONS ? [title, tags, text] : [title, tags]) {
      for (const word of words) this.#countPhrase(word);
      for (const pair of pairs) this.#countPhrase(pair);
    }
  }

  build(): Vocabulary {
    return { words: this.#words, phrases: this.#phrases, names: this.#names };
  }

  #count(words: readonly string[], times: number): void {
    for (const word of words) if (isChinese(word)) this.#words.set(word, (this.#words.get(word) ?? 0) + times);
  }

  #countPhrase(phrase: string): void {
    if (phrase.length > 1 && phrase.length <= MAX_PHRASE && isChinese(phrase))
      this.#phrases.set(phrase, (this.#phrases.get(phrase) ?? 0) + 1);
  }
}
