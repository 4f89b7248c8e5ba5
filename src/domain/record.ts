import type { Category } from './categories.ts';
import type { ProcedureGuide } from './guide.ts';
import type { PolicyFacts } from './policy-facts.ts';

/** Half-open range [start, end) of UTF-16 indices into the section's `text`. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
}

/** Another way people ask for a section (相似问). `sentence` is the index of the sentence that answers it, when known. */
export interface AlternateQuestion {
  readonly text: string;
  readonly sentence: number | null;
}

/**
 * The unit people are referred to: one numbered section of a policy, one aspect of a procedure, or one FAQ.
 * `number` is 0 for a document's opening paragraph.
 */
export interface Section {
  /** `<documentId>#<number>`, unique in the library. */
  readonly id: string;
  readonly documentId: string;
  readonly number: number;
  readonly title: string;
  /** Title of the part (一、…) it stands in; null when the document has no parts. */
  readonly part: string | null;
  readonly text: string;
  readonly sentences: readonly SentenceSpan[];
  readonly categories: readonly Category[];
  readonly tags: readonly string[];
  readonly questions: readonly AlternateQuestion[];
  /** Page of the original on which it starts, when known. */
  readonly page: number | null;
}

interface RecordBase {
  /** Short slug, `[a-z0-9-]{1,40}`: it travels in the buttons of chat messages. */
  readonly id: string;
  readonly title: string;
  readonly issuingBody: string | null;
  /** 文号, as printed. */
  readonly documentNumber: string | null;
  readonly year: number | null;
  /** ISO dates, YYYY-MM-DD. */
  readonly issuedOn: string | null;
  readonly effectiveOn: string | null;
  readonly expiresOn: string | null;
  readonly url: string | null;
  /** Ids, document numbers or titles of the records whose place it takes. */
  readonly supersedes: readonly string[];
  readonly supersededBy: string | null;
  /** 最后核对: ISO date, and who did it. */
  readonly verifiedOn: string | null;
  readonly verifiedBy: string | null;
  /** Section ids (`2024-plan#6`) this record restates for its readers; they come first as a source. */
  readonly derivedFrom: readonly string[];
  /** Which revision this is, and the ISO date it was published: set by the library it is read from; null when read from a bare file. */
  readonly revision: number | null;
  readonly publishedOn: string | null;
  readonly category: Category;
  readonly tags: readonly string[];
  /** In reading order; the opening paragraph, when there is one, is section 0. */
  readonly sections: readonly Section[];
}

/** 政策 or plan: parts and numbered sections. */
export interface PolicyRecord extends RecordBase {
  readonly kind: 'policy';
  readonly facts: PolicyFacts;
}

/** 办事指南: its sections are the aspects people ask for (条件, 材料, 流程, 时限与费用, 窗口与电话). */
export interface ProcedureRecord extends RecordBase {
  readonly kind: 'procedure';
  readonly itemCode: string | null;
  readonly guide: ProcedureGuide;
}

/** 问答: one section, whose title is the question and whose text is the answer. */
export interface FaqRecord extends RecordBase {
  readonly kind: 'faq';
  /** 来源, as people would cite it. */
  readonly source: string | null;
  /** Questions that sound alike but are not answered here. */
  readonly negativeQuestions: readonly string[];
}

export type LibraryRecord = PolicyRecord | ProcedureRecord | FaqRecord;
export type RecordKind = LibraryRecord['kind'];

/** `2024-plan#6` → `2024-plan` and 6; null when it is not a section id. */
export function parseSectionId(id: string): { documentId: string; number: number } | null {
  const match = /^([a-z0-9-]{1,40})#(\d{1,4})$/.exec(id);
  return match ? { documentId: match[1]!, number: Number(match[2]) } : null;
}

/** The sentence at `index`, exactly as it stands in the text. */
export function sentenceText(section: Section, index: number): string {
  const span = section.sentences[index];
  if (!span) throw new RangeError(`Expected a sentence index below ${section.sentences.length} in ${section.id}, got ${index}`);
  return section.text.slice(span.start, span.end);
}
