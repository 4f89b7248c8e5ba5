import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainText } from '../../../src/knowledge/import/formats/plain-text.ts';
import { readMark } from '../../../src/knowledge/import/marks.ts';
import { outlineOf } from '../../../src/knowledge/import/outline.ts';
import { NOWHERE, type RawBlock } from '../../../src/knowledge/import/raw-document.ts';

const read = (text: string, name = '文件.txt') => outlineOf(readPlainText({ name, bytes: new TextEncoder().encode(text) }), name);
const outline = (text: string) => read(text).outline.sections.map(({ part, number, title, text: body }) => [part, number, title, body]);
const ofBlocks = (blocks: readonly RawBlock[]) => outlineOf({ blocks, meta: {}, pages: null, notes: [] }, 'a.docx').outline;
const heading = (level: number, text: string): RawBlock => ({ kind: 'heading', level, text, at: NOWHERE });
const text = (line: string): RawBlock => ({ kind: 'paragraph', text: line, at: NOWHERE });

describe('the number of a line', () => {
  it.each([
    ['第十二条　申请人应当', 'article', '第十二条', 12, '申请人应当'],
    ['第一章 总则', 'chapter', '第一章', 1, '总则'],
    ['第二节 申请', 'chapter-part', '第二节', 2, '申请'],
    ['十一、附则', 'numeral', '十一、', 11, '附则'],
    ['（三）引才奖励。', 'bracketed-numeral', '（三）', 3, '引才奖励。'],
    ['(三) 引才', 'bracketed-numeral', '(三)', 3, '引才'],
    ['7.优化服务', 'decimal', '7.', 7, '优化服务'],
    ['7．优化服务', 'decimal', '7．', 7, '优化服务'],
    ['7、优化服务', 'decimal', '7、', 7, '优化服务'],
    ['（2）材料', 'bracketed-decimal', '（2）', 2, '材料'],
    ['2）材料', 'bracketed-decimal', '2）', 2, '材料'],
  ])('%s', (line, kind, label, value, rest) => expect(readMark(line)).toEqual({ kind, label, value, rest }));

  it.each(['第三条规定的奖励', '第一章所称企业', '3.5亿元以上', '2024年目标', '一是加强领导'])('none: %s', (line) =>
    expect(readMark(line)).toBeNull(),
  );
});

