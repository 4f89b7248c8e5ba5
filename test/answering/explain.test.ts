import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import type { Corpus } from '../../src/answering/corpus.ts';
import { explainQuestion } from '../../src/answering/explain.ts';
import { CONFIDENCE_WEIGHTS } from '../../src/answering/weights.ts';
import { explainResponse } from '../../src/channels/web/schemas.ts';
import { readQuestions } from '../../src/evaluation/question-set.ts';
import { realLibrary } from '../support/corpus.ts';
import { FAIR_POLICY, PERMIT_GUIDE, stateOn } from '../support/records.ts';

const QUESTIONS = readQuestions('knowledge/questions.jsonl').map(({ q }) => q);

let corpus: Corpus;

beforeAll(async () => {
  ({ corpus } = await realLibrary());
});

describe('an explanation', () => {
  it('comes to what was answered, by sums that add up', () => {
    for (const question of [...QUESTIONS, '你好', '谢谢', '有哪些人才政策', '转人工', '', '公积金怎么提取', '2031年的招商目标']) {
      const explanation = explainQuestion(question, null, corpus);
      const reaction = answerQuestion(question, null, corpus);
      expect(explanation.outcome).toBe('answer' in reaction ? reaction.answer.outcome : 'notice');
      expect(explanation.intent).toBe(reaction.intent);
      expect(explanation.why.length).toBeGreaterThan(5);
      for (const { score, features } of explanation.candidates) {
        expect(features.reduce((sum, { adds }) => sum + adds, 0)).toBeCloseTo(score, 9);
      }
      if (!('answer' in reaction) || !('confidence' in reaction.answer)) continue;
      expect(explanation.confidence).toBe(reaction.answer.confidence);
      const sum = explanation.signals.reduce((total, { adds }) => total + adds, CONFIDENCE_WEIGHTS.bias);
      // The parts of a question about two things are judged by themselves too.
      expect(explanation.confidence).toBeGreaterThanOrEqual(1 / (1 + Math.exp(-sum)) - 1e-9);
      if (reaction.answer.outcome !== 'answered') continue;
      const [first] = explanation.candidates;
      const [citation] = reaction.answer.citations;
      expect(first!.section).toMatchObject({ documentId: citation!.documentId, section: citation!.section });
      for (const { text, isQuoted } of first!.sentences) if (isQuoted) expect(citation!.quote).toContain(text);
    }
  });

  it('tells corrections, expansions, and words the library does not know', () => {
    expect(explainQuestion('融姿白名单怎么申请', null, corpus).understanding.corrections).not.toEqual([]);
    const colloquial = explainQuestion('老板拖欠工资怎么办', null, corpus);
    expect(colloquial.expansions.some(({ official }) => official.length > 0)).toBe(true);
    expect(colloquial.candidates[0]!.matches.length).toBeGreaterThan(0);
    const unknown = explainQuestion('公积金怎么提取', null, corpus);
    expect(unknown.keyTerms).toContainEqual(expect.objectContaining({ term: '公积金', isKnown: false }));
    expect(unknown.why).toContain('“公积金”');
  });

  it('has the shape the HTTP API promises', () => {
    for (const question of ['融资白名单怎么申请', 'rongzi', '你好']) {
      const explanation = explainQuestion(question, null, corpus);
      expect(explainResponse.parse(explanation)).toEqual(explanation);
    }
  });
});

describe('the explanation of a question about a service', () => {
  it('says that a guide was named', () => {
    const explanation = explainQuestion('施工许可证需要什么材料', null, stateOn('2026-11-23', [PERMIT_GUIDE, FAIR_POLICY]));
    expect(explanation).toMatchObject({ outcome: 'answered', confidence: 0.9, why: '问的是一份办事指南里的内容，因此直接给出那一项。' });
    expect(explanation.candidates[0]!.section).toEqual({
      kind: 'procedure',
      documentId: 'guide-permit',
      section: 2,
      title: '建筑工程施工许可证核发 · 申请材料',
    });
  });
});
