import type { Category } from '../../domain/categories.ts';
import type { RecordKind } from '../../domain/record.ts';
import type { OutlineSection } from './outline.ts';

/** Where a record comes from. */
export interface Origin {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number | null;
}

/** A record as read from a file, before it has an id and before anything of the library is known. Null: the file does not say. */
export interface RecordDraft {
  readonly kind: RecordKind;
  readonly id: string | null;
  readonly title: string;
  readonly issuingBody: string | null;
  readonly documentNumber: string | null;
  readonly year: number | null;
  readonly issuedOn: string | null;
  readonly effectiveOn: string | null;
  readonly expiresOn: string | null;
  readonly url: string | null;
  readonly category: Category | null;
  readonly tags: readonly string[] | null;
  readonly itemCode: string | null;
  /** Alternate questions of a FAQ. */
  readonly questions: readonly string[];
  readonly opening: string | null;
  readonly sections: readonly OutlineSection[];
  readonly origin: Origin;
}

export const EMPTY_DRAFT = {
  id: null,
  issuingBody: null,
  documentNumber: null,
  year: null,
  issuedOn: null,
  effectiveOn: null,
  expiresOn: null,
  url: null,
  category: null,
  tags: null,
  itemCode: null,
  questions: [],
  opening: null,
} as const;
