import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutLookAlikes } from '../../../src/knowledge/import/formats/kangxi.ts';
import { withoutFurniture } from '../../../src/knowledge/import/formats/pdf-furniture.ts';
import { type PrintLine, placedTexts, printLines } from '../../../src/knowledge/import/formats/pdf-lines.ts';
import { continues, measure } from '../../../src/knowledge/import/formats/pdf-paragraphs.ts';
import { type Operators, rulesOf } from '../../../src/knowledge/import/formats/pdf-rules.ts';
import { tableFrames } from '../../../src/knowledge/import/formats/pdf-tables.ts';
import { joinLines, withoutInnerSpaces } from '../../../src/knowledge/import/join-lines.ts';

describe('the radicals a PDF gives for ideographs', () => {
  it('are the ideographs again', () => {
    expect(withoutLookAlikes('⼀⼆⼈⼤⼯⼦⽇⽉⽅⽤⽣⾏⾯⾥⾦⻓⻋⻔⻅⻚⻛⻢⻥⻩⿊⻬⻰⿁⻘⼾㬵')).toBe(
      '一二人大工子日月方用生行面里金长车门见页风马鱼黄黑齐龙鬼青户胶',
    );
  });

  it('leave no radical and no compatibility ideograph, and change nothing else', () => {
    for (let code = 0x2f00; code <= 0x2fd5; code++) expect(withoutLookAlikes(String.fromCodePoint(code))).toMatch(/^[\u4e00-\u9fff]$/);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replaceAll(/[\u2012\u2015\u2215\u2329\u232a\u2e80-\u2fdf\u301c\uf900-\ufaff\u3b35]/g, '');
        expect(withoutLookAlikes(plain)).toBe(plain);
      }),
      { seed: 2 },
    );
    expect(withoutLookAlikes('（１）“ａ”①')).toBe('（１）“ａ”①');
    expect(withoutLookAlikes('企业―机构〜甲∕乙')).toBe('企业—机构～甲／乙');
  });
});

const line = (text: string, left: number, right: number, y: number, size = 16): PrintLine => ({ text, left, right, y, size });

describe('lines of print', () => {
  it('are put together from left to right, with spaces only where there are gaps', () => {
    const piece = (str: string, x: number, y: number, width: number, slant = 0) => ({ str, transform: [16, slant, 0, 16, x, y], width });
    const texts = placedTexts([
      piece('持企业', 96, 700, 48),
      piece('⽀', 80, 700.4, 16),
      piece(' ', 144, 700, 8),
      piece('12', 146, 700, 16),
      piece('水印', 80, 700, 32, 12),
      piece('next', 80, 680, 30),
      piece('word', 116, 680, 30),
    ]);
    expect(printLines(texts).map(({ text }) => text)).toEqual(['支持企业12', 'next word']);
  });

  it("lose the spaces that are not the author's", () => {
    expect(withoutInnerSpaces('第 1 问： 企业 ，奖励 10 万元')).toBe('第1问：企业，奖励10万元');
    expect(withoutInnerSpaces('奖 励 办 法')).toBe('奖励办法');
    expect(withoutInnerSpaces('坚持“走出去 引进来”')).toBe('坚持“走出去 引进来”');
    expect(withoutInnerSpaces('use A 4 paper')).toBe('use A 4 paper');
    expect(joinLines('申请', '材料')).toBe('申请材料');
    expect(joinLines('the', 'zone')).toBe('the zone');
  });

  const page = { left: 80, right: 520, bodySize: 16, pitch: 28 };

  it.each<[string, PrintLine, PrintLine, boolean, boolean]>([
    ['a full line goes on', line('对首次纳入规模以上', 112, 520, 700), line('统计的企业奖励', 80, 300, 672), false, true],
    ['also on the next page', line('对首次纳入规模以上', 112, 520, 90), line('统计的企业奖励', 80, 300, 750), true, true],
    ['a short line ends', line('奖励10万元。', 80, 200, 700), line('对其他企业', 80, 520, 672), false, false],
    ['an indented line begins', line('奖励10万元到此为止。', 80, 520, 700), line('其他企业', 112, 520, 672), false, false],
    ['a numbered line begins after a sentence', line('奖励10万元到此为止。', 80, 520, 700), line('（二）研发', 80, 520, 672), false, false],
    ['a wide gap ends', line('奖励10万元', 80, 520, 700), line('其他企业', 80, 520, 620), false, false],
    ['another size ends', line('题目很长很长很长', 80, 520, 700, 22), line('正文', 80, 520, 672), false, false],
    ['a signature ends with its line', line('2024年3月15日', 410, 520, 700), line('（此件公开）', 112, 240, 672), false, false],
  ])('%s', (_, previous, next, isNewPage, expected) => expect(continues(previous, next, page, isNewPage)).toBe(expected));

  it('show how the page is set', () => {
    const lines = [
      line('缩进一行', 112, 520, 700),
      line('第二行', 80, 520, 672),
      line('第三行', 80, 519, 644),
      line('末行', 80, 200, 616),
      line('大标题', 150, 400, 780, 26),
    ];
    expect(measure(lines)).toEqual({ left: 80, right: 520, bodySize: 16, pitch: 28 });
  });

  it('that come back at the edge of pages, and page numbers, are left out', () => {
    const sheet = (number: number) => ({
      height: 842,
      lines: [
        line('云港政务公开', 400, 520, 810, 9),
        line(`正文${number}`, 80, 520, 500),
        line(`第${number}节`, 80, 200, 780),
        line(`— ${number} —`, 280, 300, 30, 9),
      ],
    });
    expect(withoutFurniture([sheet(1), sheet(2), sheet(3)]).map(({ lines }) => lines.map(({ text }) => text))).toEqual([
      ['正文1'],
      ['正文2'],
      ['正文3'],
    ]);
    expect(withoutFurniture([sheet(1)])[0]!.lines.map(({ text }) => text)).toEqual(['云港政务公开', '正文1', '第1节']);
  });
});

