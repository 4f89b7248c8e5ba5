import type { AppError } from '../../domain/errors.ts';
import { mayActAs, ROLE_NAMES, type Role } from '../../domain/role.ts';
import type { Editor, Permissions } from './editorial.ts';
import { faults } from './faults.ts';
import { STATE_NAMES } from './names.ts';
import type { LibraryText, Revision, RevisionState, TextKind } from './revision.ts';

/** Who looks at a revision, and under which rule of the house. */
export interface Viewpoint {
  readonly editor: Editor;
  /** Writers may approve their own drafts. */
  readonly isSingleAdmin: boolean;
}

/** The question set is what impact is measured by: publishing it changes no answer. */
export const needsImpact = (kind: TextKind): boolean => kind !== 'questions';

/** @throws {AppError} `FORBIDDEN` */
export function requireRole(editor: Editor, needed: Role): void {
  if (!mayActAs(editor.role, needed))
    throw faults.forbidden(`这一步需要“${ROLE_NAMES[needed]}”权限，您的权限是“${ROLE_NAMES[editor.role]}”。`);
}

/** @throws {AppError} `NOT_POSSIBLE` */
export function requireState(revision: Revision, allowed: readonly RevisionState[]): void {
  if (allowed.includes(revision.state)) return;
  const names = allowed.map((state) => `“${STATE_NAMES[state]}”`).join('或');
  throw faults.notPossible(
    `第 ${revision.number} 版现在是“${STATE_NAMES[revision.state]}”，这一步只能用于${names}的版本。`,
    '请刷新页面，按现在的状态继续。',
  );
}

/** Why a revision cannot be approved by somebody; null when it can. The one who last wrote a text is not the one who passes it. */
export function approvalFault({ editor, isSingleAdmin }: Viewpoint, kind: TextKind, revision: Revision): AppError | null {
  if (!mayActAs(editor.role, 'reviewer')) return faults.forbidden(`通过审核需要“${ROLE_NAMES.reviewer}”权限。`);
  if (revision.state !== 'in-review')
    return faults.notPossible(`只有待审核的版本可以通过，这一版现在是“${STATE_NAMES[revision.state]}”。`, '请刷新页面，按现在的状态继续。');
  if (!isSingleAdmin && revision.authorId !== null && revision.authorId === editor.userId)
    return faults.forbidden('这一版是您自己写的，需要另一位同事审核。');
  if (needsImpact(kind) && revision.impact?.digest !== revision.digest)
    return faults.notPossible('还没有查看发布这一版对回答的影响。', '请先运行影响分析，再通过。');
  return null;
}

/** What somebody may do with a revision as things stand. */
export function permissionsOf(viewpoint: Viewpoint, text: LibraryText, revision: Revision): Permissions {
  const isEditor = mayActAs(viewpoint.editor.role, 'editor');
  const isReviewer = mayActAs(viewpoint.editor.role, 'reviewer');
  const isDraft = revision.state === 'draft';
  const blocked = approvalFault(viewpoint, text.kind, revision);
  return {
    edit: isEditor && isDraft,
    submit: isEditor && isDraft,
    approve: blocked === null,
    reject: isReviewer && revision.state === 'in-review',
    discard: isEditor && isDraft,
    rollBack: isReviewer && revision.state === 'superseded',
    withdraw: isReviewer && text.published !== null && text.published === revision.number,
    approveBlocked: blocked?.message ?? null,
  };
}
