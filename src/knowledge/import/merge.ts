import { GUIDE_TEXT_FROM, type ProcedureGuide } from '../../domain/guide.ts';
import { FACTS_SECTION } from '../../domain/policy-facts.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { factsSection } from '../facts-section.ts';
import { parseYaml, splitFrontMatter } from '../front-matter.ts';
import { guideSections } from '../guide-sections.ts';
import { type QuestionsMeta, type RecordMeta, recordSchema } from '../record-schema.ts';
import { guessCategory } from './category.ts';
import type { RecordDraft } from './draft.ts';
import { keptQuestions, mergeSections, type NewSection } from './merge-sections.ts';
import type { OutlineSection } from './outline.ts';
import type { ReadyRecord } from './record-markdown.ts';
import type { ShelvedRecord } from './shelf.ts';
import { factsOver, guideOver } from './stated-over.ts';
import { questionKey } from './tables/faq-rows.ts';
import { plainHeader, PROCEDURE_COLUMNS } from './tables/columns.ts';

export interface Merged {
  readonly ready: ReadyRecord;
  /** What people had added and the new text no longer has a place for. */
  readonly losses: readonly string[];
}

const defaultCategory = (draft: RecordDraft) => draft.category ?? (draft.kind === 'procedure' ? 'approval' : guessCategory(draft.title));

type SectionMeta = Exclude<RecordMeta, { kind: 'faq' }>['sections'][number];

/** What a section is filed under is only written where it differs from the record; its page, wherever the file has pages. */
const bareMeta = ({ number, page }: OutlineSection): SectionMeta => ({ number, tags: [], questions: [], page: page ?? null });

/** A draft as a new record: nothing is known but what the file says. */
export function readyDraft(draft: RecordDraft, id: string): ReadyRecord {
  const { title, issuingBody, documentNumber, year, issuedOn, effectiveOn, expiresOn, url, opening } = draft;
  const base = {
    id,
    title,
    issuingBody,
    documentNumber,
    year,
    issuedOn,
    effectiveOn,
    expiresOn,
    url,
    supersedes: [...draft.supersedes],
    supersededBy: null,
    verifiedOn: null,
    verifiedBy: null,
    derivedFrom: [],
    category: defaultCategory(draft),
    tags: [...(draft.tags ?? [])],
  };
  return { meta: withKind(base, draft), opening, sections: draft.sections };
}

type BaseMeta = Omit<RecordMeta, 'kind' | 'facts' | 'sections' | 'itemCode' | 'guide' | 'source' | 'questions' | 'negativeQuestions'>;

function withKind(base: BaseMeta, draft: RecordDraft): RecordMeta {
  const { kind, itemCode, source } = draft;
  if (kind === 'faq') return { ...base, kind, source, questions: [...draft.questions], negativeQuestions: [...draft.negativeQuestions] };
  const sections = draft.sections.map(bareMeta);
  const written = structuredClone({ facts: draft.facts, guide: draft.guide }) as Written;
  return kind === 'policy'
    ? { ...base, kind, facts: written.facts, sections }
    : { ...base, kind, itemCode, guide: written.guide, sections };
}

/** Facts and guide as the schema has them: the same lists, not read-only. */
interface Written {
  readonly facts: Extract<RecordMeta, { kind: 'policy' }>['facts'];
  readonly guide: Extract<RecordMeta, { kind: 'procedure' }>['guide'];
}

const union = (before: readonly string[], fresh: readonly string[]): string[] => [...new Set([...before, ...fresh])];

/**
 * A draft in the place of a record of the library. The text is the draft's; what people have added stays: fields the file does not state, and
 * categories, tags and alternate questions with their sections.
 */
