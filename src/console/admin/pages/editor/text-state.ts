import { fieldsOf } from './fields.ts';
import { readPath } from './meta-path.ts';
import type { Content, RecordContent, RecordKind, RevisionView, Written } from '../../api/types.ts';

/** A text while it is edited: in its parts, or as it is stored. */
export type TextState =
  | { readonly mode: 'form'; readonly content: RecordContent }
  | { readonly mode: 'source'; readonly kind: RecordKind; readonly source: string };

export interface Initial {
  readonly source: string | null;
  readonly content: Content | null;
}

/** In parts where it can be read; else as it is stored. */
export function stateOf({ source, content }: Initial): TextState {
  if (content !== null && 'meta' in content) return { mode: 'form', content };
  return { mode: 'source', kind: kindIn(source ?? ''), source: source ?? '' };
}

export const writtenOf = (state: TextState): Written => (state.mode === 'form' ? { content: state.content } : { source: state.source });
export const kindOf = (state: TextState): RecordKind => (state.mode === 'form' ? state.content.kind : state.kind);

/** What a source that cannot be read says it is. */
const kindIn = (source: string): RecordKind => (/^kind:\s*(policy|procedure|faq)\b/m.exec(source)?.[1] ?? 'policy') as RecordKind;

/** The title a revision has, for headings. */
export function titleOf({ content, revision }: RevisionView): string {
  const title = content !== null && 'meta' in content ? content.meta['title'] : null;
  return typeof title === 'string' ? title : revision.textId;
}

/** Labels of what has to be filled in before a form can be read at all. */
export function missingIn(state: TextState): string[] {
  if (state.mode === 'source') return [];
  const { kind, meta } = state.content;
  const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
  return fieldsOf(kind)
    .filter(({ isRequired, path }) => isRequired === true && isEmpty(readPath(meta, path)))
    .map(({ label }) => label);
}
