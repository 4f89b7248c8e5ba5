import { describe, expect, it } from 'vitest';
import { FACTS_SECTION } from '../../src/domain/policy-facts.ts';
import { type Section, sentenceText } from '../../src/domain/record.ts';
import { parseRecord } from '../../src/knowledge/markdown.ts';

const policy = (facts: string, body = '### 1. 目的\n\n为了发展。', sections = ''): string =>
  `---\nid: p\nkind: policy\ntitle: 办法\ncategory: industry\n${facts}${sections}---\n\n${body}\n`;
const procedure = (guide: string, body = '', sections = ''): string =>
  `---\nid: g\nkind: procedure\ntitle: 开办企业\ncategory: approval\n${guide}${sections}---\n${body}\n`;
const read = (source: string): readonly Section[] => parseRecord(source, 'a.md').sections;
const lines = (source: string): (readonly [number, string[]])[] => read(source).map(({ number, text }) => [number, text.split('\n')]);

const FACTS: readonly (readonly [string, string[]])[] = [
  ['beneficiaries: 外贸企业', ['惠及对象：外贸企业。']],
  ['industries: [纺织, 鞋服]', ['适用行业：纺织、鞋服。']],
  ['enterpriseSizes: [中型, 小型]', ['企业规模：中型、小型。']],
  ['region: 全区', ['适用地区：全区。']],
  ['level: 园区', ['政策级别：园区。']],
  ['conditions: [在区内注册]', ['申报条件：在区内注册。']],
  ['conditions: [在区内注册, 依法纳税]', ['申报条件：', '1. 在区内注册。', '2. 依法纳税。']],
  ['award: 一次性奖励！', ['扶持标准：一次性奖励！']],
  ['amount: 每家10万元', ['扶持金额：每家10万元。']],
  ['cap: 500万元', ['资金上限：500万元。']],
  ['nonStacking: 就高不重复', ['不可兼得：就高不重复。']],
  ['materials: [申请表]', ['申报材料：申请表。']],
  ['applyFrom: 2026-03-01', ['申报时间：2026-03-01起。']],
  ['applyUntil: 2026-03-31', ['申报时间：截至2026-03-31。']],
  ['{ applyFrom: 2026-03-01, applyUntil: 2026-03-31 }', ['申报时间：2026-03-01至2026-03-31。']],
  ['channel: 网上申报', ['申报方式：网上申报。']],
  ['channelUrl: https://example.org/a', ['申报入口：https://example.org/a。']],
  ['redemption: 免申即享', ['兑现方式：免申即享。']],
  ['payoutTime: 20个工作日', ['兑现时限：20个工作日。']],
  ['department: 经济发展局', ['受理部门：经济发展局。']],
  ['phone: 059500000000', ['咨询电话：059500000000。']],
  ['basis: "《办法》\\n第三条"', ['政策依据：《办法》 第三条。']],
];

const GUIDE: readonly (readonly [string, number, string[]])[] = [
  ['applicant: 企业', 1, ['服务对象：企业。']],
  ['conditions: [有住所, 有章程]', 1, ['受理条件：', '1. 有住所。', '2. 有章程。']],
  ['materials: [{ name: 申请表 }]', 2, ['申请材料：申请表。']],
  [
    'materials: [{ name: 营业执照, forms: [原件, 复印件], copies: 2, need: 容缺, note: 窗口领取 }, { name: 章程, copies: 1 }]',
    2,
    ['申请材料：', '1. 营业执照（原件或复印件2份，容缺），窗口领取。', '2. 章程（1份）。'],
  ],
  ['steps: [{ name: 申请, detail: 网上提交, time: 1天 }, { name: 发照 }]', 3, ['办理流程：', '1. 申请：网上提交（1天）。', '2. 发照。']],
  ['specialSteps: [公示]', 3, ['特殊环节：公示。']],
  ['promisedTime: 1个工作日', 4, ['承诺办结时限：1个工作日。']],
  ['statutoryTime: 15个工作日', 4, ['法定办结时限：15个工作日。']],
  ['caseType: 承诺件', 4, ['办件类型：承诺件。']],
  ['fee: 不收费', 4, ['收费标准：不收费。']],
  ['place: 一楼', 5, ['办理地点：一楼。']],
  ['window: 3号', 5, ['办理窗口：3号。']],
  ['hours: 工作日', 5, ['办理时间：工作日。']],
  ['channel: 网上', 5, ['办理形式：网上。']],
  ['onlineUrl: https://example.org/b', 5, ['网上办理：https://example.org/b。']],
  ['visits: 0', 5, ['到现场次数：0。']],
  ['scope: 全市', 5, ['通办范围：全市。']],
  ['phone: 12345', 5, ['咨询电话：12345。']],
  ['complaint: 12345', 5, ['监督投诉：12345。']],
  ['itemType: 行政许可', 6, ['事项类型：行政许可。']],
  ['authority: 审批局', 6, ['实施主体：审批局。']],
  ['level: 区县级', 6, ['行使层级：区县级。']],
  ['legalBasis: [《公司法》]', 6, ['设定依据：《公司法》。']],
  ['result: 营业执照', 6, ['办理结果：营业执照。']],
  ['delivery: 邮寄', 6, ['送达方式：邮寄。']],
  ['remedies: 可申请复议', 6, ['行政复议与诉讼：可申请复议。']],
  ['faq: [{ question: 收费吗？, answer: 不收费 }]', 7, ['问：收费吗？', '答：不收费。']],
];

