import { parseYaml, splitFrontMatter } from '../front-matter.ts';
import { type QuestionsMeta, type RecordMeta, recordSchema } from '../record-schema.ts';
import type { Section } from '../../domain/record.ts';
import { guessCategory } from './category.ts';
import type { RecordDraft } from './draft.ts';
import { readMark } from './marks.ts';
import type { ReadyRecord, SectionMeta } from './record-markdown.ts';
import type { ShelvedRecord } from './shelf.ts';
import { questionKey } from './tables/faq-rows.ts';

export interface Merged {
  readonly ready: ReadyRecord;
  /** What people had added and the new text no longer has a place for. */
  readonly losses: readonly string[];
}

const defaultCategory = (draft: RecordDraft) => draft.category ?? (draft.kind === 'procedure' ? 'approval' : guessCategory(draft.title));

/** A draft as a new record: nothing is known but what the file says. */
export function readyDraft(draft: RecordDraft, id: string): ReadyRecord {
  const category = defaultCategory(draft);
  return {
    ...draft,
    id,
    category,
    tags: draft.tags ?? [],
    sectionMetas: draft.sections.map(({ number }) => ({ number, category, tags: [], questions: [] })),
    faqQuestions: [...draft.questions],
  };
}

/**
 * A draft in the place of a record of the library. The text is the draft's; categories, tags and alternate questions people have added stay with
 * their sections, found by title, else by text.
 */
export function mergeDraft(draft: RecordDraft, shelved: ShelvedRecord): Merged {
  const front = splitFrontMatter(shelved.source, shelved.path);
  const meta = parseYaml(front.yaml, recordSchema, shelved.path, 2).data;
  const losses: string[] = [];
  const category = draft.category ?? meta.category;
  const ready: ReadyRecord = {
    ...draft,
    id: meta.id,
    issuingBody: draft.issuingBody ?? meta.issuingBody,
    documentNumber: draft.documentNumber ?? meta.documentNumber,
    year: draft.year ?? meta.year,
    issuedOn: draft.issuedOn ?? meta.issuedOn,
    effectiveOn: draft.effectiveOn ?? meta.effectiveOn,
    expiresOn: draft.expiresOn ?? meta.expiresOn,
    url: draft.url ?? meta.url,
    category,
    tags: draft.tags ?? meta.tags,
    itemCode: draft.itemCode ?? (meta.kind === 'procedure' ? meta.itemCode : null),
    sectionMetas: meta.kind === 'faq' ? [] : mergeSections(draft, meta, shelved, losses),
    faqQuestions: meta.kind === 'faq' ? mergeQuestions(draft, meta.questions, losses) : [],
  };
  return { ready, losses };
}

/** Without the number, which changes when a section is put in before. */
const bareTitle = (title: string): string => readMark(title)?.rest || title;

type SectionedMeta = Exclude<RecordMeta, { kind: 'faq' }>;

function mergeSections(draft: RecordDraft, meta: SectionedMeta, { record }: ShelvedRecord, losses: string[]): SectionMeta[] {
  const category = draft.category ?? meta.category;
  const taken = new Set<number>();
  const sections = [...(draft.opening === null ? [] : [{ number: 0, title: '', part: null, text: draft.opening }]), ...draft.sections];
  const merged = sections.flatMap((section): SectionMeta[] => {
    const find = (isIt: (old: Section) => boolean): Section | undefined =>
      record.sections.find((old) => old.number > 0 && !taken.has(old.number) && isIt(old));
    const old =
      section.number === 0
        ? record.sections.find(({ number }) => number === 0)
        : (find(({ title, part }) => title === section.title && part === section.part) ??
          find(({ title }) => bareTitle(title) === bareTitle(section.title)) ??
          find(({ text }) => text === section.text));
    if (old) taken.add(old.number);
    const added = meta.sections.find(({ number }) => number === old?.number);
    if (!added) return section.number === 0 ? [] : [{ number: section.number, category, tags: [], questions: [] }];
    return [
      {
        number: section.number,
        category: added.category ?? category,
        tags: added.tags,
        questions: keptQuestions(added.questions, section.text, losses),
      },
    ];
  });
  for (const { number, questions, tags } of meta.sections) {
    if (taken.has(number) || (questions.length === 0 && tags.length === 0)) continue;
    const title = record.sections.find((section) => section.number === number)?.title ?? '';
    losses.push(`原第 ${number} 节“${title}”在新文件里没有对应的章节，它的 ${questions.length} 组相似问和 ${tags.length} 个标签会丢失`);
  }
  return merged;
}

/** Groups that quote a sentence the new text no longer has become plain questions. */
function keptQuestions(questions: QuestionsMeta, text: string, losses: string[]): QuestionsMeta {
  return questions.flatMap((entry): QuestionsMeta => {
    if (typeof entry === 'string' || text.includes(entry.about)) return [entry];
    losses.push(`相似问“${entry.ask[0]}”等所对应的句子“${entry.about}”已不在文中，改为对应整节`);
    return [...entry.ask];
  });
}

function mergeQuestions(draft: RecordDraft, existing: QuestionsMeta, losses: string[]): QuestionsMeta {
  const text = draft.sections.map((section) => section.text).join('\n');
  const kept = keptQuestions(existing, text, losses);
  const known = new Set(kept.flatMap((entry) => (typeof entry === 'string' ? [entry] : entry.ask)).map(questionKey));
  return [...kept, ...draft.questions.filter((question) => !known.has(questionKey(question)))];
}
