import type { Fact, SectionRef } from '../domain/answer.ts';
import { GUIDE_ASPECTS, GUIDE_TEXT_FROM } from '../domain/guide.ts';
import { applicationTime, type PolicyFacts } from '../domain/policy-facts.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';

/** Most tabs a card has room for. */
const MAX_TABS = 8;
/** Longest text quoted whole, in UTF-16 units: what is still read at a glance as a list. */
const MAX_WHOLE = 600;
const QUESTIONS_TAB = GUIDE_ASPECTS.find(({ tab }) => tab === '常见问题')!.number;

/** Whether a text says one thing: half of the materials to bring, or half of an answer, helps nobody. */
export function isReadWhole({ number, text }: Section, { kind }: LibraryRecord): boolean {
  if (kind === 'policy' || text.length > MAX_WHOLE) return false;
  return kind === 'faq' || (number <= GUIDE_TEXT_FROM && number !== QUESTIONS_TAB);
}

/** The tabs of a service guide: its aspects by their short names, then its further texts; none for other documents. */
export function aspectsOf(record: LibraryRecord): SectionRef[] {
  if (record.kind !== 'procedure') return [];
  const sections = record.sections.filter(({ number }) => number > 0);
  const isMade = sections.some(({ number, title }) => GUIDE_ASPECTS.some((aspect) => aspect.number === number && aspect.title === title));
  const tabOf = (number: number): string | undefined =>
    isMade && number <= GUIDE_TEXT_FROM ? GUIDE_ASPECTS.find((aspect) => aspect.number === number)?.tab : undefined;
  const tabs = sections.map(({ documentId, number, title }) => ({ documentId, section: number, title: tabOf(number) ?? title }));
  return tabs.length < 2 ? [] : tabs.slice(0, MAX_TABS);
}

/** 申报时间 in words, and where the day stands to it; null when neither day is stated. */
function applicationTimeOn(today: string, { applyFrom, applyUntil }: PolicyFacts): string | null {
  const days = applicationTime({ applyFrom, applyUntil }, ' ');
  if (days === null || today === '') return days;
  if (applyUntil !== null && today > applyUntil) return `${days}（已截止）`;
  return applyFrom !== null && today < applyFrom ? `${days}（尚未开始）` : days;
}

/**
 * What a policy grants, until when and who decides, as far as it states them; nothing for other documents.
 * @param today ISO date; '' when it does not matter
 */
export function factsOf(record: LibraryRecord, today: string): Fact[] {
  if (record.kind !== 'policy') return [];
  const { facts } = record;
  const stated = [
    ['扶持标准', facts.award],
    ['扶持金额', facts.amount],
    ['资金上限', facts.cap],
    ['申报时间', applicationTimeOn(today, facts)],
    ['兑现方式', facts.redemption],
    ['受理部门', facts.department],
    ['咨询电话', facts.phone],
  ] as const;
  const lines = stated.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  if (lines.length === 0) return [];
  return [
    ...lines,
    ...(record.documentNumber === null ? [] : [{ label: '文号', value: record.documentNumber }]),
    ...(record.effectiveOn === null ? [] : [{ label: '施行日期', value: record.effectiveOn }]),
  ];
}
