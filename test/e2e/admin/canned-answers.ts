import type { ExplainResponse, ReplyView } from '../../../src/channels/web/schemas.ts';
import type * as schemas from '../../../src/admin/http/schemas.ts';
import type { View } from '../../../src/admin/http/schemas.ts';
import { DAY_MS, NOW_MS } from './canned-texts.ts';

const QUOTE = '对列入“白名单”的企业,引导银行给予无还本续贷、中期流贷等支持。';

export const REPLY: ReplyView = {
  title: '优化金融服务',
  tone: 'answer',
  blocks: [
    { kind: 'quote', text: QUOTE },
    {
      kind: 'source',
      name: '《2024年总体工作思路》第6节「优化金融服务」',
      details: ['泉州经济技术开发区 · 2024年'],
      citation: {
        documentId: '2024-plan',
        documentTitle: '2024年总体工作思路',
        section: 6,
        sectionTitle: '优化金融服务',
        part: '一、坚持创新驱动引领',
        quote: QUOTE,
        issued: '泉州经济技术开发区 · 2024年',
        page: null,
        asOf: null,
        revision: 2,
      },
    },
    { kind: 'facts', items: [{ label: '兑现方式', value: '免申即享' }] },
  ],
  buttons: [[{ label: '查看全文', isCurrent: false, action: 't:2024-plan:6' }]],
  copyText: QUOTE,
};

const plain = (content: string): object => ({ tag: 'plain_text', content });

/** Cards with everything a preview has to cope with, also with markup that must stay text. */
export const CARDS: NonNullable<View<typeof schemas.preview>['cards']> = {
  web: REPLY,
  feishu: {
    schema: '2.0',
    header: { title: plain('优化金融服务'), template: 'blue' },
    body: {
      elements: [
        { tag: 'column_set', columns: [{ tag: 'column', background_style: 'grey', elements: [{ tag: 'div', text: plain(QUOTE) }] }] },
        { tag: 'hr' },
        { tag: 'div', text: { ...plain('出处：《2024年总体工作思路》第6节'), text_size: 'notation' } },
        { tag: 'markdown', content: '**您也许想了解**' },
        {
          tag: 'column_set',
          columns: [
            { tag: 'column', elements: [{ tag: 'button', type: 'primary', text: plain('查看全文') }] },
            { tag: 'column', elements: [{ tag: 'button', type: 'default', text: plain('相关内容') }] },
          ],
        },
      ],
    },
  },
  telegram: {
    html: `<b>优化金融服务</b>\n\n<blockquote>${QUOTE}</blockquote>\n<i>出处：</i><a href="javascript:alert(1)">不该是链接</a> 1 &lt; 2 <img src=x onerror="window.hacked=1">`,
    buttons: [
      ['查看全文', '相关内容'],
      ['有帮助', '没帮助'],
    ],
  },
};

export const EXPLANATION: ExplainResponse = {
  question: '缺钱了有什么支持',
  intent: 'question',
  outcome: 'answered',
  why: '「缺钱」在文件里叫「融资需求」；第6节同时命中「融资需求」和「支持」，把握高于直接回答的门槛。',
  understanding: { text: '缺钱 支持', readAs: null, corrections: [{ from: '知持', to: '支持' }], isFollowUp: false, asksFor: ['how'] },
  tokens: { words: ['缺钱', '支持'], bigrams: ['缺钱', '支持'] },
  expansions: [{ phrase: '缺钱', official: ['融资需求', '企业融资'], isAmbiguous: false }],
  keyTerms: [
    { term: '缺钱', weight: 3.1, isKnown: true },
    { term: '火星', weight: 2.2, isKnown: false },
  ],
  confidence: 0.83,
  signals: [
    { name: 'coverage', value: 0.9, weight: 2, adds: 1.8 },
    { name: 'margin', value: 0.4, weight: 0.5, adds: 0.2 },
  ],
  thresholds: { answerFrom: 0.55, refuseBelow: 0.2 },
  candidates: [
    {
      section: { documentId: '2024-plan', section: 6, title: '优化金融服务' },
      score: 4.21,
      features: [
        { name: 'bm25', value: 3, weight: 1, adds: 3 },
        { name: 'title', value: 1.5, weight: 1, adds: 1.5 },
        { name: 'length', value: 1, weight: -0.29, adds: -0.29 },
      ],
      matches: [{ field: 'text', term: '融资需求', score: 2.1 }],
      sentences: [
        { text: '建立融资需求“白名单”推送机制。', score: 1.2, isQuoted: false },
        { text: QUOTE, score: 2.9, isQuoted: true },
      ],
    },
    {
      section: { documentId: 'faq-whitelist', section: 1, title: '怎样进入融资白名单？' },
      score: 2.02,
      features: [{ name: 'bm25', value: 2, weight: 1, adds: 2 }],
      matches: [],
      sentences: [{ text: '由企业向所在街道提出。', score: 0.3, isQuoted: false }],
    },
  ],
};

