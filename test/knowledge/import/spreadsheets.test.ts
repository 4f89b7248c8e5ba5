import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/knowledge/import/formats/csv.ts';
import { readXlsx } from '../../../src/knowledge/import/formats/xlsx.ts';
import { planImport } from '../../../src/knowledge/import/plan.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import { csvCell, csvText, tableTemplate } from '../../../src/knowledge/import/tables/template.ts';
import { workbook } from './office-files.ts';

const csv = (text: string) => readCsv({ name: 'a.csv', bytes: new TextEncoder().encode(text) })[0]!.rows;
const plan = (text: string) => planImport([{ name: 'a.csv', bytes: new TextEncoder().encode(text) }], [], { read: readFileContent });

describe('a CSV file', () => {
  it('tells the line on which each row starts, whatever line breaks its cells have', () => {
    expect(csv('问题,答案\n甲,"一\n二\n三"\n\n乙,"四\n五"\n丙,六\n').map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, '问题'],
      [2, '甲'],
      [6, '乙'],
      [8, '丙'],
    ]);
  });

  it.each([',', ';', '\t'])('may be separated by %j', (sign) => {
    expect(csv(`问题${sign}答案\n甲${sign}乙`).map(({ cells }) => cells)).toEqual([
      ['问题', '答案'],
      ['甲', '乙'],
    ]);
  });

  it('gives back every cell that was written, formula or not', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'甲乙=+-@,"\n;1a'), maxLength: 8 }).map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (cells) => {
        const rows = [['问题', '答案'], ...cells.map(([a, b]) => [`甲${a}`, b])];
        const read = csv(csvText(rows)).map((row) => row.cells.map((text) => text.replace(/^'(?=[=+\-@])/, '')));
        expect(read).toEqual(rows);
      }),
      { seed: 9 },
    );
  });

  it('never begins a cell as a formula when written', () => {
    for (const text of ['=1+1', '+1', '-1', '@a', '\t=1', '\r=1']) expect(csvCell(text)).toMatch(/^"?'/);
    expect(csvCell('1-1')).toBe('1-1');
  });
});

describe('the templates', () => {
  it.each(['faq', 'procedure'] as const)('%s: opens in Excel, names every column, and its example is not imported', async (kind) => {
    const template = tableTemplate(kind);
    expect(template.startsWith('\ufeff')).toBe(true);
    const { created, problems } = await plan(template);
    expect(created).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual(['表头下面没有内容']);
    const [, example] = csv(template);
    const filled = template.replace('（示例）', '');
    const read = await plan(filled);
    expect(read.problems).toEqual([]);
    expect(read.created).toHaveLength(1);
    expect(example!.cells.length).toBe(csv(template)[0]!.cells.length);
  });
});

describe('a workbook', () => {
  const read = async (rows: string, more = '') => (await readXlsx({ name: 'a.xlsx', bytes: workbook(rows, more) }))[0]!.rows;
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;

  it('keeps numbers as they are written, its rows where they are, and merged cells filled', async () => {
    const rows = `<row r="2">${cell('A2', '甲')}<c r="B2"><v>13800000000</v></c><c r="C2"><v>0.30000000000000004</v></c></row><row r="4">${cell('B4', '乙')}</row>`;
    expect(await read(rows, '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>')).toEqual([
      { row: 1, cells: ['', '', ''] },
      { row: 2, cells: ['甲', '13800000000', '0.3'] },
      { row: 3, cells: ['甲', '', ''] },
      { row: 4, cells: ['甲', '乙', ''] },
    ]);
  });

  it('is refused with its place when a cell cannot be read', async () => {
    await expect(read('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')).rejects.toMatchObject({
      code: 'IMPORT_DAMAGED',
      message: expect.stringContaining('第 1 行第 1 列'),
    });
  });
});
