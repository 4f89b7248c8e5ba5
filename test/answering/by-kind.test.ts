import { describe, expect, it } from 'vitest';
import { answerQuestion, type Context, createAnswerer } from '../../src/answering/answerer.ts';
import { factsOf } from '../../src/answering/by-kind.ts';
import { composeAnswer, composeBrowse } from '../../src/answering/compose.ts';
import type { AnsweringState } from '../../src/answering/state.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { GUIDE_ASPECTS } from '../../src/domain/guide.ts';
import { renderText } from '../../src/domain/render.ts';
import { smallKnowledge } from '../support/corpus.ts';
import { CONCIERGE_GUIDE, FAIR_POLICY, PENSION_GUIDE, PERMIT_GUIDE, recordOf, stateOn } from '../support/records.ts';

type Answered = Extract<Answer, { outcome: 'answered' }>;

const TODAY = '2026-11-23';
const { records: small, ...language } = smallKnowledge();
const guides = stateOn(TODAY, [...small, CONCIERGE_GUIDE, PERMIT_GUIDE, PENSION_GUIDE, FAIR_POLICY], language);

function ask(question: string, state: AnsweringState = guides, context: Context | null = null): Answer {
  const reaction = answerQuestion(question, context, state);
  if (!('answer' in reaction)) throw new Error(`Expected an answer to ${question}, got ${reaction.intent}`);
  return reaction.answer;
}

function answered(question: string, state?: AnsweringState, context?: Context): Answered {
  const answer = ask(question, state, context);
  if (answer.outcome !== 'answered') throw new Error(`Expected an answer to ${question}, got ${answer.outcome}`);
  return answer;
}
/** Sections that an answer quotes, or shows as the nearest. */
function shown(question: string, state: AnsweringState): string[] {
  const answer = ask(question, state);
  return (answer.outcome === 'answered' ? answer.citations : answer.outcome === 'clarify' ? answer.nearest : []).map(idOf);
}
const idOf = ({ documentId, section }: { documentId: string; section: number }) => `${documentId}#${section}`;

describe('a question about a service', () => {
  const ASKED: Readonly<Record<number, readonly string[]>> = {
    1: ['需要什么条件', '谁可以申请', '申请条件'],
    2: ['需要什么材料', '要带哪些资料', '准备些什么', '材料清单'],
    3: ['怎么办理', '办理流程是什么', '如何申请'],
    4: ['多久能办好', '几个工作日', '收费吗'],
    5: ['电话是多少', '在哪里办', '去哪个窗口', '办公时间', '材料交到哪里'],
  };
  const NAMED = { 'guide-concierge': '帮代办', 'guide-permit': '施工许可证', 'guide-subsidy': '灵活就业补贴' };
  const cases = Object.entries(NAMED).flatMap(([id, name]) =>
    Object.entries(ASKED).flatMap(([tab, questions]) => questions.map((question) => [`${name}${question}`, `${id}#${tab}`] as const)),
  );

  it.each(cases)('%s is answered by %s', (question, id) => {
    expect(answered(question).citations.map(idOf)).toEqual([id]);
  });

  it('for its price is answered by the fee, unless it is money that is granted', () => {
    expect(answered('施工许可证要多少钱').citations.map(idOf)).toEqual(['guide-permit#4']);
    expect(ask('灵活就业补贴有多少钱').outcome).not.toBe('answered');
  });

  it('for two things is answered by two tabs', () => {
    expect(answered('施工许可证需要什么材料，多久能办好？').citations.map(idOf)).toEqual(['guide-permit#2', 'guide-permit#4']);
  });

  it('that no guide answers is not answered by another one, nor by another tab', () => {
    for (const question of ['护照需要什么材料', '施工许可证的设定依据', '需要什么材料', '火锅店转让要多少钱']) {
      expect(ask(question).outcome).not.toBe('answered');
    }
  });

  it('that names two guides equally well is not answered by either outright', () => {
    const twins = ['a', 'b'].map((id) => ({
      ...PERMIT_GUIDE,
      id,
      sections: PERMIT_GUIDE.sections.map((section) => ({ ...section, documentId: id, id: `${id}#${section.number}` })),
    }));
    const answer = ask('施工许可证需要什么材料', stateOn(TODAY, [...small, ...twins], language));
    expect(answer.outcome).not.toBe('answered');
  });

  it('goes on with the guide spoken of before', () => {
    const context = { question: '施工许可证需要什么材料', sections: ['guide-permit#2'] };
    for (const [question, tab] of [
      ['那电话呢', 5],
      ['多久能办好', 4],
      ['收费吗', 4],
    ] as const) {
      expect(answered(question, guides, context).citations.map(idOf)).toEqual([`guide-permit#${tab}`]);
    }
    expect(answered('帮代办的电话', guides, context).citations.map(idOf)).toEqual(['guide-concierge#5']);
  });

  it('is shown the whole of what it asks for', () => {
    const section = PERMIT_GUIDE.sections.find(({ number }) => number === 2)!;
    expect(answered('施工许可证需要什么材料').citations[0]!.quote).toBe(section.text);
  });

  it('that a guide answers as a frequent one is shown question and answer', () => {
    expect(answered('帮代办可以代替本人签字吗').citations[0]).toMatchObject({
      section: 7,
      quote: expect.stringContaining('答：不可以，签字须由本人完成') as string,
    });
  });
});

