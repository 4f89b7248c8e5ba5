import { describe, expect, it } from 'vitest';
import { insists } from '../../src/hand-off/additions.ts';
import { asksTheSame } from '../../src/hand-off/similar.ts';
import { questionBeside } from '../../src/conversations/handing-over.ts';
import { turnOf } from '../support/turns.ts';

describe('asking the same again', () => {
  it.each([
    ['博士补贴什么时候到账？', '请问博士补贴什么时候到账'],
    ['博士补贴什么时候到账', '博士補貼什麼時候到帳呀'],
    ['公积金怎么提取', '公积金怎么提取啊？'],
  ])('%s ~ %s', (one, other) => expect(asksTheSame(one, other)).toBe(true));

  it.each([
    ['博士补贴什么时候到账', '融资白名单怎么进'],
    ['公积金怎么提取', '社保怎么提取'],
    ['', ''],
  ])('%s ≠ %s', (one, other) => expect(asksTheSame(one, other)).toBe(false));

  it('insists after a refusal, not after an answer', () => {
    const refused = turnOf({
      question: '公积金怎么提取',
      answer: { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0 },
    });
    expect(insists('公积金怎么提取？', refused)).toBe(true);
    expect(insists('都不是', refused)).toBe(true);
    expect(insists('融资白名单怎么进', refused)).toBe(false);
    expect(insists('都不是', turnOf())).toBe(false);
  });
});

describe('the question beside a wish for a person', () => {
  it.each([
    ['转人工，我的补贴怎么还没到账', '我的补贴怎么还没到账'],
    ['请帮我转人工客服：厂房租金能减免吗？', '厂房租金能减免吗？'],
    ['转人工', null],
    ['我要找工作人员', null],
    ['人工', null],
  ])('%s → %s', (text, question) => expect(questionBeside(text)).toBe(question));
});
