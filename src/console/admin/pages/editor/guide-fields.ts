import { choices, type Field, type FieldGroup } from './field.ts';

const item = (name: string, label: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  path: ['guide', name],
  label,
  type,
  ...more,
});

/** 办事指南's standard items. */
export const GUIDE_FIELDS: readonly FieldGroup[] = [
  {
    title: '事项',
    fields: [
      item('itemType', '事项类型', 'text', { hint: '行政许可、公共服务…' }),
      item('applicant', '服务对象', 'text'),
      item('authority', '实施主体', 'text'),
      item('level', '行使层级', 'text'),
      item('caseType', '办件类型', 'text', { hint: '即办件、承诺件' }),
      item('scope', '通办范围', 'text'),
      item('legalBasis', '设定依据', 'lines', { hint: '每行一条', isWide: true }),
      item('conditions', '受理条件', 'lines', { hint: '每行一条', isWide: true }),
    ],
  },
  {
    title: '材料与流程',
    fields: [
      item('materials', '申请材料', 'rows', {
        isWide: true,
        columns: [
          { key: 'name', label: '材料名称', type: 'text', isWide: true },
          { key: 'forms', label: '形式', type: 'choices', options: choices(['原件', '复印件', '电子']) },
          { key: 'copies', label: '份数', type: 'number' },
          { key: 'need', label: '要求', type: 'choice', options: choices(['必要', '容缺', '免提交']) },
          { key: 'note', label: '说明', type: 'text', isWide: true },
        ],
      }),
      item('steps', '办理流程', 'rows', {
        isWide: true,
        columns: [
          { key: 'name', label: '环节', type: 'text' },
          { key: 'detail', label: '说明', type: 'text', isWide: true },
          { key: 'time', label: '时限', type: 'text' },
        ],
      }),
      item('specialSteps', '特殊环节', 'words', { hint: '听证、公示、现场勘验…', isWide: true }),
    ],
  },
  {
    title: '时限、费用与结果',
    fields: [
      item('statutoryTime', '法定办结时限', 'text', { hint: '照原文，如 15个工作日' }),
      item('promisedTime', '承诺办结时限', 'text'),
      item('fee', '收费标准', 'text'),
      item('result', '办理结果', 'text'),
      item('delivery', '送达方式', 'text'),
    ],
  },
  {
    title: '地点与联系',
    fields: [
      item('place', '办理地点', 'text', { isWide: true }),
      item('window', '窗口', 'text'),
      item('hours', '办理时间', 'text'),
      item('channel', '办理形式', 'text', { hint: '网上、窗口…' }),
      item('visits', '到现场次数', 'text'),
      item('onlineUrl', '网上办理入口', 'text', { hint: '以 https:// 开头', isWide: true }),
      item('phone', '咨询电话', 'text'),
      item('complaint', '监督投诉', 'text'),
      item('remedies', '行政复议与诉讼', 'long', { isWide: true }),
    ],
  },
  {
    title: '常见问题',
    fields: [
      item('faq', '常见问题', 'rows', {
        isWide: true,
        columns: [
          { key: 'question', label: '问题', type: 'text', isWide: true },
          { key: 'answer', label: '回答', type: 'text', isWide: true },
        ],
      }),
    ],
  },
];
