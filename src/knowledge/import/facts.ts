import { NO_FACTS, type PolicyFacts, POLICY_LEVELS, REDEMPTIONS } from '../../domain/policy-facts.ts';
import { DATE, isoDate } from './dates.ts';
import { splitItems } from './items.ts';
import { readMark } from './marks.ts';
import type { Outline } from './outline.ts';

type Reader = (value: string) => Partial<PolicyFacts>;

const PERIOD = new RegExp(`^(${DATE})(?:起)?\\s*(?:至|到|—+|-|~|～)\\s*(${DATE})(?:止|截止)?$`);

function readPeriod(value: string): Partial<PolicyFacts> {
  const [, from, until] = PERIOD.exec(value) ?? [];
  const [applyFrom, applyUntil] = [isoDate(from ?? ''), isoDate(until ?? '')];
  return applyFrom !== null && applyUntil !== null && applyFrom <= applyUntil ? { applyFrom, applyUntil } : {};
}

/** The labels a notice states its terms behind, and what is read from the value. */
const LABELS: readonly (readonly [RegExp, Reader])[] = [
  [/^(申报|申请|受理|申报起止|申报受理)(时间|期限)$/, readPeriod],
  [/^(扶持|奖补|奖励|补助|补贴|支持|资助)标准$/, (award) => ({ award })],
  [/^(扶持|奖补|奖励|补助|补贴|资助)金额$/, (amount) => ({ amount })],
  [/^(资金上限|最高限额)$/, (cap) => ({ cap })],
  [/^(惠及|扶持|奖补|支持|补助|补贴|资助|申报|适用)对象$/, (beneficiaries) => ({ beneficiaries })],
  [/^(申报|申请|扶持|奖补|补助|享受)条件$/, (value) => ({ conditions: splitItems(value) })],
  [/^(申报|申请)材料$/, (value) => ({ materials: splitItems(value) })],
  [/^(申报|申请)(方式|渠道|途径)$/, (channel) => ({ channel })],
  [/^(申报|申请)(网址|入口)$/, (value) => (/^https?:\/\/\S+$/.test(value) && URL.canParse(value) ? { channelUrl: value } : {})],
  [/^兑现方式$/, (value) => ({ redemption: REDEMPTIONS.find((name) => name === value) ?? null })],
  [/^(兑现|拨付)(时限|期限)$/, (payoutTime) => ({ payoutTime })],
  [/^(受理|责任|主管|牵头)(部门|单位)$/, (department) => ({ department })],
  [/^(咨询|联系)电话$/, (phone) => ({ phone })],
  [/^(政策|制定)依据$/, (basis) => ({ basis })],
  [/^适用地区$/, (region) => ({ region })],
  [/^政策级别$/, (value) => ({ level: POLICY_LEVELS.find((name) => name === value) ?? null })],
];

const LABELLED = /^([\u4e00-\u9fa5]{4,8})\s*[:：]\s*(\S.*)$/;

const withoutMark = (line: string): string => readMark(line)?.rest ?? line;

/**
 * What a policy plainly states as "label：value" on a line of its own, or as a section of one line under such a title. A label that stands there
 * with several values says something about parts of the policy only, and is left out.
 */
export function readFacts({ opening, sections }: Outline): PolicyFacts {
  const found = new Map<Reader, Set<string>>();
  const note = (label: string, value: string): void => {
    const reader = LABELS.find(([form]) => form.test(label))?.[1];
    if (reader) found.set(reader, (found.get(reader) ?? new Set()).add(value.replace(/[。；;]$/, '').trim()));
  };
  for (const text of [opening ?? '', ...sections.map((section) => section.text)]) {
    for (const line of text.split('\n')) {
      const [, label, value] = LABELLED.exec(withoutMark(line)) ?? [];
      if (label !== undefined && value !== undefined) note(label, value);
    }
  }
  for (const { title, text } of sections) if (!text.includes('\n')) note(withoutMark(title), text);
  const stated = [...found].flatMap(([reader, values]) => (values.size === 1 ? [reader([...values][0]!)] : []));
  return Object.assign({ ...NO_FACTS }, ...stated) as PolicyFacts;
}
