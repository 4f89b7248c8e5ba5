import { choices, type Field, type FieldGroup } from './field.ts';

const fact = (name: string, label: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  path: ['facts', name],
  label,
  type,
  ...more,
});

/** 政策要点. What the document does not say stays empty. */
export const POLICY_FIELDS: readonly FieldGroup[] = [
  {
    title: '适用范围',
    fields: [
      fact('level', '政策级别', 'choice', { options: choices(['国家', '省', '市', '区县', '园区']) }),
      fact('region', '适用地区', 'text'),
      fact('industries', '适用行业', 'words', { isWide: true }),
      fact('enterpriseSizes', '企业规模', 'words'),
      fact('beneficiaries', '惠及对象', 'text'),
      fact('conditions', '申报条件', 'lines', { hint: '每行一条', isWide: true }),
    ],
  },
  {
    title: '奖补',
    fields: [
      fact('award', '奖补标准', 'long', { isWide: true }),
      fact('amount', '扶持金额', 'text', { hint: '照原文，如 每家10万元' }),
      fact('cap', '资金上限', 'text'),
      fact('nonStacking', '不可兼得', 'text', { isWide: true }),
      fact('redemption', '兑现方式', 'choice', { options: choices(['免申即享', '即申即享', '申报审核']) }),
      fact('payoutTime', '兑现时限', 'text'),
    ],
  },
  {
    title: '申报',
    fields: [
      fact('applyFrom', '申报开始', 'date'),
      fact('applyUntil', '申报截止', 'date'),
      fact('materials', '申报材料', 'lines', { hint: '每行一份', isWide: true }),
      fact('channel', '申报方式', 'text'),
      fact('channelUrl', '申报入口', 'text', { hint: '以 https:// 开头' }),
      fact('department', '受理部门', 'text'),
      fact('phone', '咨询电话', 'text'),
      fact('basis', '政策依据', 'text', { isWide: true }),
    ],
  },
];
