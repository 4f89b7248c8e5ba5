import { CATEGORIES } from '../../domain/categories.ts';
import { GUIDE_ASPECTS } from '../../domain/guide.ts';
import { FACTS_SECTION } from '../../domain/policy-facts.ts';
import type { LibraryRecord, Section } from '../../domain/record.ts';

const FIELDS = [
  ['title', '标题'],
  ['issuingBody', '发文机关'],
  ['documentNumber', '文号'],
  ['year', '年份'],
  ['issuedOn', '发布日期'],
  ['effectiveOn', '施行日期'],
  ['expiresOn', '失效日期'],
  ['url', '链接'],
  ['supersededBy', '被替代'],
  ['verifiedOn', '最后核对日期'],
  ['verifiedBy', '核对人'],
] as const;

const LISTS = [
  ['tags', '标签'],
  ['supersedes', '替代'],
  ['derivedFrom', '整理自'],
] as const;

/** Sections made from fields go by their title alone. */
const isMade = ({ number, title }: Section): boolean =>
  number === FACTS_SECTION || GUIDE_ASPECTS.some((aspect) => aspect.number === number && aspect.title === title);

const name = (section: Section): string =>
  section.number === 0 ? '开头部分' : isMade(section) ? `“${section.title}”` : `第 ${section.number} 节“${section.title}”`;

const change = (label: string, before: string, after: string): string[] =>
  before === after ? [] : [`${label}：${before || '（空）'} → ${after || '（空）'}`];

/** What differs between a record and its new text, in words; nothing when they say the same. */
export function differences(before: LibraryRecord, after: LibraryRecord): string[] {
  const found: string[] = [];
  for (const [field, label] of FIELDS) found.push(...change(label, String(before[field] ?? ''), String(after[field] ?? '')));
  found.push(...change('分类', CATEGORIES[before.category], CATEGORIES[after.category]));
  for (const [field, label] of LISTS) found.push(...change(label, before[field].join('、'), after[field].join('、')));
  if (before.kind === 'procedure' && after.kind === 'procedure') {
    found.push(...change('事项编码', before.itemCode ?? '', after.itemCode ?? ''));
  }
  if (before.kind === 'faq' && after.kind === 'faq') {
    found.push(...change('来源', before.source ?? '', after.source ?? ''));
    found.push(...change('易混问题', before.negativeQuestions.join('；'), after.negativeQuestions.join('；')));
  }
  const old = new Map(before.sections.map((section) => [section.number, section]));
  for (const section of after.sections) {
    const previous = old.get(section.number);
    old.delete(section.number);
    if (!previous) found.push(`新增${name(section)}`);
    else if (previous.text !== section.text) found.push(`修改${name(section)}的正文`);
    else if (previous.title !== section.title || previous.part !== section.part) found.push(`修改${name(section)}的标题`);
    else if (annotations(previous) !== annotations(section)) found.push(`修改${name(section)}的分类、标签或相似问`);
    else if (previous.page !== section.page) found.push(`修改${name(section)}的页码`);
  }
  for (const section of old.values()) found.push(`删去${name(section)}`);
  return found;
}

const annotations = ({ categories, tags, questions }: Section): string => JSON.stringify([categories, tags, questions]);
