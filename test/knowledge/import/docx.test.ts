import { describe, expect, it } from 'vitest';
import { createNumbering } from '../../../src/knowledge/import/formats/docx-numbering.ts';
import { readDocx } from '../../../src/knowledge/import/formats/docx.ts';
import { wordNumeral } from '../../../src/knowledge/import/formats/word-numerals.ts';
import { inList, level, paragraph, wordFile } from './office-files.ts';

const textsOf = async (file: Parameters<typeof wordFile>[0]): Promise<string[]> => {
  const { blocks } = await readDocx({ name: 'a.docx', bytes: wordFile(file) });
  return blocks.flatMap((block) => ('text' in block ? [block.text] : block.kind === 'list' ? block.items : []));
};

const OUTLINE = `<w:abstractNum w:abstractNumId="7">${level(0, 'chineseCountingThousand', '%1、')}${level(1, 'chineseCountingThousand', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum>`;
const numbering = `<w:numbering xmlns:w="x">${OUTLINE}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>`;

describe('the numbers Word shows', () => {
  it('count on, and begin anew below a higher number', () => {
    const { next } = createNumbering(numbering);
    const levels = [0, 1, 1, 2, 2, 0, 1, 2, 0];
    expect(levels.map((at) => next('1', at))).toEqual(['一、', '（一）', '（二）', '1.', '2.', '二、', '（一）', '1.', '三、']);
  });

  it('go on over paragraphs of another list of the same kind, unless it says where it begins', () => {
    const { next } = createNumbering(numbering);
    expect([next('1', 0), next('2', 0), next('2', 0), next('1', 0)]).toEqual(['一、', '五、', '六、', '七、']);
  });

  it('begin anew only where the file says so', () => {
    const list = `<w:abstractNum w:abstractNumId="0">${level(0, 'chineseCounting', '第%1章')}${level(1, 'chineseCounting', '第%2条', '<w:lvlRestart w:val="0"/>')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;
    const { next } = createNumbering(`<w:numbering>${list}</w:numbering>`);
    expect([0, 1, 1, 0, 1].map((at) => next('1', at))).toEqual(['第一章 ', '第一条 ', '第二条 ', '第二章 ', '第三条 ']);
  });

  it('know nothing of bullets and of lists that are not there', () => {
    const { next } = createNumbering(
      `<w:numbering><w:abstractNum w:abstractNumId="0">${level(0, 'bullet', '•')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    );
    expect([next('1', 0), next('9', 0)]).toEqual([null, null]);
  });

  it.each([
    ['chineseCountingThousand', 110, '一百一十'],
    ['chineseCountingThousand', 105, '一百零五'],
    ['chineseCounting', 10, '十'],
    ['chineseCounting', 21, '二十一'],
    ['chineseLegalSimplified', 12, '壹拾贰'],
    ['ideographTraditional', 3, '丙'],
    ['decimalEnclosedCircleChinese', 3, '③'],
    ['decimalFullWidth', 12, '１２'],
    ['upperRoman', 14, 'XIV'],
    ['lowerLetter', 28, 'bb'],
    ['decimalZero', 7, '07'],
    ['somethingNew', 7, '7'],
  ])('%s of %i is %s', (format, value, printed) => expect(wordNumeral(value, format)).toBe(printed));
});

describe('a Word file', () => {
  it('has its automatic numbers in the text, by paragraph or by style', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="Item"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Item"/></w:style>';
    const body =
      paragraph('总则', inList(1)) +
      paragraph('目的', '<w:pStyle w:val="Sub"/>') +
      paragraph('50万元', inList(1, 2)) +
      paragraph('无编号', '<w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr>');
    const lists = `${OUTLINE}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;
    expect(await textsOf({ body, styles, numbering: lists })).toEqual(['一、总则', '（一）目的', '1. 50万元', '无编号']);
  });

  it('keeps bullets, drops struck text, and counts no deleted paragraph', async () => {
    const lists = `${OUTLINE}<w:abstractNum w:abstractNumId="8">${level(0, 'bullet', '•')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>`;
    const deleted = `<w:p><w:pPr>${inList(1)}</w:pPr><w:del><w:r><w:delText>旧条</w:delText></w:r></w:del></w:p>`;
    const struck = '<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>作废</w:t></w:r><w:r><w:t>有效</w:t></w:r></w:p>';
    const body = paragraph('甲', inList(1)) + deleted + paragraph('乙', inList(1)) + paragraph('点', inList(2)) + struck;
    expect(await textsOf({ body, numbering: lists })).toEqual(['一、甲', '二、乙', '· 点', '有效']);
    const { notes } = await readDocx({ name: 'a.docx', bytes: wordFile({ body, numbering: lists }) });
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('修订'), expect.stringContaining('删除线')]);
  });

  it('has its headings by style name or outline level, its title apart, and no table of contents', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="x1"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="x2"><w:name w:val="公文标题"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>';
    const body =
      paragraph('题目', '<w:pStyle w:val="t"/>') +
      paragraph('目录项', '<w:pStyle w:val="toc"/>') +
      paragraph('一级', '<w:pStyle w:val="x2"/>') +
      paragraph('二级', '<w:pStyle w:val="x1"/>') +
      paragraph('正文');
    const { blocks } = await readDocx({ name: 'a.docx', bytes: wordFile({ body, styles }) });
    expect(blocks.map((block) => [block.kind, 'level' in block ? block.level : 0, 'text' in block ? block.text : ''])).toEqual([
      ['heading', 1, '题目'],
      ['heading', 2, '一级'],
      ['heading', 3, '二级'],
      ['paragraph', 0, '正文'],
    ]);
  });

  it('is refused when nothing is in it', async () => {
    await expect(readDocx({ name: 'a.docx', bytes: wordFile({ body: paragraph('') }) })).rejects.toMatchObject({ code: 'IMPORT_DAMAGED' });
  });
});