it('what is set like the text next to it is text, however often it comes back', () => {
  const sheet = (number: number) => ({
    height: 842,
    lines: [
      line('由经济发展局会同财政局审核。', 80, 520, 810),
      line(`第${number}项`, 80, 520, 784),
      ...[758, 732].map((y) => line('奖励', 80, 520, y)),
      line(`- ${number} -`, 280, 300, 30),
    ],
  });
  const kept = withoutFurniture([sheet(1), sheet(2), sheet(3)]).map(({ lines }) => lines.map(({ text }) => text));
  expect(kept[0]).toEqual(['由经济发展局会同财政局审核。', '第1项', '奖励', '奖励']);
});

describe('ruled tables', () => {
  const ops: Operators = {
    save: 1,
    restore: 2,
    transform: 3,
    constructPath: 4,
    stroke: 5,
    closeStroke: 6,
    fillStroke: 7,
    endPath: 8,
    clip: 9,
  };
  const bar = (x: number, y: number, width: number, height: number) => [
    22,
    [[0, x, y, 1, x + width, y, 1, x + width, y + height, 1, x, y + height, 4]],
  ];
  const stroke = (x0: number, y0: number, x1: number, y1: number) => [ops.stroke, [[0, x0, y0, 1, x1, y1]]];

  it('are found from thin bars and from strokes, under any transformation', () => {
    const paths = [
      stroke(0, 0, 200, 0),
      stroke(0, 20, 200, 20),
      bar(0, 40, 200, 1),
      bar(0, 0, 1, 40),
      bar(100, 0, 1, 40),
      stroke(200, 0, 200, 40),
      bar(300, 300, 50, 50),
    ];
    const functions = [ops.save, ops.transform, ...paths.map(() => ops.constructPath), ops.restore];
    const rules = rulesOf(functions, [null, [2, 0, 0, 2, 10, 10], ...paths, null], ops);
    const [frame, ...others] = tableFrames(rules);
    expect(others).toEqual([]);
    expect(frame!.columns.map(Math.round)).toEqual([11, 211, 410]);
    expect(frame!.rows.map(Math.round)).toEqual([91, 50, 10]);
  });

  it('have merged cells where a line is missing', () => {
    const horizontal = [0, 20, 40].map((at) => ({ at, from: at === 20 ? 100 : 0, to: 200 }));
    const vertical = [0, 100, 200].map((at) => ({ at, from: 0, to: 40 }));
    const [frame] = tableFrames({ horizontal, vertical });
    expect(frame!.cellAt(0, 0)).toBe(frame!.cellAt(1, 0));
    expect(frame!.cellAt(0, 1)).not.toBe(frame!.cellAt(1, 1));
  });

  it('are not seen in underlines, boxes and lists of one column', () => {
    expect(
      tableFrames({
        horizontal: [
          { at: 10, from: 0, to: 100 },
          { at: 50, from: 0, to: 100 },
        ],
        vertical: [],
      }),
    ).toEqual([]);
    const box = {
      horizontal: [0, 20, 40].map((at) => ({ at, from: 0, to: 100 })),
      vertical: [0, 100].map((at) => ({ at, from: 0, to: 40 })),
    };
    expect(tableFrames(box)).toEqual([]);
  });
});
