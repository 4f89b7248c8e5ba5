/** What a section is about, in the words users ask with. Order is the order shown to users. */
export const CATEGORIES = {
  subsidy: '补贴与奖励',
  financing: '融资与白名单',
  talent: '人才政策',
  approval: '审批与政务服务',
  industry: '产业与招商',
  development: '用地与建设',
  livelihood: '民生服务',
  governance: '治理与安全',
  party: '党建与队伍',
} as const;

export type Category = keyof typeof CATEGORIES;

export const CATEGORY_IDS = Object.keys(CATEGORIES) as [Category, ...Category[]];
