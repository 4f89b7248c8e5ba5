import type { Actor } from '../../domain/audit.ts';
import type { Role } from '../../domain/role.ts';
import type { Impact, LibraryText, Revision, RevisionOrigin } from './revision.ts';

/** Somebody who changes the library, and what they may do. */
export interface Editor extends Actor {
  readonly role: Role;
}

/** A text after a step, and the revision the step was about. */
export interface Written {
  readonly text: LibraryText;
  readonly revision: Revision;
}

/** What every step on an existing text names: the version of it that was seen. */
export interface Seen {
  readonly version: number;
  readonly note: string;
}

/**
 * The way of a text from draft to answer. Every step is one transaction with its line in the audit log, checks who may take it, and throws
 * `STALE` when the text was changed since it was seen, `NOT_POSSIBLE` when the revision is not in a state for it, `FORBIDDEN` when the role
 * does not reach or the writer would approve their own work, `INPUT_INVALID` when the source cannot be read, `NOT_FOUND`.
 */
export interface Editorial {
  /** A new text as a draft (editor). The id is the source's own. */
  create(editor: Editor, made: { readonly source: string; readonly note: string; readonly origin: RevisionOrigin }): Promise<Written>;
  /** Several new texts and new drafts of texts there are, all or none (editor); with `submit` they go to review at once. */
  createAll(
    editor: Editor,
    made: readonly { readonly textId: string; readonly source: string; readonly note: string; readonly origin: RevisionOrigin }[],
    options: { readonly submit: boolean },
  ): Promise<readonly Written[]>;
  /** A new draft on top of a revision (editor). For the texts that are not records the text need not exist yet. */
  draft(
    editor: Editor,
    textId: string,
    made: Seen & { readonly source: string; readonly base: number | null; readonly origin: RevisionOrigin },
  ): Promise<Written>;
  /** Changes a draft in place (editor); its impact is forgotten. */
  edit(editor: Editor, textId: string, number: number, change: Seen & { readonly source: string }): Promise<Written>;
  /** draft → in-review (editor). */
  submit(editor: Editor, textId: string, number: number, seen: Seen): Promise<Written>;
  /** in-review | scheduled → draft (reviewer, or its author). */
  sendBack(editor: Editor, textId: string, number: number, seen: Seen): Promise<Written>;
  /** in-review → rejected (reviewer). */
  reject(editor: Editor, textId: string, number: number, seen: Seen): Promise<Written>;
  /** draft → discarded (editor). */
  discard(editor: Editor, textId: string, number: number, seen: Seen): Promise<Written>;
  /**
   * in-review → published, or → scheduled with a time ahead (reviewer who is not its author, unless the install is single-admin). What was
   * published before is superseded. Asks for an impact worked out for this very text: `NOT_POSSIBLE` without.
   */
  approve(editor: Editor, textId: string, number: number, seen: Seen & { readonly publishAtMs: number | null }): Promise<Written>;
  /** An earlier published text, published anew as the next revision (reviewer). */
  rollBack(editor: Editor, textId: string, seen: Seen & { readonly revision: number }): Promise<Written>;
  /** Nothing of the text is answered from any more (reviewer); its revisions stay. */
  withdraw(editor: Editor, textId: string, seen: Seen): Promise<Written>;
  /**
   * Keeps what publishing a revision would change; ignored when the text of the revision is another by now. Does not count the text's version
   * up: nobody who looks at it has anything to take in again.
   */
  keepImpact(textId: string, number: number, impact: Impact): Promise<void>;
  /** Publishes what is scheduled and due. Safe to call from several processes. @returns how many */
  publishDue(nowMs: number): Promise<number>;
  /** What somebody may do with a revision now; `approveBlocked` says in Chinese why approving is not possible. */
  may(editor: Editor, text: LibraryText, revision: Revision): Promise<Permissions>;
}

export interface Permissions {
  readonly edit: boolean;
  readonly submit: boolean;
  readonly approve: boolean;
  readonly reject: boolean;
  readonly discard: boolean;
  readonly rollBack: boolean;
  readonly withdraw: boolean;
  readonly approveBlocked: string | null;
}
