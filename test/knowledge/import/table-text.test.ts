import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableSentences } from '../../../src/knowledge/import/table-text.ts';
import { sentenceSpans } from '../../../src/text/sentences.ts';

describe('a table as sentences', () => {
  it('says the header with every cell, so that a row makes sense alone', () => {
    expect(
      tableSentences([
        ['序号', '奖项', '标准', '备注'],
        ['1', '升规', '10万元', '/'],
        ['2', '研发', '5%', '当年兑现'],
      ]),
    ).toEqual(['奖项：升规，标准：10万元。', '奖项：研发，标准：5%，备注：当年兑现。']);
  });

  it('joins two rows of header, and takes merged rows for captions', () => {
    expect(
      tableSentences([
        ['奖励标准表', '奖励标准表', '奖励标准表'],
        ['对象', '金额', '金额'],
        ['对象', '首次', '再次'],
        ['一、工业', '一、工业', '一、工业'],
        ['规上企业', '10万元', '5万元'],
      ]),
    ).toEqual(['奖励标准表', '一、工业', '对象：规上企业，金额（首次）：10万元，金额（再次）：5万元。']);
  });

  it('gives each sentence of a long cell its subject', () => {
    expect(
      tableSentences([
        ['奖项', '对象', '标准', '部门'],
        ['升规', '工业企业', '首次10万元；再次5万元。', '经发局'],
      ]),
    ).toEqual([
      '奖项：升规，对象：工业企业，部门：经发局。',
      '奖项：升规，对象：工业企业，标准：首次10万元；',
      '奖项：升规，对象：工业企业，标准：再次5万元。',
    ]);
  });

  it('reads a form by its labels', () => {
    expect(
      tableSentences([
        ['事项名称', '企业登记', '办理时限', '1天'],
        ['申请材料', '1.申请书\n2.章程', '收费标准', '不收费'],
      ]),
    ).toEqual(['事项名称：企业登记。', '办理时限：1天。', '申请材料：1.申请书。', '2.章程。', '收费标准：不收费。']);
  });

  it('loses no cell, and makes one quotable sentence of every line, whatever the cells', () => {
    const cell = fc.stringMatching(/^[甲乙丙丁1-9]{1,4}(；[甲乙丙丁]{1,3})?。?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const lines = tableSentences([['名目', '额度', '去处'], ...rows]);
        for (const row of rows)
          for (const value of row) for (const piece of value.split(/[；。]/)) expect(lines.join('\n')).toContain(piece);
        for (const line of lines) expect(sentenceSpans(line)).toHaveLength(1);
      }),
      { seed: 3 },
    );
  });
});
