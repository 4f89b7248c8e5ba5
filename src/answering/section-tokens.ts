import { type Section, sentenceText } from '../domain/record.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import { type Tokens, tokenise } from '../text/tokens.ts';

/** A section as the indexes see it. */
export interface SectionTokens {
  readonly title: Tokens;
  readonly tags: Tokens;
  /** In reading order; together they are the section's text. */
  readonly sentences: readonly Tokens[];
  readonly questions: readonly Tokens[];
}

export function tokensOf(section: Section, thesaurus: Thesaurus): SectionTokens {
  return {
    title: tokenise(section.title, thesaurus),
    tags: tokenise(section.tags.join(' '), thesaurus),
    sentences: section.sentences.map((_, sentence) => tokenise(sentenceText(section, sentence), thesaurus)),
    questions: section.questions.map(({ text }) => tokenise(text, thesaurus)),
  };
}