describe('the card of a guide', () => {
  const answer = answered('帮代办需要什么材料');
  const message = composeAnswer(answer, 't');

  it('has a tab for each thing it states, the one shown marked', () => {
    expect(answer.aspects).toEqual(
      GUIDE_ASPECTS.map(({ number, tab }) => ({ documentId: 'guide-concierge', section: number, title: tab })),
    );
    const tabs = message.buttons.slice(0, 2);
    expect(tabs.map((row) => row.length)).toEqual([4, 3]);
    expect(tabs.flat().filter(({ isCurrent }) => isCurrent)).toEqual([
      { label: '材料', isCurrent: true, action: { kind: 'choose', documentId: 'guide-concierge', section: 2 } },
    ]);
  });

  it('has no tab for what it does not state', () => {
    expect(answered('施工许可证收费吗').aspects.map(({ title }) => title)).toEqual(['条件', '材料', '流程', '时限与费用', '窗口与电话']);
  });

  it('is headed by the guide, cites no section number, and says as of when', () => {
    expect(message.title).toBe('企业开办帮代办 · 申请材料');
    expect(renderText(message)).toContain('出处：《企业开办帮代办》「申请材料」 · 截至2026-11-01');
    expect(renderText(message)).not.toMatch(/第\d+节/);
  });

  it('opens another tab when it is chosen', () => {
    const other = createAnswerer(() => guides).fromSection('guide-concierge', 5, null) as Answered;
    expect(other.citations[0]!.quote).toContain('咨询电话：0595-11110001');
    const tabs = composeAnswer(other, 't').buttons.slice(0, 2).flat();
    expect(tabs.filter(({ isCurrent }) => isCurrent).map(({ label }) => label)).toEqual(['窗口与电话']);
  });

  it('stands in a list once, by its name', () => {
    const list = createAnswerer(() => guides).browse('approval');
    expect(list).toMatchObject({ sections: [{ documentId: 'guide-concierge' }, { documentId: 'guide-permit' }] });
    expect(renderText(composeBrowse(list as Extract<Answer, { outcome: 'browse' }>))).toContain(
      '共有 2 项内容，回复数字或点按钮查看：\n\n1. 企业开办帮代办\n2. 建筑工程施工许可证核发',
    );
  });
});

describe('what a policy grants', () => {
  it('is told in lines, only as far as it is stated', () => {
    expect(factsOf(FAIR_POLICY, '2026-05-01')).toEqual([
      { label: '扶持标准', value: '按展位费的50%补助' },
      { label: '扶持金额', value: '每家最高10万元' },
      { label: '资金上限', value: '全镇每年300万元' },
      { label: '申报时间', value: '2026-03-01 至 2026-10-31' },
      { label: '兑现方式', value: '即申即享' },
      { label: '受理部门', value: '小镇商务局' },
      { label: '咨询电话', value: '0595-22220001' },
      { label: '文号', value: '镇商〔2026〕8号' },
      { label: '施行日期', value: '2026-02-01' },
    ]);
    expect(factsOf(small[0]!, TODAY)).toEqual([]);
    expect(factsOf(CONCIERGE_GUIDE, TODAY)).toEqual([]);
  });

  it.each([
    ['2026-02-28', '2026-03-01 至 2026-10-31（尚未开始）'],
    ['2026-03-01', '2026-03-01 至 2026-10-31'],
    ['2026-10-31', '2026-03-01 至 2026-10-31'],
    ['2026-11-01', '2026-03-01 至 2026-10-31（已截止）'],
  ])('says on %s whether one may still apply', (today, time) => {
    expect(factsOf(FAIR_POLICY, today)).toContainEqual({ label: '申报时间', value: time });
  });

  it('stands below the source, which names page, number and dates', () => {
    const answer = createAnswerer(() => guides).fromSection('fair-2026', 1, '展位费补助多少') as Answered;
    const { blocks } = composeAnswer(answer, 't');
    expect(blocks.slice(0, 3).map(({ kind }) => kind)).toEqual(['quote', 'source', 'facts']);
    expect(renderText(composeAnswer(answer, 't'))).toContain(
      '出处：《小镇支持企业参展若干措施（2026年）》第1节「展位费补助」 · 第2页 · 小镇商务局 · 镇商〔2026〕8号 · 2026-01-10 · 2026-02-01起施行\n\n扶持标准：按展位费的50%补助\n',
    );
  });

  it('is not said twice when the facts themselves are quoted', () => {
    const answer = createAnswerer(() => guides).fromSection('fair-2026', 9000, '咨询电话') as Answered;
    const { quote } = answer.citations[0]!;
    for (const { value } of answer.facts) expect(quote).not.toContain(value);
    expect(composeAnswer(answer, 't').title).toBe('小镇支持企业参展若干措施（2026年） · 政策要点');
  });
});

