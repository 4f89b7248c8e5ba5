import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceText } from '../../src/domain/record.ts';
import { EMPTY_DRAFT, type RecordDraft } from '../../src/knowledge/import/draft.ts';
import { readPlainText } from '../../src/knowledge/import/formats/plain-text.ts';
import { readyDraft } from '../../src/knowledge/import/merge.ts';
import { type Outline, outlineOf } from '../../src/knowledge/import/outline.ts';
import { recordMarkdown } from '../../src/knowledge/import/record-markdown.ts';
import { parseRecord } from '../../src/knowledge/markdown.ts';
import { sentenceSpans } from '../../src/text/sentences.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const SEED = 'seeds/000_7ce348ff3f3f0c3c.txt';
const source = readFileSync(SEED, 'utf8');

const read = (text: string, name: string) => outlineOf(readPlainText({ name, bytes: new TextEncoder().encode(text) }), name);
const plan = read(source, SEED).outline;

const PARTS = [
  ['一、坚持创新驱动引领,催生经济发展新动能', 1, 6],
  ['二、坚持优化空间布局,提升城市品质新形象', 7, 11],
  ['三、坚持人民至上理念,绘就民生幸福新图景', 12, 15],
  ['四、坚持融合智慧管理,构建社会治理新格局', 16, 18],
  ['五、坚持加强党的建设,激发引领发展新活力', 19, 24],
] as const;

const TITLES = [
  '抓实创新应用',
  '稳固经济运行',
  '聚力招商引资',
  '强化项目创优',
  '提升外贸外资',
  '优化金融服务',
  '全力盘活低效用地',
  '深化园区标准化建设',
  '推进城建提品项目',
  '提升生态环境质量',
  '加快推进国企改革',
  '推动教育优质均衡',
  '完善医疗卫生服务',
  '优化就业用工环境',
  '推进文化惠民惠企',
  '加强智慧管理',
  '优化政务服务',
  '夯实安全基础',
  '抓好宣传思想建设',
  '着力提升基层党建质量',
  '加强干部队伍建设',
  '加大引才聚才力度',
  '提升统战工作效能',
  '深化党风廉政建设',
];

const draftOf = ({ title, opening, sections }: Outline, more: Partial<RecordDraft> = {}): RecordDraft => ({
  ...EMPTY_DRAFT,
  kind: 'policy',
  title,
  opening,
  sections,
  category: 'industry',
  origin: { file: 'a.txt', sheet: null, row: null },
  ...more,
});

describe('the plan of 2024, imported from the text as received', () => {
  it('has its title, its opening and 24 sections with their titles', () => {
    expect(plan.title).toBe('2024年总体工作思路');
    expect(plan.opening).toMatch(/^2024年是全面贯彻.*为全市发展大局多做贡献。$/);
    expect(plan.sections.map(({ number, title }) => `${number} ${title}`)).toEqual(TITLES.map((title, at) => `${at + 1} ${title}`));
  });

  it('has five parts, each with the sections below it', () => {
    expect([...new Set(plan.sections.map(({ part }) => part))]).toEqual(PARTS.map(([part]) => part));
    for (const [part, first, last] of PARTS) {
      const numbers = plan.sections.filter((section) => section.part === part).map(({ number }) => number);
      expect([numbers[0], numbers.at(-1), numbers.length]).toEqual([first, last, last - first + 1]);
    }
  });

  it('has no line of the web page it was copied from', () => {
    expect(JSON.stringify(plan)).not.toMatch(/扫一扫|公网安备/);
    expect(plan.sections.at(-1)!.text).toMatch(/失实澄清机制。$/);
  });

  it('has every text character for character, and nothing is lost but the furniture of the page', () => {
    for (const { number, title, text } of plan.sections) expect(source).toContain(`${number}.${title}。${text}`);
    const rebuilt = [
      `${plan.title}:${plan.opening}`,
      ...PARTS.flatMap(([part]) => [
        part,
        ...plan.sections.filter((section) => section.part === part).map(({ number, title, text }) => `${number}.${title}。${text}`),
      ]),
    ].join('\n');
    expect(source.slice(0, source.indexOf('扫一扫')).trim()).toBe(rebuilt);
  });

  it('is cut into sentences that stand verbatim in the text', () => {
    for (const { text } of plan.sections) {
      const spans = sentenceSpans(text);
      expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      expect(spans.length).toBeGreaterThan(2);
    }
  });

  it('stands in the library with exactly these texts', () => {
    const file = 'policies/2024-plan.md';
    const record = parseRecord(readFileSync(`knowledge/${file}`, 'utf8'), file);
    const [opening, ...sections] = record.sections;
    expect(record.title).toBe(plan.title);
    expect(opening).toMatchObject({ number: 0, title: plan.title, part: null, text: plan.opening });
    expect(sections.map(({ number, title, part, text }) => ({ number, title, part, text }))).toEqual(plan.sections);
    for (const section of record.sections) {
      section.sentences.forEach(({ start, end }, at) => expect(sentenceText(section, at)).toBe(section.text.slice(start, end)));
    }
  });

  it('is written as the same Markdown, byte for byte, each time', () => {
    const draft = draftOf(plan, { issuingBody: '泉州经济技术开发区', year: 2024 });
    expect(recordMarkdown(readyDraft(draft, '2024-plan'))).toBe(readFileSync('test/fixtures/import/seed-plan.md', 'utf8'));
  });
});

