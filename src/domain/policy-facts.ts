/** What a policy grants, to whom and how it is asked for, by the field's standard items. Null or empty: not stated, and never made up. */
export interface PolicyFacts {
  /** 政策级别. */
  readonly level: PolicyLevel | null;
  /** 适用地区. */
  readonly region: string | null;
  readonly industries: readonly string[];
  readonly enterpriseSizes: readonly string[];
  /** 惠及对象. */
  readonly beneficiaries: string | null;
  readonly conditions: readonly string[];
  /** 奖补标准. */
  readonly award: string | null;
  /** 扶持金额, as printed: "每家10万元". */
  readonly amount: string | null;
  /** 资金上限. */
  readonly cap: string | null;
  /** 不可兼得. */
  readonly nonStacking: string | null;
  readonly materials: readonly string[];
  /** 申报时间; ISO dates, both days included. */
  readonly applyFrom: string | null;
  readonly applyUntil: string | null;
  /** 申报方式 / 入口. */
  readonly channel: string | null;
  readonly channelUrl: string | null;
  readonly redemption: Redemption | null;
  /** 兑现时限. */
  readonly payoutTime: string | null;
  /** 受理部门. */
  readonly department: string | null;
  readonly phone: string | null;
  /** 政策依据. */
  readonly basis: string | null;
}

export const POLICY_LEVELS = ['国家', '省', '市', '区县', '园区'] as const;
export type PolicyLevel = (typeof POLICY_LEVELS)[number];
/** 兑现方式. */
export const REDEMPTIONS = ['免申即享', '即申即享', '申报审核'] as const;
export type Redemption = (typeof REDEMPTIONS)[number];

/** A policy that states none of them. */
export const NO_FACTS: PolicyFacts = {
  level: null,
  region: null,
  industries: [],
  enterpriseSizes: [],
  beneficiaries: null,
  conditions: [],
  award: null,
  amount: null,
  cap: null,
  nonStacking: null,
  materials: [],
  applyFrom: null,
  applyUntil: null,
  channel: null,
  channelUrl: null,
  redemption: null,
  payoutTime: null,
  department: null,
  phone: null,
  basis: null,
};

/** Number of the section made from a policy's facts. */
export const FACTS_SECTION = 9000;
export const FACTS_TITLE = '政策要点';

/** 申报时间 in words; null when neither day is stated. @param gap between a day and a word: a space on a card, where it is read at a glance */
export function applicationTime(
  { applyFrom, applyUntil }: Pick<PolicyFacts, 'applyFrom' | 'applyUntil'>,
  gap: '' | ' ' = '',
): string | null {
  if (applyFrom !== null && applyUntil !== null) return `${applyFrom}${gap}至${gap}${applyUntil}`;
  if (applyUntil !== null) return `截至${gap}${applyUntil}`;
  return applyFrom === null ? null : `${applyFrom}${gap}起`;
}