describe('a question and answer', () => {
  const faq = (fields: string) =>
    recordOf(
      `id: faq-parking\nkind: faq\ntitle: 园区员工停车怎么收费\ncategory: livelihood\n${fields}`,
      '员工停车每月五十元。凭工牌到物业登记。',
    );
  const stated = faq('source: 小镇物业服务指引\nverifiedOn: 2026-10-01');
  const state = stateOn(TODAY, [...small, stated], language);

  it('is quoted whole, with what it was taken from', () => {
    const answer = answered('园区员工停车怎么收费', state);
    expect(answer.citations[0]!.quote).toBe('员工停车每月五十元。凭工牌到物业登记。');
    expect(renderText(composeAnswer(answer, 't'))).toContain(
      '出处：问答「园区员工停车怎么收费」 · 来源：小镇物业服务指引 · 截至2026-10-01',
    );
    expect(answer.aspects).toEqual([]);
  });

  it('is not the answer to a question it is said not to answer', () => {
    const negative = faq('negativeQuestions: [园区访客停车怎么收费, 货车停车怎么收费]');
    const careful = stateOn(TODAY, [...small, negative], language);
    expect(shown('园区访客停车怎么收费', state)).toEqual(['faq-parking#1']);
    expect(JSON.stringify(ask('园区访客停车怎么收费', careful))).not.toContain('faq-parking');
    expect(answered('园区员工停车怎么收费', careful).citations[0]).toMatchObject({ documentId: 'faq-parking' });
  });
});

describe('a record that restates a section', () => {
  const restating = recordOf(
    `
id: guide-fair
kind: procedure
title: 企业参展奖励申领
category: subsidy
derivedFrom: [small-plan#2]
guide:
  conditions: [参加境内外知名展会的企业]
  materials: [{ name: 参展合同 }, { name: 展位费发票 }]
  promisedTime: 10个工作日
`,
  );
  const faq = recordOf(
    'id: faq-fair\nkind: faq\ntitle: 参展有补贴吗\ncategory: subsidy\nderivedFrom: [small-plan#2]',
    '有。参展奖励每家5万元。',
  );
  const state = stateOn(TODAY, [...small, restating, faq], language);
  const plain = stateOn(TODAY, small, language);

  it('leaves the answer to the section', () => {
    for (const question of ['参展有补贴吗', '参展奖励多少钱', '提升外贸外资有哪些参展政策']) {
      expect(shown(question, state)).toEqual(['small-plan#2']);
      expect(shown(question, plain)).toEqual(['small-plan#2']);
    }
  });

  it('is offered below it, the guide by a button of its own', () => {
    const answer = answered('参展有补贴吗', state);
    expect(answer.related.slice(0, 2)).toEqual([
      { kind: 'procedure', documentId: 'guide-fair', section: 1, title: '企业参展奖励申领' },
      { kind: 'faq', documentId: 'faq-fair', section: 1, title: '参展有补贴吗' },
    ]);
    expect(composeAnswer(answer, 't').buttons[0]).toEqual([
      { label: '办事指南：企业参展奖励申领', action: { kind: 'choose', documentId: 'guide-fair', section: 1 } },
    ]);
  });

  it('is shown when it is chosen, and points back to what it restates', () => {
    const chosen = createAnswerer(() => state).fromSection('guide-fair', 2, null) as Answered;
    expect(chosen.citations[0]!.quote).toContain('参展合同');
    expect(chosen.related).toEqual([{ documentId: 'small-plan', section: 2, title: '提升外贸外资' }]);
  });

  it('is answered from when the section is no match for it', () => {
    const alone = recordOf(
      'id: faq-hall\nkind: faq\ntitle: 展馆车位怎么预约\ncategory: subsidy\nderivedFrom: [small-plan#3]',
      '展馆车位提前三天电话预约。',
    );
    expect(shown('展馆车位怎么预约', stateOn(TODAY, [...small, alone], language))).toEqual(['faq-hall#1']);
  });
});
