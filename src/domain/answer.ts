import type { Category } from './categories.ts';
import type { RecordKind } from './record.ts';

/**
 * 出处: where a quoted text stands. `quote` is verbatim text of the section; where sentences between two quoted ones are left out, a line with
 * "…" alone stands for them.
 */
export interface Citation {
  /** Of the document; left out: a policy. */
  readonly kind?: RecordKind;
  readonly documentId: string;
  readonly documentTitle: string;
  readonly section: number;
  readonly sectionTitle: string;
  readonly part: string | null;
  readonly quote: string;
  /** 发文机关 and date as people would cite them, e.g. "泉州经济技术开发区 · 2024年". */
  readonly issued: string | null;
  /** Page of the original. */
  readonly page: number | null;
  /** ISO date on which somebody last made sure of it (截至); null when nobody did. */
  readonly asOf: string | null;
  /** Revision of the document the quote was taken from; null outside the editorial library. */
  readonly revision: number | null;
}

/** A line of what a policy grants: 扶持金额, 申报时间, 受理部门, 文号 … as the record states it. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Why a text is no longer, or not yet, an answer. Dates in ISO form. */
export interface LapsedDocument {
  readonly documentId: string;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly status: 'upcoming' | 'expired' | 'superseded';
  /** First day (upcoming), last day (expired), day of the successor (superseded). */
  readonly on: string | null;
  /** The section of it the question is about. */
  readonly section: SectionRef;
}

/** A section by name. */
export interface SectionRef {
  /** Of the document; left out: a policy, whose sections people know by their numbers. */
  readonly kind?: RecordKind;
  readonly documentId: string;
  readonly section: number;
  /** Says by itself what it is about: of a guide, the guide's title too. */
  readonly title: string;
}

/** Why nothing was answered. */
export type RefusalReason = 'not-in-library' | 'unknown-terms' | 'too-long';

/** Quotes and names in an answer are untouched library text; everything else is the assistant's own wording. */
export type Answer =
  | {
      readonly outcome: 'answered';
      readonly citations: readonly Citation[];
      readonly related: readonly SectionRef[];
      /** Of a service guide: its tabs (条件, 材料 …); empty for other documents. `title` is the tab. */
      readonly aspects: readonly SectionRef[];
      /** Of a policy: what it grants, until when, and who decides. */
      readonly facts: readonly Fact[];
      readonly confidence: number;
      /** Set when the words were corrected or read from pinyin: what was searched for instead. */
      readonly understoodAs: string | null;
    }
  | {
      readonly outcome: 'clarify';
      /** What the likeliest candidate says (two for a question about two things): shown, but not claimed to be the answer. */
      readonly nearest: readonly Citation[];
      /** Two to four close candidates, the likeliest first. */
      readonly options: readonly SectionRef[];
      /** Key words of the question that the library does not know. */
      readonly missingTerms: readonly string[];
      readonly confidence: number;
      readonly understoodAs: string | null;
    }
  | {
      readonly outcome: 'refused';
      readonly reason: RefusalReason;
      readonly missingTerms: readonly string[];
      readonly suggestions: readonly SectionRef[];
      readonly confidence: number;
    }
  /** What was asked for is not in force: 「已于…失效，现行为…」. */
  | {
      readonly outcome: 'lapsed';
      readonly document: LapsedDocument;
      /** What is in force in its place. */
      readonly successor: {
        readonly title: string;
        readonly documentNumber: string | null;
        readonly sections: readonly SectionRef[];
      } | null;
      readonly confidence: number;
    }
  /** 「有哪些人才政策」: a list of sections, by category. */
  | { readonly outcome: 'browse'; readonly category: Category | null; readonly sections: readonly Citation[] };
