import type { Answer, Citation, SectionRef } from '../domain/answer.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { aspectsOf, factsOf } from './by-kind.ts';
import { sectionRef } from './cite.ts';
import type { Corpus } from './corpus.ts';
import { restatementsOf } from './restatements.ts';

const MAX_RELATED = 3;

export const refTo = (section: Section, corpus: Corpus): SectionRef => sectionRef(section, corpus.recordOf(section));

/** What the document of the first citation is shown with: the tabs of a guide, what a policy grants. @param today ISO date; '' when it does not matter */
export function byKind(
  [first]: readonly Citation[],
  corpus: Corpus,
  today: string,
): Pick<Extract<Answer, { outcome: 'answered' }>, 'aspects' | 'facts'> {
  const record = first ? corpus.record(first.documentId) : null;
  if (!first || !record) return { aspects: [], facts: [] };
  const facts = factsOf(record, today);
  // What is quoted from the facts themselves is not said twice.
  return {
    aspects: aspectsOf(record),
    facts: first.section === FACTS_SECTION ? facts.filter(({ value }) => !first.quote.includes(value)) : facts,
  };
}

/**
 * A few sections to go on with, each once: guides and answers made from what is cited, or what those cited were made from; then others near in
 * matter.
 * @param cited numbers of sections @param near numbers of sections, the nearest first
 */
export function furtherSections(cited: readonly number[], near: readonly number[], corpus: Corpus): SectionRef[] {
  const shown = cited.map((number) => corpus.sectionAt(number));
  const isShown = ({ id }: { readonly id: string }): boolean => shown.some((section) => section.documentId === id);
  const restating = shown.flatMap(({ id }) => restatementsOf(id, corpus)).filter((record) => !isShown(record));
  const originals = shown.flatMap((section) => corpus.recordOf(section).derivedFrom.flatMap((id) => corpus.numberOf(id) ?? []));
  // What is like one tab of a guide is the same tab of others.
  const isGuide = shown.some((section) => aspectsOf(corpus.recordOf(section)).length > 0);
  const others = [...originals, ...(isGuide ? [] : near)]
    .map((number) => corpus.sectionAt(number))
    .filter((section) => section.number > 0 && !shown.includes(section) && !restating.includes(corpus.recordOf(section)));
  const refs = [...[...new Set(restating)].flatMap(cardOf), ...[...new Set(others)].map((section) => refTo(section, corpus))];
  return refs.slice(0, MAX_RELATED);
}

/** A guide or an answer as a whole: where it opens. */
function cardOf(record: LibraryRecord): SectionRef[] {
  const first = record.sections.find(({ number }) => number > 0);
  return first === undefined ? [] : [{ ...sectionRef(first, record), title: record.title }];
}
