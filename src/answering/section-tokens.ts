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

const REMEMBERED_TITLES = 256;
const NO_TOKENS: Tokens = { words: [], pairs: [], bigrams: [], characters: [], concepts: [] };

/** Reads the sections of a library one after the other. */
export function createSectionReader(thesaurus: Thesaurus): (section: Section, record: LibraryRecord) => SectionTokens {
  // Sections of one document follow each other under the same titles: those are read once.
  const titles = new Map<string, Tokens>();
  const titleTokens = (title: string): Tokens => {
    const known = titles.get(title);
    if (known) return known;
    if (titles.size >= REMEMBERED_TITLES) titles.clear();
    const tokens = tokenise(title, thesaurus);
    titles.set(title, tokens);
    return tokens;
  };
  let last: { readonly document: string; readonly part: string | null; readonly title: string; readonly tokens: Tokens } | null = null;
  return (section, record) => {
    const { part, title } = section;
    if (last === null || last.document !== record.title || last.part !== part || last.title !== title) {
      // 申请材料 of one guide and of another are told apart by what the guide is called.
      const all = [...new Set([record.title, part ?? '', title])].filter((each) => each !== '');
      last = { document: record.title, part, title, tokens: joined(all.map(titleTokens)) };
    }
    return tokensOf(section, last.tokens, thesaurus);
  };
}

function tokensOf(section: Section, title: Tokens, thesaurus: Thesaurus): SectionTokens {
  return {
    title,
    text: tokenise(section.text, thesaurus),
    tags: section.tags.length === 0 ? NO_TOKENS : tokenise(section.tags.join(' '), thesaurus),
    questions: section.questions.map(({ text }) => tokenise(text, thesaurus)),
    topics: topicSentences(section).map((sentence) => [sentence, tokenise(sentenceText(section, sentence), thesaurus)]),
  };
}

/** What several texts hold together. */
const joined = (parts: readonly Tokens[]): Tokens =>
  parts.length === 1
    ? parts[0]!
    : {
        words: parts.flatMap(({ words }) => words),
        pairs: parts.flatMap(({ pairs }) => pairs),
        bigrams: parts.flatMap(({ bigrams }) => bigrams),
        characters: parts.flatMap(({ characters }) => characters),
        concepts: parts.flatMap(({ concepts }) => concepts),
      };

/** Numbers of the sentences to which questions are bound, ascending. */
export const topicSentences = ({ questions }: Section): number[] =>
  [...new Set(questions.flatMap(({ sentence }) => sentence ?? []))].sort((a, b) => a - b);
