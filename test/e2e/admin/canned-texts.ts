import type * as schemas from '../../../src/admin/http/schemas.ts';
import type { View } from '../../../src/admin/http/schemas.ts';

type TextItem = View<typeof schemas.textItem>;
type RevisionSummary = View<typeof schemas.revisionSummary>;
type Content = View<typeof schemas.content>;

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.UTC(2026, 10, 23, 6, 30);

/** A text with all its revisions, as the scripted server keeps it. */
export interface CannedText {
  item: TextItem;
  revisions: RevisionSummary[];
  readonly contents: Map<number, Content>;
  readonly sources: Map<number, string>;
  impact: View<typeof schemas.impact> | null;
}

const item = (id: string, kind: TextItem['kind'], title: string, more: Partial<TextItem> = {}): TextItem => ({
  id,
  kind,
  title,
  category: null,
  documentNumber: null,
  issuingBody: null,
  effectiveOn: null,
  expiresOn: null,
  verifiedOn: null,
  validity: null,
  published: 1,
  latest: 1,
  latestState: 'published',
  publishedAtMs: NOW_MS - 30 * DAY_MS,
  version: 3,
  ...more,
});

export const revision = (
  textId: string,
  number: number,
  state: RevisionSummary['state'],
  more: Partial<RevisionSummary> = {},
): RevisionSummary => ({
  textId,
  number,
  state,
  origin: 'console',
  base: number > 1 ? number - 1 : null,
  note: '',
  author: '陈编辑',
  authorId: 'u_editor',
  createdAtMs: NOW_MS - (10 - number) * DAY_MS,
  editedAtMs: NOW_MS - (9 - number) * DAY_MS,
  submittedAtMs: null,
  reviewer: null,
  reviewedAtMs: null,
  reviewNote: null,
  publishAtMs: null,
  publishedAtMs: null,
  supersededAtMs: null,
  hasImpact: false,
  ...more,
});

const published = {
  publishedAtMs: NOW_MS - 30 * DAY_MS,
  reviewer: '林审核',
  reviewedAtMs: NOW_MS - 30 * DAY_MS,
  reviewNote: '与印发稿核对无误',
};

const PLAN: Content = {
  kind: 'policy',
  meta: {
    id: '2024-plan',
    kind: 'policy',
    title: '2024年总体工作思路',
    issuingBody: '泉州经济技术开发区',
    documentNumber: '云开管〔2024〕12号',
    year: 2024,
    category: 'industry',
    tags: ['年度计划', '重点任务'],
    issuedOn: '2024-01-18',
    effectiveOn: '2024-01-18',
    expiresOn: '2026-12-05',
    facts: {
      level: '园区',
      industries: ['先进制造', '数字经济'],
      conditions: ['在区内注册', '依法纳税'],
      amount: '每家10万元',
      redemption: '免申即享',
    },
    sections: [{ number: 6, tags: ['白名单'], questions: ['缺钱怎么办', { about: '无还本续贷', ask: ['贷款到期还不上怎么办'] }] }],
  },
  body: '## 一、坚持创新驱动引领\n\n### 6. 优化金融服务\n\n建立融资需求“白名单”推送机制,每季度向合作银行推送有融资需求的企业。对列入“白名单”的企业,引导银行给予无还本续贷、中期流贷等支持。\n',
};
const GUIDE: Content = {
  kind: 'procedure',
  meta: {
    id: 'factory-lease',
    kind: 'procedure',
    title: '标准厂房租赁备案',
    category: 'approval',
    guide: {
      itemType: '公共服务',
      materials: [
        { name: '营业执照', forms: ['复印件'], copies: 1, need: '必要', note: null },
        { name: '租赁合同', forms: ['原件', '电子'], copies: 2, need: '必要', note: '盖章' },
      ],
      steps: [
        { name: '受理', detail: '窗口或网上提交', time: '当场' },
        { name: '审核', detail: null, time: '3个工作日' },
      ],
    },
  },
  body: '',
};
const FAQ: Content = {
  kind: 'faq',
  meta: {
    id: 'faq-whitelist',
    kind: 'faq',
    title: '怎样进入融资白名单？',
    category: 'financing',
    questions: ['白名单怎么申请'],
    negativeQuestions: ['失信黑名单怎么撤销'],
    source: '云开管〔2024〕12号',
  },
  body: '由企业向所在街道提出,开发区每季度汇总一次并推送给合作银行。\n',
};
const THESAURUS: Content = {
  kind: 'thesaurus',
  groups: [
    { official: ['融资需求', '企业融资'], colloquial: ['缺钱', '借钱', '资金周转不开'], ambiguous: ['手头紧'] },
    { official: ['高新技术企业'], colloquial: ['高企'], ambiguous: [] },
  ],
};
const LEXICON: Content = { kind: 'lexicon', words: ['白名单', '标准厂房', '帮代办', '无还本续贷', '港湾计划'] };
const ENGLISH: Content = { kind: 'english', terms: { 'how much': ['多少', '金额'], loan: ['贷款', '融资'], talent: ['人才'] } };
const QUESTIONS: Content = {
  kind: 'questions',
  questions: [
    { id: 'q-1', kind: 'plain', q: '缺钱了怎么办', sections: ['2024-plan#6'], evidence: ['白名单'] },
    { id: 'q-2', kind: 'out', q: '明天天气怎么样', sections: [], evidence: [] },
  ],
};

