import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal } from '../../src/privacy/mask.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const han = fc.stringMatching(/^[\u4e00-\u9fff，。：（）]{0,12}$/);

const mobile = fc.tuple(fc.constantFrom('3', '5', '7', '8', '9'), digits(9)).map(([second, rest]) => `1${second}${rest}`);
const idCard = fc
  .tuple(
    fc.integer({ min: 110_101, max: 650_000 }),
    fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
    digits(3),
  )
  .map(([area, born, order]) => {
    const body = `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${order}`;
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
    return `${body}${'10X98765432'[sum % 11]}`;
  });
const bankCard = fc.tuple(fc.constantFrom('62', '43', '52'), digits(16)).map(([head, rest]) => {
  const body = `${head}${rest}`;
  const sum = [...body].toReversed().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
});

describe('numbers that name a person', () => {
  it('are covered wherever they stand, and once is enough', () => {
    fc.assert(
      fc.property(han, fc.oneof(mobile, idCard, bankCard), han, (before, number, after) => {
        const masked = maskPersonal(`${before}${number}${after}`);
        expect(masked).not.toContain(number);
        expect(masked.startsWith(before) && masked.endsWith(after)).toBe(true);
        expect(masked).toContain('****');
        expect(maskPersonal(masked)).toBe(masked);
      }),
    );
  });

  it.each([
    ['我的电话13812345678', '我的电话138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['身份证11010519491231002X', '身份证1101**********002X'],
    ['卡号 6222 0213 4567 8901 234', '卡号 6222 0213 4567 8901 234'],
  ])('%s → %s', (text, masked) => expect(maskPersonal(text)).toBe(masked));

  it.each([
    '每家奖励1,000,000元，最高不超过2000000元',
    '2024年11月22日至2025年3月31日',
    '泉政办〔2024〕15号',
    '统一社会信用代码91350500MA2XN0000X',
    '政务服务便民热线12345，0595-22345678',
    '完成税收13812345678901元',
    '',
  ])('leave alone: %s', (text) => expect(maskPersonal(text)).toBe(text));
});
