import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenNumber } from '../../src/conversations/choice.ts';
import { countInMemory, createRateLimiter } from '../../src/conversations/rate-limit.ts';
import { anyText } from '../support/any-text.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('chosenNumber', () => {
  const offered = ['一号', '二号', '三号'];

  it.each([
    ['2', '二号'],
    [' 2. ', '二号'],
    ['２', '二号'],
    ['2、', '二号'],
    ['二', '二号'],
    ['第二个', '二号'],
    ['第3项', '三号'],
    ['选1', '一号'],
    ['我选三', '三号'],
    ['选第二个', '二号'],
  ])('%j picks %s', (text, expected) => {
    expect(chosenNumber(text, offered)).toBe(expected);
  });

  it.each(['', '0', '4', '第九个', '2024', '2个企业', '融资', '一百', '-1', '1 2'])('%j picks nothing', (text) => {
    expect(chosenNumber(text, offered)).toBeNull();
  });

  it('picks nothing when nothing was offered', () => {
    expect(chosenNumber('1', [])).toBeNull();
  });

  it('counts in Chinese as far as twelve', () => {
    const twelve = Array.from({ length: 12 }, (_, at) => at + 1);
    expect(['九', '十', '十一', '十二'].map((text) => chosenNumber(text, twelve))).toEqual([9, 10, 11, 12]);
  });

  it('picks an offered thing or nothing, whatever is written', () => {
    fc.assert(
      fc.property(anyText(8), (text) => {
        expect([...offered, null]).toContain(chosenNumber(text, offered));
      }),
    );
  });
});

describe('the rate limiter', () => {
  const limits = { windowMs: 60_000, perPerson: 2, perChat: 3 };

  it('answers up to the limit, says so once, then keeps quiet until the window has passed', async () => {
    const limiter = createRateLimiter(countInMemory(), limits);
    const verdicts = [0, 1, 2, 3, 59_999, 60_000].map((nowMs) => limiter.check('p', 'c', nowMs));
    expect(await Promise.all(verdicts)).toEqual(['answer', 'answer', 'notice', 'silence', 'silence', 'answer']);
  });

  it('counts a whole chat as well as each person in it', async () => {
    const limiter = createRateLimiter(countInMemory(), limits);
    expect(await Promise.all(['p', 'q', 'r', 's', 't'].map((person) => limiter.check(person, 'c', 0)))).toEqual([
      'answer',
      'answer',
      'answer',
      'notice',
      'silence',
    ]);
    expect(await limiter.check('u', 'another chat', 0)).toBe('answer');
  });
});