export const IMPACT: View<typeof schemas.impact> = {
  asked: 240,
  rightBefore: 0.946,
  rightAfter: 0.954,
  changed: [
    {
      id: 'q-1',
      question: '贷款到期还不上怎么办',
      before: { outcome: 'clarify', source: null, quote: null },
      after: { outcome: 'answered', source: '2024年总体工作思路 · 第6节 优化金融服务', quote: QUOTE },
      wasRight: false,
      isRight: true,
    },
    {
      id: 'q-2',
      question: '厂房怎么租',
      before: { outcome: 'answered', source: '标准厂房租赁备案', quote: '窗口或网上提交。' },
      after: { outcome: 'refused', source: null, quote: null },
      wasRight: true,
      isRight: false,
    },
  ],
  atMs: NOW_MS,
};

const run = (id: string, daysAgo: number, right: number): View<typeof schemas.evaluationItem> => ({
  id,
  atMs: NOW_MS - daysAgo * DAY_MS,
  by: '林审核',
  libraryVersion: 20 - daysAgo,
  summary: {
    asked: 240,
    answered: 181,
    clarified: 22,
    refused: 37,
    firstRight: right,
    amongThree: right + 0.03,
    evidence: right - 0.05,
    heldBack: 0.97,
  },
});
export const RUNS = [run('run-3', 1, 0.946), run('run-2', 8, 0.921), run('run-1', 15, 0.883)];

export const RUN_RESULTS: View<typeof schemas.evaluationRun>['results'] = [
  {
    id: 'q-1',
    kind: 'plain',
    question: '缺钱了怎么办',
    outcome: 'answered',
    source: '2024-plan#6',
    isRight: true,
    hasEvidence: true,
    confidence: 0.91,
  },
  {
    id: 'q-2',
    kind: 'plain',
    question: '贷款到期还不上怎么办',
    outcome: 'clarify',
    source: null,
    isRight: false,
    hasEvidence: false,
    confidence: 0.41,
  },
];

export const PLAN_RESULT: View<typeof schemas.importPlan> = {
  id: 'plan-1',
  created: [
    {
      id: 'ykg-2026-3',
      title: '促进先进制造业高质量发展若干措施',
      kind: 'policy',
      origin: '若干措施.docx',
      sections: 12,
      facts: ['文号 云开管〔2026〕3号', '2026-03-01 施行'],
      differences: [],
    },
  ],
  changed: [
    {
      id: 'faq-whitelist',
      title: '怎样进入融资白名单？',
      kind: 'faq',
      origin: 'faq.xlsx 第 3 行',
      sections: 1,
      facts: [],
      differences: ['答案改了 1 句'],
    },
  ],
  skipped: [{ id: '2024-plan', title: '2024年总体工作思路', origin: 'plan.pdf' }],
  problems: [{ severity: 'warning', place: '若干措施.docx 第 4 页', message: '有一张图片没有读入' }],
  canApply: true,
};

export const DOCTOR: View<typeof schemas.doctorReport> = {
  checks: [
    { id: 'node', title: 'Node.js 版本', status: 'ok', detail: '24.21.0', next: null },
    {
      id: 'feishu',
      title: '飞书事件订阅',
      status: 'fail',
      detail: '没有收到消息事件',
      next: '在开放平台的「事件与回调」里订阅「接收消息」。',
    },
    { id: 'telegram', title: 'Telegram', status: 'skipped', detail: '没有设置令牌', next: null },
  ],
};
