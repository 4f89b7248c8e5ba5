import type { AuditEntry } from '../../domain/audit.ts';
import type { LibraryText, Revision, RevisionState, RevisionSummary, TextKind } from './revision.ts';

/** A text and what of it changes, written in one transaction with what the audit log says about it. */
export interface EditorialChange {
  readonly text: LibraryText;
  /** `text.version` as it was read; null: the text is new. */
  readonly expectedVersion: number | null;
  /** Revisions that are new or changed. */
  readonly revisions: readonly Revision[];
  /** Whether what is answered from changes: then the library's version counts up, and every process is told. */
  readonly isPublication: boolean;
  readonly audit: Omit<AuditEntry, 'seq'>;
}

/** A text in service, as its published revision has it. */
export interface PublishedText {
  readonly id: string;
  readonly kind: TextKind;
  readonly source: string;
  readonly digest: string;
  readonly revision: number;
  readonly publishedAtMs: number;
}

export interface TextFilter {
  readonly kind?: TextKind;
  /** Texts that have a revision in this state. */
  readonly state?: RevisionState;
}

/** What is kept of the library's texts. Declared here, implemented in storage. */
export interface EditorialStore {
  text(id: string): Promise<LibraryText | null>;
  /** All texts, by id. A library has thousands, not millions: who lists filters and pages in memory. */
  texts(filter?: TextFilter): Promise<readonly LibraryText[]>;
  revision(textId: string, number: number): Promise<Revision | null>;
  /** Of one text, the latest first. */
  revisions(textId: string): Promise<readonly RevisionSummary[]>;
  /** Of all texts, in these states, the oldest first: the review queue. */
  revisionsIn(states: readonly RevisionState[]): Promise<readonly RevisionSummary[]>;
  /**
   * Writes all changes or none.
   * @returns `stale` when a text was changed since it was read, or exists already
   */
  commit(changes: readonly EditorialChange[]): Promise<'saved' | 'stale'>;
  /** Counts up with each publication. */
  libraryVersion(): Promise<number>;
  /** What is answered from. @param since only texts whose published revision changed after this version of the library; withdrawn ones come without. */
  published(
    since?: number,
  ): Promise<{ readonly version: number; readonly texts: readonly PublishedText[]; readonly withdrawn: readonly string[] }>;
  /** Called when the library's version counted up, here or in another process. */
  onPublication(listener: () => void): () => void;
}
