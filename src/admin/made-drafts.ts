import { AppError } from '../domain/errors.ts';
import { parseSectionId } from '../domain/record.ts';
import { withAlternates, withSynonym } from '../knowledge/additions.ts';
import type { Editor, Editorial, Written } from '../knowledge/editorial/editorial.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { isRecordKind } from '../knowledge/text-source.ts';

/** A small change to a text that is made without its form. */
export type SmallChange =
  /** `place`: id of a section. */
  | { readonly kind: 'alternate'; readonly place: string; readonly questions: readonly string[] }
  | { readonly kind: 'synonym'; readonly official: string; readonly colloquial: string };

const THESAURUS = 'thesaurus.yaml';

/**
 * Makes a draft of a small change: on top of the draft there is, else of what is published.
 * @throws {AppError} `NOT_FOUND`; `NOT_POSSIBLE` while a change of the text is under review
 */
export async function draftOf(
  change: SmallChange,
  editor: Editor,
  { texts, editorial }: { readonly texts: EditorialStore; readonly editorial: Editorial },
): Promise<Written> {
  const place = change.kind === 'alternate' ? parseSectionId(change.place) : null;
  const textId = place?.documentId ?? THESAURUS;
  const text = await texts.text(textId);
  const revision = text && (await texts.revision(textId, text.latest));
  if (!text || !revision) throw new AppError('NOT_FOUND', '没有这份文件，它可能已被移除。');
  if (revision.state === 'in-review' || revision.state === 'scheduled') {
    throw new AppError('NOT_POSSIBLE', `“${text.title}”有一份修改正在审核，请等它审核结束后再添加。`);
  }
  const isDraft = revision.state === 'draft';
  const ground = isDraft ? revision : await texts.revision(textId, text.published ?? text.latest);
  const source = changed(ground?.source ?? revision.source);
  const seen = { version: text.version, note: isDraft ? revision.note : noteOf(change), source };
  return isDraft
    ? editorial.edit(editor, textId, revision.number, seen)
    : editorial.draft(editor, textId, { ...seen, base: text.published, origin: 'console' });

  function changed(before: string): string {
    if (change.kind === 'synonym') return withSynonym(before, change.official, change.colloquial);
    if (!text || !isRecordKind(text.kind)) throw new AppError('NOT_FOUND', '没有这份文件，它可能已被移除。');
    return withAlternates(before, text.kind, place?.number ?? 0, change.questions);
  }
}

const noteOf = (change: SmallChange): string =>
  change.kind === 'synonym'
    ? `补充同义词：${change.colloquial} → ${change.official}`
    : `根据用户的提问补充 ${change.questions.length} 条问法`;
