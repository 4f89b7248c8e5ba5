import { type Section, sentenceText } from '../domain/record.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import { type Tokens, tokenise } from '../text/tokens.ts';

/** A section as the indexes see it. */
export interface SectionTokens {
  readonly title: Tokens;
  readonly text: Tokens;
  readonly tags: Tokens;
  readonly questions: readonly Tokens[];
  /** The sentences to which questions are bound, in reading order, each with its number. */
  readonly topics: readonly (readonly [sentence: number, tokens: Tokens])[];
}

export function tokensOf(section: Section, thesaurus: Thesaurus): SectionTokens {
  return {
    title: tokenise(section.title, thesaurus),
    text: tokenise(section.text, thesaurus),
    tags: tokenise(section.tags.join(' '), thesaurus),
    questions: section.questions.map(({ text }) => tokenise(text, thesaurus)),
    topics: topicSentences(section).map((sentence) => [sentence, tokenise(sentenceText(section, sentence), thesaurus)]),
  };
}

/** Numbers of the sentences to which questions are bound, ascending. */
export const topicSentences = ({ questions }: Section): number[] =>
  [...new Set(questions.flatMap(({ sentence }) => sentence ?? []))].sort((a, b) => a - b);