describe('the outline', () => {
  it('of a regulation: chapters are parts, articles sections with their own numbers', () => {
    const source =
      '管理办法\n第一章 总则\n第一条 为规范管理，制定本办法。\n第二章 申请\n第一节 条件\n第二条 【条件】申请人应当：\n（一）成年；\n（二）有房。\n第三条 其他。';
    expect(outline(source)).toEqual([
      ['第一章 总则', 1, '第一条 为规范管理', '为规范管理，制定本办法。'],
      ['第二章 申请 第一节 条件', 2, '第二条 条件', '申请人应当：\n（一）成年；\n（二）有房。'],
      ['第二章 申请 第一节 条件', 3, '第三条 其他', '其他。'],
    ]);
  });

  it('of measures: 一、 are parts, titled （一） sections', () => {
    const source =
      '若干措施\n一、支持企业\n（一）升规奖励。奖励10万元。\n（二）研发补助。补助5%。\n二、支持人才\n（一）引才奖励。每年1万元。';
    expect(outline(source)).toEqual([
      ['一、支持企业', 1, '（一）升规奖励', '奖励10万元。'],
      ['一、支持企业', 2, '（二）研发补助', '补助5%。'],
      ['二、支持人才', 3, '（一）引才奖励', '每年1万元。'],
    ]);
  });

  it('keeps conditions, materials and steps together: they answer one question', () => {
    const source =
      '办法\n一、奖励\n（一）升规奖励。奖励10万元。\n二、申报条件\n应当符合：\n（一）在区内注册；\n（二）依法纳税。\n三、申报程序\n1.申报。网上填报。\n2.审核。5个工作日。';
    expect(outline(source).slice(1)).toEqual([
      ['二、申报条件', 2, '申报条件', '应当符合：\n（一）在区内注册；\n（二）依法纳税。'],
      ['三、申报程序', 3, '申报程序', '1.申报。网上填报。\n2.审核。5个工作日。'],
    ]);
  });

  it('keeps a numbered paragraph whole: its first clause is its title, and stays in its text', () => {
    expect(outline('通知\n一、自5月1日起，窗口迁至二楼。\n二、电话不变。')).toEqual([
      [null, 1, '一、自5月1日起', '自5月1日起，窗口迁至二楼。'],
      [null, 2, '二、电话不变', '电话不变。'],
    ]);
  });

  it('gives what a part says before its first section a section of its own', () => {
    expect(outline('措施\n一、支持企业\n本部分适用于工业企业。\n（一）升规奖励。奖励10万元。\n（二）研发补助。补助5%。')[0]).toEqual([
      '一、支持企业',
      1,
      '支持企业',
      '本部分适用于工业企业。',
    ]);
  });

  it('parts an item that is too long to stay together', () => {
    const long = '。'.padStart(700, '支持企业发展');
    const source = `措施\n一、支持企业\n（一）培育主体\n1.高企。${long}\n2.小微。${long}\n（二）引进人才。奖励。`;
    expect(outline(source).map(([part, number, title]) => [part, number, title])).toEqual([
      ['一、支持企业 （一）培育主体', 1, '高企'],
      ['一、支持企业 （一）培育主体', 2, '小微'],
      ['一、支持企业', 3, '（二）引进人才'],
    ]);
  });

  it('begins anew in every annex, and takes the list of annexes for what it is', () => {
    const source =
      '通知\n一、申报。请按附件申报。\n二、时间。三月。\n附件：1.标准\n2.材料\n附件1\n标准\n一、一等奖。100万元。\n二、二等奖。50万元。\n附件2\n材料\n申请书。';
    expect(outline(source)).toEqual([
      [null, 1, '一、申报', '请按附件申报。'],
      [null, 2, '二、时间', '三月。\n附件：1.标准\n2.材料'],
      ['附件1 标准', 3, '一、一等奖', '100万元。'],
      ['附件1 标准', 4, '二、二等奖', '50万元。'],
      ['附件2 材料', 5, '材料', '申请书。'],
    ]);
  });

  it('follows the styles of headings where lines have no numbers, and numbers where they have', () => {
    const styled = ofBlocks([
      heading(1, '指南'),
      heading(2, '申请条件'),
      text('成年。'),
      heading(2, '申请材料'),
      text('1.身份证；'),
      text('2.申请表。'),
    ]);
    expect(styled.title).toBe('指南');
    expect(styled.sections.map(({ title, text: body }) => [title, body])).toEqual([
      ['申请条件', '成年。'],
      ['申请材料', '1.身份证；\n2.申请表。'],
    ]);
    const mixed = ofBlocks([heading(1, '措施'), heading(2, '一、奖励'), text('（一）升规奖励。10万元。'), text('（二）引才奖励。1万元。')]);
    expect(mixed.sections.map(({ part, title }) => [part, title])).toEqual([
      ['一、奖励', '（一）升规奖励'],
      ['一、奖励', '（二）引才奖励'],
    ]);
  });

  it('tells numbers that are missing and headings without text, with their line', () => {
    const { notes } = read('要点\n一、目标。全年20个。\n三、保障。周调度。\n四、空白');
    expect(notes.map(({ message, at }) => [at.line, message])).toEqual([
      [3, expect.stringContaining('“一、”直接到“三、”')],
      [4, expect.stringContaining('“四、空白”下没有正文')],
    ]);
  });

  it('loses no word, whatever is numbered how', () => {
    const label = fc.constantFrom(
      '',
      '',
      '一、',
      '二、',
      '（一）',
      '（二）',
      '1.',
      '2.',
      '（1）',
      '第一条 ',
      '第二章 ',
      '附件1 ',
      '附件2：',
    );
    const end = fc.constantFrom('', '。', '；', '：', '，', '。正文');
    const lines = fc.array(fc.tuple(label, end), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(lines, (all) => {
        const words = all.map((_, at) => `词语${String.fromCodePoint(0x4e00 + 200 + at)}尾`);
        const source = all.map(([mark, ending], at) => `${mark}${words[at]}${ending}`).join('\n');
        const { outline: found, notes } = read(source);
        const everything = JSON.stringify([found, notes]);
        for (const word of words) expect(everything).toContain(word);
        const numbers = found.sections.map(({ number }) => number);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        for (const section of found.sections) expect(section.text.trim()).not.toBe('');
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
