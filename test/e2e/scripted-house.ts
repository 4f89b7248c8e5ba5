import type { SectionView, Topic } from '../../src/channels/web/schemas.ts';
import { CATEGORIES } from '../../src/domain/categories.ts';
import type { Block, Citation, Incoming, ReplyMessage, SectionRef } from '../../src/domain/message.ts';
import type { Handled } from '../../src/domain/turn.ts';
import { turnOf } from '../support/turns.ts';

const DOCUMENT = { documentId: '2024-plan', documentTitle: '2024年总体工作思路' };
const ISSUED = '泉州经济技术开发区 · 2024年';
const PART = '一、坚持创新驱动引领,催生经济发展新动能';

const FINANCE_SENTENCES = [
  '深入开展“进园区送政策解难题”活动,推动惠企政策直达快享。',
  '建立融资需求“白名单”推送机制,每季度向合作银行推送有融资需求的企业。',
  '对列入“白名单”的企业,引导银行给予无还本续贷、中期流贷等支持,降低企业融资成本。',
  '用好市级应急转贷资金,缓解企业“过桥”压力。',
  '开展“金融服务进企业”行动,组织银企对接活动不少于4场,及时回应企业的融资诉求。',
  '推动有条件的企业到多层次资本市场挂牌上市,支持上市后备企业规范发展。',
];

const SECTIONS = new Map<number, { title: string; sentences: readonly string[] }>([
  [6, { title: '优化金融服务', sentences: FINANCE_SENTENCES }],
  [
    14,
    {
      title: '优化就业用工环境',
      sentences: ['扎实开展新春招聘、校企对接招聘等专项活动。', '深入实施技能提升行动,进一步开展高技能人才自主认定。'],
    },
  ],
  [22, { title: '加大引才聚才力度', sentences: ['深化落实人才“港湾计划”和“涌泉”行动。', '大力推行柔性引才和企业自主评价人才措施。'] }],
]);

export const QUOTE = FINANCE_SENTENCES.slice(1, 3).join('');

/** Answered by the second tab of a service guide. */
export const GUIDE_QUESTION = '办食品经营许可要带什么材料？';
/** Answered with what a policy grants. */
export const FACTS_QUESTION = '技改奖补的标准是什么？';

/** Says something too long to be answered at once, so that a test sees the page wait. */
export const SLOW_QUESTION = '请慢慢想一想';
/** Goes wrong the first time it is asked. */
export const FAILING_QUESTION = '第一次会出错的问题';

/** A house with a few answers learnt by heart: it speaks every kind of block and button the page can show. */
export function scriptedHouse() {
  const heard: Incoming[] = [];
  let failures = 0;
  let turns = 0;
  let ids = 0;

  const handle = async (incoming: Incoming): Promise<Handled> => {
    heard.push(incoming);
    const { content } = incoming;
    if (content.kind === 'action') {
      if (content.action.kind === 'feedback') {
        return {
          replies: [],
          turn: null,
          feedback: { turnId: content.action.turnId, vote: content.action.vote, asker: incoming.senderId, reason: null },
        };
      }
      if (content.action.kind === 'choose' && content.action.documentId === GUIDE.documentId) {
        return spoken('', guideAnswer(content.action.section, turnId()));
      }
      const section = content.action.kind === 'choose' ? content.action.section : 22;
      return spoken('', section === 6 ? financeAnswer(turnId()) : sectionAnswer(section, turnId()));
    }
    const text = content.kind === 'text' ? content.text : '';
    if (text === SLOW_QUESTION) await new Promise((resolve) => setTimeout(resolve, 1_500));
    if (text === FAILING_QUESTION && failures++ === 0) throw new Error('a fault on purpose');
    if (text === GUIDE_QUESTION) return spoken(text, guideAnswer(2, turnId()));
    if (text === FACTS_QUESTION) return spoken(text, factsAnswer(turnId()));
    if (text.includes('人')) return spoken(text, whichOne());
    if (text.includes('天气')) return spoken(text, refusal());
    return spoken(text, financeAnswer(turnId()));
  };
  const turnId = (): string => `turn-${turns}`;
  const spoken = (question: string, message: ReplyMessage): Handled => ({
    replies: [message],
    turn: turnOf({ id: `turn-${turns++}`, channel: 'web', question }),
    feedback: null,
  });

  return {
    heard,
    handle,
    news: async () => [],
    explain(): never {
      throw new Error('the page does not ask for explanations');
    },
    section: (documentId: string, number: number): SectionView | null => (documentId === DOCUMENT.documentId ? sectionView(number) : null),
    topics,
    samples: () => ['企业贷款有什么支持？', '招工难，区里能帮什么忙？', '引进人才有补贴吗？', '审批能不能帮代办？'],
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: () => Date.now(),
    newId: () => `id-${ids++}`,
  };
}

function citation(section: number, quote: string): Citation {
  const { title } = SECTIONS.get(section)!;
  return { ...DOCUMENT, section, sectionTitle: title, part: PART, quote, issued: ISSUED, page: null, asOf: null, revision: 3 };
}

function ref(section: number): SectionRef {
  return { documentId: DOCUMENT.documentId, section, title: SECTIONS.get(section)!.title };
}

