/** What a service guide (办事指南) says, by the field's standard items. Null or empty: the guide does not say, and nothing may be made up for it. */
export interface ProcedureGuide {
  /** 事项类型: 行政许可, 公共服务 … */
  readonly itemType: string | null;
  /** 服务对象. */
  readonly applicant: string | null;
  /** 实施主体. */
  readonly authority: string | null;
  /** 行使层级. */
  readonly level: string | null;
  readonly legalBasis: readonly string[];
  readonly conditions: readonly string[];
  readonly materials: readonly GuideMaterial[];
  readonly steps: readonly GuideStep[];
  /** 特殊环节: 听证, 公示, 现场勘验 … */
  readonly specialSteps: readonly string[];
  /** 法定办结时限, as printed: "15个工作日". */
  readonly statutoryTime: string | null;
  /** 承诺办结时限. */
  readonly promisedTime: string | null;
  /** 办件类型: 即办件, 承诺件. */
  readonly caseType: string | null;
  readonly fee: string | null;
  readonly place: string | null;
  readonly window: string | null;
  readonly hours: string | null;
  /** 办理形式: 网上, 窗口 … */
  readonly channel: string | null;
  readonly onlineUrl: string | null;
  readonly visits: string | null;
  /** 通办范围. */
  readonly scope: string | null;
  readonly result: string | null;
  readonly delivery: string | null;
  readonly phone: string | null;
  readonly complaint: string | null;
  readonly remedies: string | null;
  readonly faq: readonly { readonly question: string; readonly answer: string }[];
}

/** A guide that says nothing. */
export const NO_GUIDE: ProcedureGuide = {
  itemType: null,
  applicant: null,
  authority: null,
  level: null,
  legalBasis: [],
  conditions: [],
  materials: [],
  steps: [],
  specialSteps: [],
  statutoryTime: null,
  promisedTime: null,
  caseType: null,
  fee: null,
  place: null,
  window: null,
  hours: null,
  channel: null,
  onlineUrl: null,
  visits: null,
  scope: null,
  result: null,
  delivery: null,
  phone: null,
  complaint: null,
  remedies: null,
  faq: [],
};

export interface GuideMaterial {
  readonly name: string;
  /** 原件, 复印件, 电子. */
  readonly forms: readonly MaterialForm[];
  readonly copies: number | null;
  /** 必要, 容缺 (may be handed in later), 免提交. */
  readonly need: MaterialNeed | null;
  /** Where it comes from, where the blank form is. */
  readonly note: string | null;
}

export const MATERIAL_FORMS = ['原件', '复印件', '电子'] as const;
export type MaterialForm = (typeof MATERIAL_FORMS)[number];
export const MATERIAL_NEEDS = ['必要', '容缺', '免提交'] as const;
export type MaterialNeed = (typeof MATERIAL_NEEDS)[number];

export interface GuideStep {
  readonly name: string;
  readonly detail: string | null;
  /** As printed: "1个工作日". */
  readonly time: string | null;
}

/** The tabs of a guide's card, in order; a guide's sections made from its fields have these numbers. */
export const GUIDE_ASPECTS = [
  { number: 1, tab: '条件', title: '受理条件' },
  { number: 2, tab: '材料', title: '申请材料' },
  { number: 3, tab: '流程', title: '办理流程' },
  { number: 4, tab: '时限与费用', title: '办理时限与费用' },
  { number: 5, tab: '窗口与电话', title: '办理窗口与咨询电话' },
  { number: 6, tab: '依据与结果', title: '设定依据与办理结果' },
  { number: 7, tab: '常见问题', title: '常见问题' },
] as const;

/** Sections a guide has besides, written as text, have numbers above this. */
export const GUIDE_TEXT_FROM = 10;
