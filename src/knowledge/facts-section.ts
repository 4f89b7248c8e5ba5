import { applicationTime, FACTS_TITLE, type PolicyFacts } from '../domain/policy-facts.ts';
import { listed, stated } from './made-text.ts';

/** A section made from fields: nothing stands in it that they do not state. */
export interface MadeSection {
  readonly title: string;
  readonly text: string;
  /** Questions the text answers, each with where in it the answer begins. */
  readonly questions: readonly { readonly text: string; readonly at: number }[];
}

const joined = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join('、'));

/** What a policy's facts say as sentences, one a line; null when it states none. */
export function factsSection(facts: PolicyFacts): MadeSection | null {
  const lines = [
    ...stated('惠及对象', facts.beneficiaries),
    ...stated('适用行业', joined(facts.industries)),
    ...stated('企业规模', joined(facts.enterpriseSizes)),
    ...stated('适用地区', facts.region),
    ...stated('政策级别', facts.level),
    ...listed('申报条件', facts.conditions),
    ...stated('扶持标准', facts.award),
    ...stated('扶持金额', facts.amount),
    ...stated('资金上限', facts.cap),
    ...stated('不可兼得', facts.nonStacking),
    ...listed('申报材料', facts.materials),
    ...stated('申报时间', applicationTime(facts)),
    ...stated('申报方式', facts.channel),
    ...stated('申报入口', facts.channelUrl),
    ...stated('兑现方式', facts.redemption),
    ...stated('兑现时限', facts.payoutTime),
    ...stated('受理部门', facts.department),
    ...stated('咨询电话', facts.phone),
    ...stated('政策依据', facts.basis),
  ];
  return lines.length === 0 ? null : { title: FACTS_TITLE, text: lines.join('\n'), questions: [] };
}
