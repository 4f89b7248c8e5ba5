import type { Citation, SectionRef } from '../domain/answer.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';
import type { LibraryRecord, RecordKind, Section } from '../domain/record.ts';
import { sentenceText } from '../domain/record.ts';
import { isNumbered } from '../domain/render.ts';
import type { Evidence } from './evidence.ts';

/** "泉州经济技术开发区 · 泉开管〔2024〕12号 · 2024-03-15 · 2024-04-01起施行", as far as known; of a FAQ first what it was taken from. */
export function issuedLine(record: LibraryRecord): string | null {
  const date = record.issuedOn ?? (record.year === null ? null : `${record.year}年`);
  const source = record.kind === 'faq' && record.source !== null ? `来源：${record.source}` : null;
  const effective = record.effectiveOn === null ? null : `${record.effectiveOn}起施行`;
  return [source, record.issuingBody, record.documentNumber, date, effective].filter((piece) => piece !== null).join(' · ') || null;
}

/** Policies are the rule: of them nothing is said. */
const kindOf = ({ kind }: LibraryRecord): { readonly kind?: RecordKind } => (kind === 'policy' ? {} : { kind });

/** What a section is called where its document is not named beside it: every guide has 申请材料, every policy 政策要点, every law 第一条. */
export function titleAlone(section: Section, record: LibraryRecord): string {
  const isShared = record.kind === 'procedure' || section.number === FACTS_SECTION || isNumbered(section.title);
  return isShared && section.title !== record.title ? `${record.title} · ${section.title}` : section.title;
}

export const sectionRef = (section: Section, record: LibraryRecord): SectionRef => ({
  ...kindOf(record),
  documentId: section.documentId,
  section: section.number,
  title: titleAlone(section, record),
});

/** What stands between two neighbouring sentences: nothing, or the white space of a new line. */
const between = ({ text, sentences }: Section, sentence: number, next: number): string =>
  text.slice(sentences[sentence]!.end, sentences[next]!.start);

/** Neighbouring sentences are quoted as they stand; a gap between two is marked. The quote without the marks is library text, untouched. */
export function quote(section: Section, evidence: readonly Evidence[]): string {
  let text = '';
  evidence.forEach(({ sentence }, at) => {
    const previous = evidence[at - 1];
    if (previous) text += previous.sentence + 1 === sentence ? between(section, previous.sentence, sentence) : '\n…\n';
    text += sentenceText(section, sentence);
  });
  return text;
}

export function cite(section: Section, record: LibraryRecord, text: string): Citation {
  return {
    ...kindOf(record),
    documentId: record.id,
    documentTitle: record.title,
    section: section.number,
    sectionTitle: section.title,
    part: section.part,
    quote: text,
    issued: issuedLine(record),
    page: section.page,
    asOf: record.verifiedOn ?? record.publishedOn,
    revision: record.revision,
  };
}
