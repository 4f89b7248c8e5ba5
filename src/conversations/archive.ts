import type { LibraryRecord, Section } from '../domain/record.ts';

/** A section as it stood in an earlier revision of its document. */
export interface ArchivedSection {
  readonly section: Section;
  readonly record: LibraryRecord;
}

/** Texts that answers were given from and that have changed since. Declared here, put together in app.ts. */
export interface Archive {
  /** Null when there is no such section or revision. */
  section(documentId: string, number: number, revision: number): Promise<ArchivedSection | null>;
}