describe('importing plain text', () => {
  it('keeps lines that start nothing with the section above them', () => {
    expect(read('\ufeff1.标题。第一行\r\n  第二行  \n\n第三行', 'a.txt').outline.sections).toEqual([
      { number: 1, title: '标题', part: null, text: '第一行\n第二行\n第三行' },
    ]);
  });

  it('takes the name of the file for the title when the text has none', () => {
    expect(read('前言一段话。\n1.标题。正文', '园区办法.txt').outline).toMatchObject({ title: '园区办法', opening: '前言一段话。' });
    expect(read('1.标题。正文', '园区办法.txt').outline.opening).toBeNull();
  });

  it('numbers the sections itself where a number comes twice, and tells the line', () => {
    const { outline, notes } = read('1.甲甲。正文\n\n1.乙乙。正文', 'a.txt');
    expect(outline.sections.map(({ number, title }) => [number, title])).toEqual([
      [1, '甲甲'],
      [2, '乙乙'],
    ]);
    expect(notes).toEqual([{ message: '编号从“1.”直接到“1.”，请核对原文', at: { page: null, line: 3 } }]);
  });

  it('makes one section of a text without any, and says so', () => {
    const { outline, notes } = read('随便一段话。', '通知.txt');
    expect(outline).toEqual({
      title: '通知',
      opening: null,
      sections: [{ number: 1, title: '通知', part: null, text: '随便一段话。' }],
    });
    expect(notes[0]!.message).toContain('没有识别到编号或标题');
  });

  it('joins the lines of a text wrapped at a fixed width, and only of such a text', () => {
    const sentence = '对首次纳入规模以上统计的工业企业给予一次性奖励十万元并优先推荐申报上级专项资金支持。';
    const wrapped = [0, 1, 2, 3].flatMap((at) => [`（${'一二三四'[at]}）第${at}项${sentence}`, sentence].join('').match(/.{1,30}/gu)!);
    const { outline } = read(wrapped.join('\n'), 'a.txt');
    expect(outline.sections.map(({ text }) => text)).toEqual([0, 1, 2, 3].map((at) => `第${at}项${sentence}${sentence}`));
    expect(readPlainText({ name: 'a.txt', bytes: Buffer.from('第一行\n第二行\n第三行\n') }).blocks).toHaveLength(3);
  });
});

describe('an outline written as Markdown', () => {
  it('reads back the same, for the plan', () => {
    const draft = draftOf(plan, { issuingBody: '管委会', year: 2024 });
    const record = parseRecord(recordMarkdown(readyDraft(draft, 'imported')), 'imported.md');
    expect(record).toMatchObject({ id: 'imported', kind: 'policy', title: plan.title, issuingBody: '管委会', year: 2024 });
    expect(record.sections.slice(1).map(({ number, title, part, text }) => ({ number, title, part, text }))).toEqual(plan.sections);
    expect(record.sections[0]!.text).toBe(plan.opening);
  });

  it('reads back the same, whatever the texts', () => {
    const words = fc
      .string({ unit: fc.constantFrom(...'政策融资:"\'*-&|>%@`{}[]1.、：！a'), minLength: 1, maxLength: 12 })
      .map((text) => `文${text}`);
    const lines = fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
    const outline = fc.record({
      title: words,
      opening: fc.option(lines),
      sections: fc.array(fc.record({ title: words, text: lines }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(outline, ({ title, opening, sections }) => {
        const numbered: Outline = {
          title,
          opening,
          sections: sections.map((section, at) => ({ ...section, number: at + 1, part: at > 1 ? '二、后面' : null })),
        };
        const record = parseRecord(recordMarkdown(readyDraft(draftOf(numbered), 'a')), 'a.md');
        expect(record.title).toBe(title);
        expect(record.sections.find(({ number }) => number === 0)?.text ?? null).toBe(opening);
        expect(
          record.sections.filter(({ number }) => number > 0).map(({ number, title, part, text }) => ({ number, title, part, text })),
        ).toEqual(numbered.sections);
      }),
    );
  });

  it.each([
    ['an id that cannot travel in a button', 'Imported Plan', {}, '正文'],
    ['a year out of the question', 'imported', { year: 1 }, '正文'],
    ['a section without text', 'imported', {}, ''],
    ['a line that Markdown would take for a heading', 'imported', {}, '正文\n# 不是标题'],
  ])('is refused with %s', (_, id, more, text) => {
    const draft = draftOf({ title: '计划', opening: null, sections: [{ number: 1, title: '标题', part: null, text }] }, more);
    expect(() => recordMarkdown(readyDraft(draft, id))).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});
