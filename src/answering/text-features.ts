import { sentenceText } from '../domain/record.ts';
import { comparable } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';
import { SECTION_FIELDS } from './indexes.ts';
import type { Query } from './query.ts';

/** Features read off a section's text itself, for the few candidates in front: reading all would take too long. */
export interface TextFeatures {
  readonly sentence: number;
  readonly phrase: number;
}

const PHRASE_LENGTH = 8;
const SENTENCE_FIELDS = [
  ['textWords', 'words'],
  ['textBigrams', 'bigrams'],
  ['textCharacters', 'characters'],
] as const;

export function createTextReader(query: Query, corpus: Corpus): (section: number) => TextFeatures {
  const { sectionIndex } = corpus;
  const grams = phraseGrams(query.text);
  const values = SENTENCE_FIELDS.flatMap(([field, kind]) =>
    Array.from(query[kind], ([term, weight]) => ({
      term,
      value: SECTION_FIELDS[field].weight * weight * sectionIndex.idf(field, term),
    })),
  );
  const mass = values.reduce((total, { value }) => total + value, 0) || 1;
  return (section) => {
    const sentences = corpus.readSentences(section);
    let best = 0;
    for (const text of sentences) {
      let matched = 0;
      for (const { term, value } of values) if (text.includes(term)) matched += value;
      best = Math.max(best, matched);
    }
    return { sentence: best / mass, phrase: longestCommon(grams, sentences.join('\n')) / PHRASE_LENGTH };
  };
}

/** Sentences of a section in comparable form, its title before each: a sentence stands under its heading. */
export function comparableSentences(section: Parameters<typeof sentenceText>[0]): string[] {
  const title = comparable(section.title);
  return section.sentences.map((_, sentence) => `${title}\n${comparable(sentenceText(section, sentence))}`);
}

/** All pieces of the question of 3 to `PHRASE_LENGTH` characters, by length. */
function phraseGrams(text: string): ReadonlyMap<number, readonly string[]> {
  const grams = new Map<number, string[]>();
  const clauses = text.split(/[^\p{Script=Han}a-z0-9.]+/u).filter((clause) => clause.length >= 3);
  for (let length = 3; length <= PHRASE_LENGTH; length++) {
    const pieces = clauses.flatMap((clause) =>
      Array.from({ length: Math.max(0, clause.length - length + 1) }, (_, at) => clause.slice(at, at + length)),
    );
    grams.set(length, pieces);
  }
  return grams;
}

/** Length of the longest piece that stands in the text, at most `PHRASE_LENGTH`; 0 below three characters. */
function longestCommon(grams: ReadonlyMap<number, readonly string[]>, text: string): number {
  let longest = 0;
  for (let length = 3; length <= PHRASE_LENGTH; length++) {
    if (!(grams.get(length) ?? []).some((gram) => text.includes(gram))) break;
    longest = length;
  }
  return longest;
}
