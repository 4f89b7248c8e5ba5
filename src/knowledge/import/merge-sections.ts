import type { LibraryRecord, Section } from '../../domain/record.ts';
import type { QuestionsMeta, RecordMeta } from '../record-schema.ts';
import { readMark } from './marks.ts';
import type { OutlineSection } from './outline.ts';

/** A section of the new text; number 0 is its opening. */
export interface NewSection extends OutlineSection {
  /** Whether it is made from fields: it has the same number as before. */
  readonly isMade: boolean;
}

type SectionedMeta = Exclude<RecordMeta, { kind: 'faq' }>;
type SectionMeta = SectionedMeta['sections'][number];

/** Without the number, which changes when a section is put in before. */
const bareTitle = (title: string): string => readMark(title)?.rest || title;

/** Front matter of the new sections with what people had added to them, found by title, else by text. @param losses what has no place is added */
export function mergeSections(fresh: readonly NewSection[], meta: SectionedMeta, record: LibraryRecord, losses: string[]): SectionMeta[] {
  const taken = new Set<number>();
  const predecessorOf = ({ number, title, part, text, isMade }: NewSection): Section | undefined => {
    const find = (isIt: (old: Section) => boolean): Section | undefined =>
      record.sections.find((old) => old.number > 0 && !taken.has(old.number) && isIt(old));
    if (number === 0) return record.sections.find((old) => old.number === 0);
    if (isMade) return find((old) => old.number === number && old.title === title) ?? find((old) => old.title === title);
    return (
      find((old) => old.title === title && old.part === part) ??
      find((old) => bareTitle(old.title) === bareTitle(title)) ??
      find((old) => old.text === text)
    );
  };
  const merged = fresh.map((section): SectionMeta => {
    const { number, text, page } = section;
    const old = predecessorOf(section);
    if (old) taken.add(old.number);
    const added = meta.sections.find((candidate) => candidate.number === old?.number);
    if (!added) return { number, tags: [], questions: [], page: page ?? null };
    return { ...added, number, questions: keptQuestions(added.questions, text, losses), page: page ?? added.page };
  });
  for (const { number, questions, tags } of meta.sections) {
    if (taken.has(number) || (questions.length === 0 && tags.length === 0)) continue;
    const title = record.sections.find((section) => section.number === number)?.title ?? '';
    losses.push(`原第 ${number} 节“${title}”在新文件里没有对应的章节，它的 ${questions.length} 组相似问和 ${tags.length} 个标签会丢失`);
  }
  return merged;
}

/** Groups that quote a sentence the new text no longer has become plain questions. */
export function keptQuestions(questions: QuestionsMeta, text: string, losses: string[]): QuestionsMeta {
  return questions.flatMap((entry): QuestionsMeta => {
    if (typeof entry === 'string' || text.includes(entry.about)) return [entry];
    losses.push(`相似问“${entry.ask[0]}”等所对应的句子“${entry.about}”已不在文中，改为对应整节`);
    return [...entry.ask];
  });
}
