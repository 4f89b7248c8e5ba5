import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import { explainQuestion } from '../../src/answering/explain.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { smallKnowledge } from '../support/corpus.ts';
import { recordOf, stateOn } from '../support/records.ts';

/** Words of everyday speech that have nothing in common with the texts. */
const SHUTTLE = recordOf(
  `
id: shuttle-faq
kind: faq
title: 园区接驳车几点发车？
category: livelihood
questions: [下班咋回家, 没车咋上班]
`,
  '每天七点至十九点，每半小时一班。',
);
const CRECHE = recordOf(
  `
id: creche-faq
kind: faq
title: 托育中心收多大的孩子？
category: livelihood
questions: [娃娃没人带, 下班晚了谁带娃]
`,
  '收一岁半至三岁的孩子。',
);
const OVERTIME = recordOf(
  `
id: overtime-faq
kind: faq
title: 加班到很晚可以住在园区吗？
category: livelihood
questions: [没车咋上班]
`,
  '园区旅社为加班职工留有床位。',
);
const { records, ...language } = smallKnowledge();
const state = stateOn('2026-11-23', [...records, SHUTTLE, CRECHE, OVERTIME], language);

function ask(question: string): Answer {
  const reaction = answerQuestion(question, null, state);
  if (!('answer' in reaction)) throw new Error(`Expected an answer to ${question}, got ${reaction.intent}`);
  return reaction.answer;
}

describe('a question the library lists', () => {
  it.each(['下班咋回家', '请问下班咋回家呀？？谢谢！', '下班，咋回家呢', '娃娃沒人帶', '在吗？下班咋回家'])(
    'is answered outright: %s',
    (question) => {
      const documentId = question.includes('下班') ? 'shuttle-faq' : 'creche-faq';
      expect(ask(question)).toMatchObject({ outcome: 'answered', citations: [{ documentId }] });
    },
  );

  it('is so by the title of an FAQ, and by questions added to others', () => {
    expect(ask('托育中心收多大的孩子')).toMatchObject({ outcome: 'answered', citations: [{ documentId: 'creche-faq' }] });
    expect(ask('娃娃没人带')).toMatchObject({ outcome: 'answered', citations: [{ documentId: 'creche-faq' }] });
  });

  it('is told from one that only sounds like it', () => {
    expect(ask('下班咋回学校宿舍楼').outcome).not.toBe('answered');
  });

  it('is asked back when it is listed twice', () => {
    expect(ask('没车咋上班').outcome).not.toBe('answered');
  });

  it('is explained as such', () => {
    expect(explainQuestion('下班咋回家', null, state).why).toBe('资料库里列有同样的问法，因此直接给出它的答案。');
  });
});
