import type { Generated } from 'kysely';

/** Tables of the library's texts, and the audit log. */
export interface LibraryTables {
  library_state: LibraryStateRow;
  texts: TextRow;
  revisions: RevisionRow;
  audit_log: AuditRow;
}

/** A single row: how often something was published. Who publishes holds it until the end. */
interface LibraryStateRow {
  id: number;
  version: number;
}

export type TextRow = {
  id: string;
  kind: string;
  title: string;
  created_at_ms: number;
  /** Number of the published revision. */
  published: number | null;
  latest: number;
  file_digest: string | null;
  version: number;
  /** Version of the library in which it was last published or withdrawn; 0: never. */
  changed_in: number;
};

export type RevisionRow = {
  text_id: string;
  number: number;
  state: string;
  digest: string;
  base: number | null;
  origin: string;
  note: string;
  author_id: string | null;
  created_at_ms: number;
  edited_at_ms: number;
  submitted_at_ms: number | null;
  reviewer_id: string | null;
  reviewed_at_ms: number | null;
  review_note: string | null;
  publish_at_ms: number | null;
  published_at_ms: number | null;
  superseded_at_ms: number | null;
  impact: string | null;
  source: string;
};

/** The database refuses to change or delete these. */
interface AuditRow {
  seq: Generated<number>;
  at_ms: number;
  actor_kind: string;
  user_id: string | null;
  actor_name: string;
  actor_from: string | null;
  action: string;
  target: string | null;
  detail: string;
}
