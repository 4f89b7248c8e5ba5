import { CATEGORIES } from '../../domain/categories.ts';
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
] as const;

const name = (section: Section): string => (section.number === 0 ? '开头部分' : `第 ${section.number} 节“${section.title}”`);

/** What differs between a record and its new text, in words; nothing when they say the same. */
export function differences(before: LibraryRecord, after: LibraryRecord): string[] {
  const found: string[] = [];
  for (const [field, label] of FIELDS) {
    if (before[field] !== after[field]) found.push(`${label}：${before[field] ?? '（空）'} → ${after[field] ?? '（空）'}`);
  }
  if (before.category !== after.category) found.push(`分类：${CATEGORIES[before.category]} → ${CATEGORIES[after.category]}`);
  if (before.tags.join('\n') !== after.tags.join('\n'))
    found.push(`标签：${before.tags.join('、') || '（空）'} → ${after.tags.join('、') || '（空）'}`);
  if (before.kind === 'procedure' && after.kind === 'procedure' && before.itemCode !== after.itemCode) {
    found.push(`事项编码：${before.itemCode ?? '（空）'} → ${after.itemCode ?? '（空）'}`);
  }
  const old = new Map(before.sections.map((section) => [section.number, section]));
  for (const section of after.sections) {
    const previous = old.get(section.number);
    old.delete(section.number);
    if (!previous) found.push(`新增${name(section)}`);
    else if (previous.text !== section.text) found.push(`修改${name(section)}的正文`);
    else if (previous.title !== section.title || previous.part !== section.part) found.push(`修改${name(section)}的标题`);
    else if (annotations(previous) !== annotations(section)) found.push(`修改${name(section)}的分类、标签或相似问`);
  }
  for (const section of old.values()) found.push(`删去${name(section)}`);
  return found;
}

const annotations = ({ categories, tags, questions }: Section): string => JSON.stringify([categories, tags, questions]);