export function mergeDraft(draft: RecordDraft, shelved: ShelvedRecord): Merged {
  const front = splitFrontMatter(shelved.source, shelved.path);
  const meta = parseYaml(front.yaml, recordSchema, shelved.path, 2).data;
  const losses: string[] = [];
  const base = {
    title: draft.title,
    issuingBody: draft.issuingBody ?? meta.issuingBody,
    documentNumber: draft.documentNumber ?? meta.documentNumber,
    year: draft.year ?? meta.year,
    issuedOn: draft.issuedOn ?? meta.issuedOn,
    effectiveOn: draft.effectiveOn ?? meta.effectiveOn,
    expiresOn: draft.expiresOn ?? meta.expiresOn,
    url: draft.url ?? meta.url,
    supersedes: union(meta.supersedes, draft.supersedes),
    category: draft.category ?? meta.category,
    tags: [...(draft.tags ?? meta.tags)],
  };
  const { record } = shelved;
  if (meta.kind === 'faq') {
    const questions = mergeQuestions(draft, meta.questions, losses);
    const negativeQuestions = union(meta.negativeQuestions, draft.negativeQuestions);
    const ready = { ...meta, ...base, source: draft.source ?? meta.source, questions, negativeQuestions };
    return { ready: { meta: ready, opening: null, sections: draft.sections }, losses };
  }
  if (meta.kind === 'policy') {
    const { facts } = structuredClone({ facts: factsOver(draft.facts, meta.facts) }) as Pick<Written, 'facts'>;
    const made = factsSection(facts);
    const fresh = newSections(draft.opening, draft.sections, made ? new Map([[FACTS_SECTION, made]]) : new Map());
    const sections = mergeSections(fresh, meta, record, losses);
    return { ready: { meta: { ...meta, ...base, facts, sections }, opening: draft.opening, sections: draft.sections }, losses };
  }
  const { guide } = structuredClone({ guide: guideOver(draft.guide, meta.guide) }) as Pick<Written, 'guide'>;
  const { opening, sections: texts } = guideTexts(draft, record, guide);
  const sections = mergeSections(newSections(opening, texts, guideSections(guide)), meta, record, losses);
  const ready = { ...meta, ...base, itemCode: draft.itemCode ?? meta.itemCode, guide, sections };
  return { ready: { meta: ready, opening, sections: texts }, losses };
}

const newSections = (
  opening: string | null,
  sections: readonly OutlineSection[],
  made: ReadonlyMap<number, { readonly title: string; readonly text: string }>,
): NewSection[] => [
  ...(opening === null ? [] : [{ number: 0, title: '', part: null, text: opening, isMade: false }]),
  ...sections.map((section) => ({ ...section, isMade: false })),
  ...[...made].map(([number, { title, text }]) => ({ number, title, text, part: null, isMade: true })),
];

const COLUMN_NAMES: ReadonlySet<string> = new Set(PROCEDURE_COLUMNS.flatMap(({ header, synonyms }) => [header, ...synonyms]));

/** The texts of a guide beside its fields. A table has none: those written by hand stay, but for aspects that are fields now. */
function guideTexts(
  draft: RecordDraft,
  record: LibraryRecord,
  guide: ProcedureGuide,
): { readonly opening: string | null; readonly sections: readonly OutlineSection[] } {
  const made = guideSections(guide);
  if (made.size === 0) return draft;
  const before = record.kind === 'procedure' ? guideSections(record.guide) : new Map<number, unknown>();
  const isTable = draft.opening === null && draft.sections.every(({ number }) => number > GUIDE_TEXT_FROM);
  const kept = record.sections
    .filter(({ number, title }) => number > 0 && !before.has(number) && !COLUMN_NAMES.has(plainHeader(title)))
    .map(({ number, title, part, text, page }) => ({ number, title, part, text, ...(page === null ? {} : { page }) }));
  const sections = isTable
    ? [...kept.filter(({ title }) => draft.sections.every((section) => section.title !== title)), ...draft.sections]
    : draft.sections;
  const opening = isTable ? (record.sections.find(({ number }) => number === 0)?.text ?? null) : draft.opening;
  const isFree = sections.every(({ number }, at) => number > GUIDE_TEXT_FROM && number > (sections[at - 1]?.number ?? 0));
  return { opening, sections: isFree ? sections : sections.map((section, at) => ({ ...section, number: GUIDE_TEXT_FROM + 1 + at })) };
}

function mergeQuestions(draft: RecordDraft, existing: QuestionsMeta, losses: string[]): QuestionsMeta {
  const text = draft.sections.map((section) => section.text).join('\n');
  const kept = keptQuestions(existing, text, losses);
  const known = new Set(kept.flatMap((entry) => (typeof entry === 'string' ? [entry] : entry.ask)).map(questionKey));
  return [...kept, ...draft.questions.filter((question) => !known.has(questionKey(question)))];
}
