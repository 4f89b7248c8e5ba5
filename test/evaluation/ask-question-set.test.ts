import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import { askQuestionSet, compareRuns, type JudgedQuestion, type QuestionRun, summaryOfRun } from '../../src/evaluation/ask-question-set.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { smallKnowledge } from '../support/corpus.ts';
import { OLD_FAIR_POLICY, stateOn } from '../support/records.ts';

const { records, ...language } = smallKnowledge();
const state = stateOn('2026-11-23', [...records, { ...OLD_FAIR_POLICY, expiresOn: '2025-12-31' }], language);
const answer = (question: string): Answer | null => {
  const reaction = answerQuestion(question, null, state);
  return 'answer' in reaction ? reaction.answer : null;
};
const asked = (id: string, q: string, sections: string[], evidence: string[] = []): JudgedQuestion => ({
  id,
  kind: 'fact',
  q,
  sections,
  evidence,
});

const QUESTIONS = [
  asked('wages', '老板拖欠工资怎么办', ['small-plan#3'], ['优化欠薪治理模式']),
  asked('fair', '参展有补贴吗', ['small-plan#1'], ['每家8万元']),
  asked('coin', '比特币行情', []),
  asked('old', '镇商〔2024〕3号', []),
  asked('hello', '你好', []),
];

describe('a question set asked', () => {
  it('tells of each question what became of it', async () => {
    const runs = await askQuestionSet(QUESTIONS, answer);
    expect(runs.map(({ id, outcome, isRight, hasEvidence }) => [id, outcome, isRight, hasEvidence])).toEqual([
      ['wages', 'answered', true, true],
      ['fair', 'answered', false, false],
      ['coin', 'refused', true, null],
      ['old', 'lapsed', true, null],
      ['hello', 'notice', true, null],
    ]);
    expect(runs[0]).toMatchObject({
      kind: 'fact',
      question: '老板拖欠工资怎么办',
      source: '《小镇年度计划》第3节「优化就业环境」',
      quote: expect.stringContaining('欠薪') as string,
      isAmongThree: true,
      confidence: expect.any(Number) as number,
    });
    expect(runs[2]).toMatchObject({ source: null, quote: null, isAmongThree: null });
  });

  it('is summed up over those that tell', async () => {
    expect(summaryOfRun(await askQuestionSet(QUESTIONS, answer), QUESTIONS)).toEqual({
      asked: 5,
      answered: 2,
      clarified: 0,
      refused: 2,
      firstRight: 0.5,
      amongThree: expect.any(Number) as number,
      evidence: 0.5,
      heldBack: 1,
    });
    expect(summaryOfRun([], [])).toMatchObject({ asked: 0, firstRight: null, amongThree: null, evidence: null, heldBack: null });
  });

  it('gives way to other work between questions, and says how far it is', async () => {
    const events: string[] = [];
    const asking = askQuestionSet(QUESTIONS.slice(0, 3), answer, { onProgress: (done, total) => void events.push(`${done}/${total}`) });
    const other = (async () => {
      for (let turn = 0; turn < 3; turn++) {
        await new Promise((resolve) => setImmediate(resolve));
        events.push('other');
      }
    })();
    await Promise.all([asking, other]);
    expect(events.filter((event) => event !== 'other')).toEqual(['1/3', '2/3', '3/3']);
    expect(events.indexOf('other')).toBeLessThan(events.indexOf('3/3'));
  });

  it('stops when it is told to', async () => {
    const stopping = new AbortController();
    const asking = askQuestionSet(QUESTIONS, answer, { signal: stopping.signal, onProgress: () => stopping.abort(new Error('enough')) });
    await expect(asking).rejects.toThrow('enough');
  });
});

describe('two runs compared', () => {
  const run = (id: string, fields: Partial<QuestionRun> = {}): QuestionRun => ({
    id,
    kind: 'fact',
    question: `问${id}`,
    outcome: 'answered',
    source: '《计划》第1节',
    quote: '原文。',
    isRight: true,
    isAmongThree: true,
    hasEvidence: null,
    confidence: 0.9,
    ...fields,
  });

  it('name the answers that are others now, with what they were', () => {
    const before = [run('same'), run('quote'), run('lost'), run('gone')];
    const after = [
      run('same', { confidence: 0.8 }),
      run('quote', { quote: '新原文。', isRight: true }),
      run('lost', { outcome: 'refused', source: null, quote: null, isRight: false }),
      run('new'),
    ];
    expect(compareRuns(before, after)).toEqual([
      {
        id: 'quote',
        question: '问quote',
        before: { outcome: 'answered', source: '《计划》第1节', quote: '原文。' },
        after: { outcome: 'answered', source: '《计划》第1节', quote: '新原文。' },
        wasRight: true,
        isRight: true,
      },
      {
        id: 'lost',
        question: '问lost',
        before: { outcome: 'answered', source: '《计划》第1节', quote: '原文。' },
        after: { outcome: 'refused', source: null, quote: null },
        wasRight: true,
        isRight: false,
      },
    ]);
  });
});
