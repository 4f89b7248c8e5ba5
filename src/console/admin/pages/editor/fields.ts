import type { RecordKind } from '../../api/types.ts';
import { GUIDE_FIELDS } from './guide-fields.ts';
import type { Field, FieldGroup } from './field.ts';
import { POLICY_FIELDS } from './policy-fields.ts';
import { CATEGORY_NAMES, optionsOf } from '../../words/names.ts';

const BASE: readonly Field[] = [
  { path: ['title'], label: '标题', type: 'text', isRequired: true, isWide: true },
  { path: ['id'], label: '编号', type: 'text', isRequired: true, hint: '1 到 40 个小写字母、数字或连字符；定下后不再改' },
  { path: ['category'], label: '类别', type: 'choice', isRequired: true, options: optionsOf(CATEGORY_NAMES) },
  { path: ['issuingBody'], label: '发文机关', type: 'text' },
  { path: ['documentNumber'], label: '文号', type: 'text', hint: '照原文，如 云开管〔2024〕12号' },
  { path: ['year'], label: '年份', type: 'number' },
  { path: ['url'], label: '原文链接', type: 'text', hint: '以 https:// 开头' },
  { path: ['tags'], label: '标签', type: 'words', isWide: true },
  { path: ['derivedFrom'], label: '依据的条目', type: 'words', hint: '如 2024-plan#6；回答时先引用这些原文', isWide: true },
];

const DATES: readonly Field[] = [
  { path: ['issuedOn'], label: '发布日期', type: 'date' },
  { path: ['effectiveOn'], label: '施行日期', type: 'date' },
  { path: ['expiresOn'], label: '失效日期', type: 'date', hint: '有效的最后一天；不写即长期有效' },
  { path: ['supersedes'], label: '替代哪些文件', type: 'words', hint: '被它替代的文件的编号、文号或标题', isWide: true },
  { path: ['supersededBy'], label: '已被哪份文件替代', type: 'text', hint: '新文件的编号、文号或标题' },
  { path: ['verifiedOn'], label: '最后核对日期', type: 'date', hint: '回答中会注明「截至」这一天' },
  { path: ['verifiedBy'], label: '核对人', type: 'text' },
];

const FAQ: readonly Field[] = [
  { path: ['source'], label: '来源', type: 'text', hint: '照引用时的写法，如发文机关或文号', isWide: true },
  { path: ['negativeQuestions'], label: '容易混淆、但不由它回答的问题', type: 'lines', hint: '每行一个', isWide: true },
];

/** All that a kind of document says besides its text, in the order people fill it in. */
export function groupsOf(kind: RecordKind): { readonly base: readonly FieldGroup[]; readonly details: readonly FieldGroup[] } {
  const title = kind === 'faq' ? { ...BASE[0]!, label: '问题' } : BASE[0]!;
  const code: Field[] = kind === 'procedure' ? [{ path: ['itemCode'], label: '事项编码', type: 'text' }] : [];
  return {
    base: [
      { title: '基本信息', fields: [title, ...BASE.slice(1), ...code] },
      { title: '日期与效力', fields: DATES },
    ],
    details: kind === 'policy' ? POLICY_FIELDS : kind === 'procedure' ? GUIDE_FIELDS : [{ title: '问答', fields: FAQ }],
  };
}

export const fieldsOf = (kind: RecordKind): Field[] => {
  const { base, details } = groupsOf(kind);
  return [...base, ...details].flatMap(({ fields }) => fields);
};
