import type { RecordKind } from '../domain/record.ts';
import type { ThesaurusGroup } from '../text/thesaurus.ts';
import type { LibraryQuestion } from './language-texts.ts';

/** What a text holds, taken apart for forms and programs. */
export type TextContent =
  /** `meta` is the front matter, without what is left empty. */
  | { readonly kind: RecordKind; readonly meta: Readonly<Record<string, unknown>>; readonly body: string }
  | { readonly kind: 'lexicon'; readonly words: readonly string[] }
  | { readonly kind: 'thesaurus'; readonly groups: readonly ThesaurusGroup[] }
  | { readonly kind: 'english'; readonly terms: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'questions'; readonly questions: readonly LibraryQuestion[] };
