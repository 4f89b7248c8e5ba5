import type { Category } from '../../domain/categories.ts';
import { NO_GUIDE, type ProcedureGuide } from '../../domain/guide.ts';
import { NO_FACTS, type PolicyFacts } from '../../domain/policy-facts.ts';
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
  /** Numbers or titles of the documents it says it takes the place of. */
  readonly supersedes: readonly string[];
  readonly facts: PolicyFacts;
  readonly itemCode: string | null;
  readonly guide: ProcedureGuide;
  /** Where the answer of a FAQ comes from, as printed. */
  readonly source: string | null;
  /** Alternate questions of a FAQ. */
  readonly questions: readonly string[];
  readonly negativeQuestions: readonly string[];
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
  supersedes: [],
  facts: NO_FACTS,
  itemCode: null,
  guide: NO_GUIDE,
  source: null,
  questions: [],
  negativeQuestions: [],
  opening: null,
} as const;