const canned = (item: TextItem, revisions: RevisionSummary[], content: Content): CannedText => ({
  item,
  revisions,
  contents: new Map(revisions.map(({ number }) => [number, content])),
  sources: new Map(),
  impact: null,
});

/** A small library in every state a page can show. */
export function cannedTexts(): Map<string, CannedText> {
  const texts = [
    canned(
      item('2024-plan', 'policy', '2024年总体工作思路', {
        category: 'industry',
        documentNumber: '云开管〔2024〕12号',
        issuingBody: '泉州经济技术开发区',
        effectiveOn: '2024-01-18',
        expiresOn: '2026-12-05',
        validity: 'in-force',
        latest: 3,
        published: 2,
        latestState: 'in-review',
      }),
      [
        revision('2024-plan', 1, 'superseded', {
          origin: 'file',
          author: '系统',
          authorId: null,
          ...published,
          supersededAtMs: NOW_MS - 20 * DAY_MS,
        }),
        revision('2024-plan', 2, 'published', { origin: 'import', note: '按印发稿更正第六条', ...published }),
        revision('2024-plan', 3, 'in-review', { note: '补充“中期流贷”的说明,并更新失效日期', submittedAtMs: NOW_MS - DAY_MS }),
      ],
      PLAN,
    ),
    canned(
      item('factory-lease', 'procedure', '标准厂房租赁备案', {
        category: 'approval',
        validity: 'in-force',
        published: null,
        publishedAtMs: null,
        latestState: 'draft',
      }),
      [revision('factory-lease', 1, 'draft')],
      GUIDE,
    ),
    canned(
      item('faq-whitelist', 'faq', '怎样进入融资白名单？', {
        category: 'financing',
        validity: 'upcoming',
        verifiedOn: '2026-10-02',
        latestState: 'published',
      }),
      [revision('faq-whitelist', 1, 'published', published)],
      FAQ,
    ),
    canned(
      item('2019-talent', 'policy', '人才“港湾计划”实施办法（2019年）', {
        category: 'talent',
        validity: 'expired',
        expiresOn: '2024-12-31',
        latestState: 'scheduled',
        latest: 2,
      }),
      [
        revision('2019-talent', 1, 'published', published),
        revision('2019-talent', 2, 'scheduled', {
          publishAtMs: NOW_MS + 3 * DAY_MS,
          reviewer: '林审核',
          reviewedAtMs: NOW_MS,
          submittedAtMs: NOW_MS,
        }),
      ],
      PLAN,
    ),
    canned(
      item('thesaurus.yaml', 'thesaurus', '同义词'),
      [revision('thesaurus.yaml', 1, 'published', { origin: 'file', author: '系统', authorId: null, ...published })],
      THESAURUS,
    ),
    canned(
      item('lexicon.txt', 'lexicon', '专有词表'),
      [revision('lexicon.txt', 1, 'published', { origin: 'file', author: '系统', authorId: null, ...published })],
      LEXICON,
    ),
    canned(
      item('english.yaml', 'english', '英文用语'),
      [revision('english.yaml', 1, 'published', { origin: 'file', author: '系统', authorId: null, ...published })],
      ENGLISH,
    ),
    canned(
      item('questions.jsonl', 'questions', '评测题集'),
      [revision('questions.jsonl', 1, 'published', { origin: 'file', author: '系统', authorId: null, ...published })],
      QUESTIONS,
    ),
  ];
  return new Map(texts.map((text) => [text.item.id, text]));
}
