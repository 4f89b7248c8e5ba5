import { CATEGORIES, CATEGORY_IDS, type Category } from '../../domain/categories.ts';

/** Words of a title that tell what a document is about, the more telling first. */
const WORDS: readonly (readonly [Category, RegExp])[] = [
  ['talent', /人才|引才|博士|职称/],
  ['financing', /融资|贷款|贴息|担保|信贷|白名单|金融|上市/],
  ['subsidy', /奖励|补贴|补助|扶持|惠企|奖补|若干措施|资金/],
  ['approval', /审批|许可|备案|登记|办理|办事|政务服务|证照|事项/],
  ['development', /用地|规划|建设|城建|土地|厂房/],
  ['livelihood', /教育|医疗|就业|社保|住房|养老|民生|入学/],
  ['governance', /安全|环保|治理|信访|应急|城管/],
  ['party', /党建|党组织|干部|廉政|统战/],
  ['industry', /产业|招商|企业|工业|创新|经济/],
];

/** What a document is filed under when nobody says: by the words of its title; industry when they tell nothing. */
export function guessCategory(title: string): Category {
  return WORDS.find(([, words]) => words.test(title))?.[0] ?? 'industry';
}

/**
 * The category a person named: by its id, its label or a part of the label.
 * @example readCategory('补贴') // → 'subsidy'
 */
export function readCategory(named: string): Category | null {
  const name = named.trim().toLowerCase();
  if (name === '') return null;
  return (
    CATEGORY_IDS.find((id) => id === name || CATEGORIES[id] === name) ?? CATEGORY_IDS.find((id) => CATEGORIES[id].includes(name)) ?? null
  );
}

export const CATEGORY_NAMES = Object.values(CATEGORIES).join('、');