function sectionAnswer(section: number, turnId: string, extra: readonly Block[] = []): ReplyMessage {
  const { title, sentences } = SECTIONS.get(section)!;
  const [first = ''] = sentences;
  const quote = section === 6 ? QUOTE : first;
  return {
    title,
    tone: 'answer',
    blocks: [{ kind: 'quote', text: quote }, { kind: 'source', citation: citation(section, quote) }, ...extra],
    buttons: [
      [
        { label: '查看全文', action: { kind: 'full-text', documentId: DOCUMENT.documentId, section, revision: 3 } },
        { label: '相关内容', action: { kind: 'related', documentId: DOCUMENT.documentId, section } },
      ],
      [
        { label: '有帮助', action: { kind: 'feedback', turnId, vote: 'up' } },
        { label: '没帮助', action: { kind: 'feedback', turnId, vote: 'down' } },
      ],
    ],
  };
}

const GUIDE = { documentId: 'food-licence', documentTitle: '食品经营许可办事指南' };
const ASPECTS = [
  { tab: '条件', title: '受理条件', text: '具有与经营的食品品种、数量相适应的场所。' },
  { tab: '材料', title: '申请材料', text: '食品经营许可申请书，原件，1份。\n营业执照复印件，1份（免提交）。\n经营场所布局图，1份。' },
  { tab: '流程', title: '办理流程', text: '受理、审查、现场核查、发证。' },
  { tab: '时限与费用', title: '办理时限与费用', text: '承诺8个工作日办结，不收费。' },
  { tab: '窗口与电话', title: '办理窗口与咨询电话', text: '政务服务中心二楼12号窗口。' },
  { tab: '依据与结果', title: '设定依据与办理结果', text: '发给食品经营许可证。' },
  { tab: '常见问题', title: '常见问题', text: '变更地址要重新申请。' },
] as const;

/** One aspect of a service guide, with its tabs. */
function guideAnswer(section: number, turnId: string): ReplyMessage {
  const { title, text } = ASPECTS[section - 1]!;
  const source: Citation = {
    ...GUIDE,
    section,
    sectionTitle: title,
    part: null,
    quote: text,
    issued: '市场监督管理局',
    page: 3,
    asOf: '2026-11-20',
    revision: 2,
  };
  return {
    title: `食品经营许可 · ${title}`,
    tone: 'answer',
    blocks: [
      { kind: 'quote', text },
      { kind: 'source', citation: source },
    ],
    buttons: [
      ASPECTS.map(({ tab }, at) => ({
        label: tab,
        isCurrent: at + 1 === section,
        action: { kind: 'choose', documentId: GUIDE.documentId, section: at + 1 },
      })),
      [{ label: '有帮助', action: { kind: 'feedback', turnId, vote: 'up' } }],
    ],
  };
}

function factsAnswer(turnId: string): ReplyMessage {
  const [quote, ...rest] = sectionAnswer(6, turnId).blocks;
  return {
    ...sectionAnswer(6, turnId),
    blocks: [
      quote!,
      {
        kind: 'facts',
        items: [
          { label: '扶持金额', value: '按设备投资额的8%给予补助，单家企业最高100万元' },
          { label: '申报时间', value: '2026年3月1日至2026年12月31日' },
          { label: '受理部门', value: '经济发展局产业科' },
          { label: '不可兼得', value: '与市级技改补助按就高原则，不重复享受' },
        ],
      },
      ...rest,
    ],
  };
}

function financeAnswer(turnId: string): ReplyMessage {
  return sectionAnswer(6, turnId, [{ kind: 'note', text: '按「融资 贷款」理解您的问题' }]);
}

function whichOne(): ReplyMessage {
  const options = [ref(14), ref(22)];
  return {
    title: '您想问的是哪一项？',
    tone: 'question',
    blocks: [
      { kind: 'paragraph', text: '有几处原文都和您的问题有关，请选一项：' },
      { kind: 'list', title: null, items: options.map(({ title }) => title), numbered: true },
    ],
    buttons: options.map(({ documentId, section }, index) => [
      { label: String(index + 1), action: { kind: 'choose' as const, documentId, section } },
    ]),
  };
}

function refusal(): ReplyMessage {
  return {
    title: '文件库里没有这方面的内容',
    tone: 'refusal',
    blocks: [
      { kind: 'paragraph', text: '我只能根据已收录的政策文件回答，「天气」不在其中。您可以换个说法，或转人工咨询。' },
      { kind: 'list', title: '您也许想了解', items: ['优化金融服务', '加大引才聚才力度'], numbered: false },
    ],
    buttons: [[{ label: '转人工', action: { kind: 'hand-off', turnId: null } }]],
  };
}

function sectionView(number: number): SectionView | null {
  const section = SECTIONS.get(number);
  if (section === undefined) return null;
  let at = 0;
  const sentences = section.sentences.map((sentence) => ({ start: at, end: (at += sentence.length) }));
  const filler = number === 6 ? '围绕企业需求,持续优化服务,推动各项措施落地见效。'.repeat(30) : '';
  return {
    ...DOCUMENT,
    section: number,
    title: section.title,
    part: PART,
    text: filler + section.sentences.join(''),
    sentences: [
      ...(filler === '' ? [] : [{ start: 0, end: filler.length }]),
      ...sentences.map(({ start, end }) => ({ start: start + filler.length, end: end + filler.length })),
    ],
    issued: ISSUED,
    categories: [CATEGORIES.financing, CATEGORIES.subsidy],
  };
}

function topics(): Topic[] {
  return Object.entries(CATEGORIES).map(([category, label]) => ({ category, label, sections: [ref(6)] }));
}
