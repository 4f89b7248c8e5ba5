import type { Section } from '../domain/record.ts';
import { runs } from '../text/normalise.ts';
import { segment, segmentOnce } from '../text/segment.ts';
import { bigramsOf, comparable } from '../text/tokens.ts';

const isHanPhrase = (phrase: string): boolean => /^\p{Script=Han}{2,6}$/u.test(phrase);

/** Phrases a misspelling may stand for: words, and pairs of neighbouring words (高新 + 技术), of the official texts. */
export function phrasesOf(sections: readonly Section[], lexicon: readonly string[]): Map<string, number> {
  const phrases = new Map<string, number>();
  const count = (phrase: string): void => {
    if (isHanPhrase(phrase)) phrases.set(phrase, (phrases.get(phrase) ?? 0) + 1);
  };
  for (const section of sections) {
    for (const source of [section.title, ...section.tags, section.text]) {
      for (const run of runs(comparable(source))) {
        const words = segmentOnce(run.text);
        words.forEach((word, at) => {
          count(word);
          const next = words[at + 1];
          if (next !== undefined && word.length > 1 && next.length > 1) count(word + next);
        });
        for (const word of segment(run.text)) count(word);
      }
    }
  }
  for (const word of namesOf(sections, lexicon)) count(word);
  return phrases;
}

/** Titles and tags, and those lexicon words the library uses. */
export function namesOf(sections: readonly Section[], lexicon: readonly string[]): string[] {
  const pairs = new Set(sections.flatMap((section) => bigramsOf(comparable(section.text))));
  const isUsed = (word: string): boolean => [...word].every((character, at, all) => at === 0 || pairs.has(all[at - 1]! + character));
  const names = sections
    .flatMap((section) => [section.title, ...section.tags])
    .flatMap((name) => comparable(name).split(/[^\p{Script=Han}]+/u));
  return [...new Set([...names, ...lexicon.filter(isUsed)])].filter((name) => name.length >= 2);
}
