import { beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/answering/corpus.ts';
import { understand } from '../../src/answering/understand.ts';
import { realLibrary } from '../support/corpus.ts';

let corpus: Corpus;
beforeAll(async () => {
  ({ corpus } = await realLibrary());
});

describe('the intent of a message', () => {
  it.each([
    ['你好', 'greeting'],
    ['您好！', 'greeting'],
    ['在吗', 'greeting'],
    ['Hello!', 'greeting'],
    ['各位老板早上好', 'greeting'],
    ['@问策 在吗？急，在线等', 'greeting'],
    ['谢谢', 'thanks'],
    ['好的，谢谢您', 'thanks'],
    ['谢谢你啊', 'thanks'],
    ['Thank you!', 'thanks'],
    ['thank you very much', 'thanks'],
    ['收到', 'thanks'],
    ['帮助', 'help'],
    ['你是谁？', 'help'],
    ['你能做什么', 'help'],
    ['怎么用', 'help'],
    ['转人工', 'hand-off'],
    ['我要找人工客服', 'hand-off'],
    ['人工', 'hand-off'],
    ['找个工作人员帮我', 'hand-off'],
    ['', 'empty'],
    ['？？？', 'empty'],
    ['🙂', 'empty'],
    ['\u0000\ud800', 'empty'],
    ['有哪些人才政策', 'browse'],
    ['都有哪些政策', 'browse'],
    ['补贴政策汇总', 'browse'],
    ['融资白名单怎么进', 'question'],
    ['谢谢你们出台融资政策，怎么申请', 'question'],
    ['人工智能怎么用到生产上', 'question'],
    ['有没有补贴帮企业减少人工', 'question'],
    ['人才公寓有哪些申请条件', 'question'],
  ])('%j is %s', (text, intent) => {
    expect(understand(text, corpus).intent).toBe(intent);
  });
});

describe('chat noise', () => {
  it.each([
    '你好，我想问一下融资白名单怎么进',
    '@问策 老师好 请问融资白名单怎么进 谢谢',
    '各位老板好！在吗？融资白名单怎么进，急，在线等',
    '有没有人知道融资白名单怎么进',
    '领导让我来问一下：融资白名单怎么进',
  ])('is not searched for: %s', (text) => {
    const { text: searched } = understand(text, corpus);
    expect(searched.replaceAll(/[^\p{L}]/gu, '')).toBe('融资白名单怎么进');
  });

  it('stays when there is nothing else to search', () => {
    expect(understand('请问老板', corpus).text).not.toBe('');
  });
});

describe('what was read differently', () => {
  it('is told place by place', () => {
    const { corrections, readAs } = understand('融姿白名单怎么进', corpus);
    expect(readAs).toBeNull();
    expect(corrections).toHaveLength(1);
    expect(corrections[0]!.from).toContain('姿');
    expect(corrections[0]!.to).toContain('资');
  });

  it('is told as a whole when letters were read', () => {
    expect(understand('kuayutongban shi shenme', corpus)).toMatchObject({
      readAs: expect.stringContaining('跨域通办') as string,
      corrections: [],
    });
  });

  it('is nothing for words the library has, in letters too', () => {
    for (const text of ['跨域通办是什么', 'RCEP', 'IPO怎么申报']) expect(understand(text, corpus)).toMatchObject({ corrections: [] });
    expect(understand('RCEP规则', corpus).text).toContain('rcep');
  });
});

describe('what is asked for', () => {
  it.each([
    ['总投资多少', { number: true }],
    ['高企有几家', { number: true }],
    ['医院什么时候建好', { time: true }],
    ['哪些企业参加', { name: true }],
    ['怎么申请补贴', { how: true }],
    ['工业设计联盟', { number: false, time: false, name: false, how: false }],
  ])('%s: %j', (text, asks) => {
    expect(understand(text, corpus).asks).toMatchObject(asks);
  });

  it.each([
    ['那上市呢？', true],
    ['其中第一期什么时候完工', true],
    ['上市呢', true],
    ['融资白名单怎么进', false],
  ])('%s leans on what was said before: %s', (text, isFollowUp) => {
    expect(understand(text, corpus).isFollowUp).toBe(isFollowUp);
  });
});
