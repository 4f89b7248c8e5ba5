import { type LibraryRecord, type Section, sentenceText } from '../domain/record.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import { type Tokens, tokenise } from '../text/tokens.ts';

/** A section as the indexes see it. */
export interface SectionTokens {
  /** Its title, under those of its part and its document. */
  readonly title: Tokens;
  readonly text: Tokens;
  readonly tags: Tokens;
  readonly questions: readonly Tokens[];
  /** The sentences to which questions are bound, in reading order, each with its number. */
  readonly topics: readonly (readonly [sentence: number, tokens: Tokens])[];
}

export function tokensOf(section: Section, record: LibraryRecord, thesaurus: Thesaurus): SectionTokens {
  // 申请材料 of one guide and of another are told apart by what the guide is called.
  const titles = new Set([record.title, section.part ?? '', section.title]);
  return {
    title: tokenise([...titles].join('\n'), thesaurus),
    text: tokenise(section.text, thesaurus),
    tags: tokenise(section.tags.join(' '), thesaurus),
    questions: section.questions.map(({ text }) => tokenise(text, thesaurus)),
    topics: topicSentences(section).map((sentence) => [sentence, tokenise(sentenceText(section, sentence), thesaurus)]),
  };
}

/** Numbers of the sentences to which questions are bound, ascending. */
export const topicSentences = ({ questions }: Section): number[] =>
  [...new Set(questions.flatMap(({ sentence }) => sentence ?? []))].sort((a, b) => a - b);
