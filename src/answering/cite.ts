import type { Citation, SectionRef } from '../domain/answer.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { sentenceText } from '../domain/record.ts';
import type { Evidence } from './evidence.ts';

/** "泉州经济技术开发区 · 2024年", as far as known. */
export function issuedLine(record: LibraryRecord): string | null {
  const date = record.issuedOn ?? (record.year === null ? null : `${record.year}年`);
  return [record.issuingBody, record.documentNumber, date].filter((piece) => piece !== null).join(' · ') || null;
}

export const sectionRef = (section: Section): SectionRef => ({
  documentId: section.documentId,
  section: section.number,
  title: section.title,
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