const asBlock = (key: string, fields: string): string => (fields.startsWith('{') ? `${key}: ${fields}\n` : `${key}:\n  ${fields}\n`);

describe('the facts of a policy', () => {
  it.each(FACTS)('say of “%s” one thing only', (fields, text) => {
    expect(lines(policy(asBlock('facts', fields)))).toEqual([
      [1, ['为了发展。']],
      [FACTS_SECTION, text],
    ]);
  });

  it('make no section when none is stated', () => {
    expect(lines(policy(''))).toEqual([[1, ['为了发展。']]]);
    expect(lines(policy('facts:\n  award:\n  conditions: []\n'))).toEqual([[1, ['为了发展。']]]);
  });

  it('may be the whole text, and take alternate questions', () => {
    const [section, ...more] = read(
      policy(
        'facts:\n  fee: x\n'.replace('fee: x', 'amount: 10万元'),
        '',
        'sections:\n  - number: 9000\n    questions:\n      - about: 10万元\n        ask: [给多少]\n',
      ),
    );
    expect([more, section!.title, section!.id]).toEqual([[], '政策要点', 'p#9000']);
    expect(section!.questions).toEqual([{ text: '给多少', sentence: 0 }]);
  });

  it('have their number for themselves', () => {
    expect(() => read(policy('facts:\n  amount: 10万元\n', '### 9000. 目的\n\n为了发展。'))).toThrow(
      /^a\.md:\d+: expected a section number below 9000, got 9000\.$/,
    );
    expect(lines(policy('', '### 9000. 目的\n\n为了发展。'))).toEqual([[9000, ['为了发展。']]]);
  });
});

describe('the fields of a guide', () => {
  it.each(GUIDE)('say of “%s” in section %d one thing only', (fields, number, text) => {
    expect(lines(procedure(asBlock('guide', fields)))).toEqual([[number, text]]);
  });

  it('bind each question to its own answer, even to two alike', () => {
    const [section] = read(procedure('guide:\n  faq: [{ question: 甲？, answer: 可以。 }, { question: 乙？, answer: 可以。 }]\n'));
    expect(section!.questions.map(({ text, sentence }) => [text, sentenceText(section!, sentence!)])).toEqual([
      ['甲？', expect.stringContaining('可以。')],
      ['乙？', expect.stringContaining('可以。')],
    ]);
    expect(section!.questions[0]!.sentence).toBeLessThan(section!.questions[1]!.sentence!);
  });

  it('stand before the texts, which are numbered from 11', () => {
    const body = '\n## 提醒\n\n请预约。\n\n## 20. 附注\n\n无。\n\n## 后话\n\n没有。\n';
    expect(read(procedure('guide:\n  fee: 不收费\n', body)).map(({ number, title }) => [number, title])).toEqual([
      [4, '办理时限与费用'],
      [11, '提醒'],
      [20, '附注'],
      [21, '后话'],
    ]);
    expect(read(procedure('', body)).map(({ number }) => number)).toEqual([1, 20, 21]);
  });

  it('keep their numbers for themselves', () => {
    expect(() => read(procedure('guide:\n  fee: 不收费\n', '\n## 10. 提醒\n\n请预约。\n'))).toThrow(
      /^a\.md:\d+: expected a section number above 10, which the guide's own fields take, got 10\.$/,
    );
  });
});

describe('front matter', () => {
  it('gives sections the page they start on', () => {
    expect(read(policy('', undefined, 'sections:\n  - number: 1\n    page: 7\n'))[0]!.page).toBe(7);
    expect(read(policy(''))[0]!.page).toBeNull();
  });

  it.each<[string, string, RegExp]>([
    [
      'days out of order',
      policy('effectiveOn: 2026-02-02\nexpiresOn: 2026-02-01\n'),
      /^a\.md:7: expiresOn: expected a day not before effectiveOn$/,
    ],
    [
      'a period out of order',
      policy('facts:\n  applyFrom: 2026-02-02\n  applyUntil: 2026-02-01\n'),
      /^a\.md:8: facts\.applyUntil: expected a day not before applyFrom$/,
    ],
    ['a day no calendar has', policy('verifiedOn: 2026-02-30\n'), /^a\.md:6: verifiedOn: expected a day of the calendar/],
    ['an unknown fact', policy('facts:\n  amonut: 10万元\n'), /^a\.md:7: facts: Unrecognized key: "amonut"$/],
    ['an unknown field of a guide', procedure('guide:\n  fees: 不收费\n'), /^a\.md:7: guide: Unrecognized key: "fees"$/],
    [
      'an unknown field of a material',
      procedure('guide:\n  materials:\n    - name: 申请表\n    - name: 章程\n      copy: 1\n'),
      /^a\.md:9: guide\.materials\.1: Unrecognized key: "copy"$/,
    ],
    ['a source that is no section', policy('derivedFrom: [plan]\n'), /^a\.md:6: derivedFrom\.0: expected the id of a section/],
    ['facts in a guide', procedure('facts:\n  amount: 1\n'), /^a\.md:2: front matter: Unrecognized key: "facts"$/],
  ])('is refused for %s', (_, source, reason) => {
    expect(() => read(source)).toThrow(reason);
  });
});
