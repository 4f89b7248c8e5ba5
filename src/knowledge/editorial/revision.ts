import type { RecordKind } from '../../domain/record.ts';

/** The texts of the library that change by review: its records, and the files that say how questions are read. */
export const TEXT_KINDS = ['policy', 'procedure', 'faq', 'lexicon', 'thesaurus', 'english', 'questions'] as const satisfies readonly (
  | RecordKind
  | 'lexicon'
  | 'thesaurus'
  | 'english'
  | 'questions'
)[];
export type TextKind = (typeof TEXT_KINDS)[number];

/** Ids of the texts that are not records. They hold a dot, which no record id does; they are also the names of their files. */
export const LANGUAGE_TEXTS = {
  'lexicon.txt': 'lexicon',
  'thesaurus.yaml': 'thesaurus',
  'english.yaml': 'english',
  'questions.jsonl': 'questions',
} as const satisfies Readonly<Record<string, TextKind>>;
export type LanguageTextId = keyof typeof LANGUAGE_TEXTS;
export const isLanguageId = (id: string): id is LanguageTextId => Object.hasOwn(LANGUAGE_TEXTS, id);

/**
 * draft → in-review → (scheduled →) published → superseded. A reviewer sends back (→ draft) or rejects; a draft may be discarded (its row is
 * kept, so that numbers are never given twice).
 */
export const REVISION_STATES = ['draft', 'in-review', 'scheduled', 'published', 'superseded', 'rejected', 'discarded'] as const;
export type RevisionState = (typeof REVISION_STATES)[number];

/** How a revision came to be. */
export const REVISION_ORIGINS = ['file', 'import', 'console', 'chat', 'api', 'roll-back', 'model'] as const;
export type RevisionOrigin = (typeof REVISION_ORIGINS)[number];

/** One state of a text. The text of a revision that has left `draft` never changes. */
export interface Revision {
  readonly textId: string;
  /** 1, 2, 3 … within the text. */
  readonly number: number;
  readonly state: RevisionState;
  /** The whole text: Markdown with front matter, or what the file holds. */
  readonly source: string;
  /** sha256 of `source`, base64url. */
  readonly digest: string;
  /** Revision it was made from; null for the first. */
  readonly base: number | null;
  readonly origin: RevisionOrigin;
  /** What was changed and why, by its author. */
  readonly note: string;
  /** User id; null: by the house itself (a file, a schedule). */
  readonly authorId: string | null;
  readonly createdAtMs: number;
  readonly editedAtMs: number;
  readonly submittedAtMs: number | null;
  readonly reviewerId: string | null;
  readonly reviewedAtMs: number | null;
  /** What the reviewer said. */
  readonly reviewNote: string | null;
  /** When it is to be published, for `scheduled`. */
  readonly publishAtMs: number | null;
  readonly publishedAtMs: number | null;
  readonly supersededAtMs: number | null;
  /** What publishing would change, as last worked out for this very `digest`; null: not yet. */
  readonly impact: Impact | null;
}

export type RevisionSummary = Omit<Revision, 'source' | 'impact'> & { readonly hasImpact: boolean };

/** A text of the library, over all its revisions. */
export interface LibraryText {
  readonly id: string;
  readonly kind: TextKind;
  /** Of the published revision, else of the latest. */
  readonly title: string;
  readonly createdAtMs: number;
  /** Number of the published revision; null: nothing of it is answered from. */
  readonly published: number | null;
  readonly latest: number;
  /** Digest of the knowledge file when it was last read or written; null: there is no file. */
  readonly fileDigest: string | null;
  /** Counts up with every change of the text or of one of its revisions: who writes names the version they have seen. */
  readonly version: number;
}

/** An answer of the question set that publishing would change. */
export interface ImpactedAnswer {
  readonly id: string;
  readonly question: string;
  readonly before: AnswerGist;
  readonly after: AnswerGist;
  /** Whether the question set calls it right; null when it does not say. */
  readonly wasRight: boolean | null;
  readonly isRight: boolean | null;
}

export interface AnswerGist {
  readonly outcome: string;
  /** 「2024年总体工作思路 · 第6节 优化金融服务」. */
  readonly source: string | null;
  readonly quote: string | null;
}

/** What publishing a revision would change, by the question set. */
export interface Impact {
  readonly digest: string;
  readonly asked: number;
  /** Share of questions answered right, 0 to 1; null when the set has none that say what is right. */
  readonly rightBefore: number | null;
  readonly rightAfter: number | null;
  readonly changed: readonly ImpactedAnswer[];
  readonly atMs: number;
}
