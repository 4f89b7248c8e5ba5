import { describe, expect, it } from 'vitest';
import { answerQuestion, createAnswerer } from '../../src/answering/answerer.ts';
import { composeLapsed } from '../../src/answering/compose-lapsed.ts';
import { explainQuestion } from '../../src/answering/explain.ts';
import type { AnsweringState } from '../../src/answering/state.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { renderText } from '../../src/domain/render.ts';
import { smallKnowledge } from '../support/corpus.ts';
import { CONCIERGE_GUIDE, FAIR_POLICY, OLD_FAIR_POLICY, recordOf, stateOn } from '../support/records.ts';

type Lapsed = Extract<Answer, { outcome: 'lapsed' }>;

const LEASE = recordOf(
  `
id: lease-2025
kind: policy
title: 小镇标准厂房租金减免办法
documentNumber: 镇发〔2025〕7号
year: 2025
effectiveOn: 2025-01-01
expiresOn: 2025-12-31
category: development
`,
  '### 1. 减免标准\n\n入驻标准厂房的企业减免三个月租金。',
);
const UPCOMING = recordOf(
  `
id: power-2027
kind: policy
title: 小镇绿色电力交易补贴办法
effectiveOn: 2027-01-01
category: subsidy
`,
  '### 1. 补贴标准\n\n企业购买绿色电力，每千瓦时补贴两分钱。',
);
const { records: small, ...language } = smallKnowledge();
const library = [...small, CONCIERGE_GUIDE, FAIR_POLICY, OLD_FAIR_POLICY, LEASE, UPCOMING];
const state = stateOn('2026-11-23', library, language);

function ask(question: string, from: AnsweringState = state): Answer {
  const reaction = answerQuestion(question, null, from);
  if (!('answer' in reaction)) throw new Error(`Expected an answer to ${question}, got ${reaction.intent}`);
  return reaction.answer;
}
const saying = (answer: Answer): string => renderText(composeLapsed(answer as Lapsed, 't1'));

describe('a text that is not in force', () => {
  it.each([
    ['its title', '小镇标准厂房租金减免办法怎么申请'],
    ['its title in brackets', '《小镇标准厂房租金减免办法》还有效吗'],
    ['its title without the place', '标准厂房租金减免办法还能用吗'],
    ['its number', '镇发〔2025〕7号'],
    ['its number in other brackets', '镇发[2025] 7 号规定了什么'],
  ])('asked for by %s is said to have lapsed', (_, question) => {
    const answer = ask(question);
    expect(answer).toMatchObject({
      outcome: 'lapsed',
      document: { documentId: 'lease-2025', status: 'expired', on: '2025-12-31', section: { section: 1 } },
      successor: null,
    });
    expect(saying(answer)).toContain('《小镇标准厂房租金减免办法》（镇发〔2025〕7号）已于2025-12-31失效');
    expect(saying(answer)).not.toContain('三个月');
  });

  it('is named when the texts in force have no answer and it would have had one', () => {
    expect(ask('入驻标准厂房的企业减免三个月租金')).toMatchObject({ outcome: 'lapsed', document: { documentId: 'lease-2025' } });
  });

  it('does not stand in the way of what is in force', () => {
    expect(ask('老板拖欠工资怎么办')).toMatchObject({ outcome: 'answered', citations: [{ documentId: 'small-plan' }] });
  });

  it('is not what a question is about that it could not have answered either', () => {
    for (const question of ['比特币行情', '护照怎么办', '今天天气怎么样']) expect(ask(question).outcome).not.toBe('lapsed');
  });

  it('is said to come into force later when it will', () => {
    const answer = ask('绿色电力交易补贴办法什么时候实行');
    expect(answer).toMatchObject({ outcome: 'lapsed', document: { status: 'upcoming', on: '2027-01-01' }, successor: null });
    expect(saying(answer)).toContain('将自2027-01-01起施行，目前尚未生效');
    expect(composeLapsed(answer as Lapsed, 't1').buttons.flat()[0]).toMatchObject({ label: '查看全文（未生效）' });
  });

  it('answers on its first day, and on its last', () => {
    expect(ask('购买绿色电力补贴多少', stateOn('2027-01-01', library, language))).not.toMatchObject({ outcome: 'lapsed' });
    expect(ask('小镇标准厂房租金减免办法', stateOn('2025-12-31', library, language))).not.toMatchObject({ outcome: 'lapsed' });
    expect(ask('小镇标准厂房租金减免办法', stateOn('2026-01-01', library, language))).toMatchObject({ outcome: 'lapsed' });
  });
});

describe('a text with a successor', () => {
  const answer = ask('镇商〔2024〕3号的展位费补助是多少');

  it('is answered with what took its place, and where that speaks of the matter', () => {
    expect(answer).toMatchObject({
      outcome: 'lapsed',
      document: { documentId: 'fair-2024', status: 'superseded', on: '2026-02-01' },
      successor: { title: '小镇支持企业参展若干措施（2026年）', documentNumber: '镇商〔2026〕8号' },
    });
    expect((answer as Lapsed).successor!.sections).toContainEqual({ documentId: 'fair-2026', section: 1, title: '展位费补助' });
    expect(saying(answer)).toContain(
      '（镇商〔2024〕3号）已于2026-02-01被替代，现行为《小镇支持企业参展若干措施（2026年）》（镇商〔2026〕8号）。',
    );
    expect(saying(answer)).not.toMatch(/30%|5万元/);
  });

  it('offers the sections in force by button and number, and the old text marked as such', () => {
    const buttons = composeLapsed(answer as Lapsed, 't1').buttons.flat();
    const { sections } = (answer as Lapsed).successor!;
    expect(buttons.slice(0, sections.length).map(({ action }) => action)).toEqual(
      sections.map(({ documentId, section }) => ({ kind: 'choose', documentId, section })),
    );
    expect(buttons.at(-2)).toMatchObject({ label: '查看原文（已失效）', action: { kind: 'full-text', documentId: 'fair-2024' } });
  });

  it('gives way to a text in force of the same name, unless its year is said', () => {
    expect(ask('小镇支持企业参展若干措施的展位费补助').outcome).not.toBe('lapsed');
    expect(ask('2024年的小镇支持企业参展若干措施')).toMatchObject({ outcome: 'lapsed', document: { documentId: 'fair-2024' } });
    expect(ask('2026年的小镇支持企业参展若干措施').outcome).not.toBe('lapsed');
  });

  it('is followed to the end of the chain', () => {
    const next = recordOf(
      'id: fair-2025\nkind: policy\ntitle: 小镇参展补助过渡规定\neffectiveOn: 2025-01-01\nsupersedes: [fair-2024]\ncategory: subsidy',
      '### 1. 展位费\n\n补助四成。',
    );
    const last = { ...FAIR_POLICY, supersedes: ['fair-2025'] };
    expect(ask('镇商〔2024〕3号', stateOn('2026-11-23', [OLD_FAIR_POLICY, next, last]))).toMatchObject({
      document: { status: 'superseded', on: '2025-01-01' },
      successor: { documentNumber: '镇商〔2026〕8号' },
    });
  });

  it('is told by name when nobody put the successor into the library', () => {
    const old = { ...OLD_FAIR_POLICY, supersededBy: '《小镇会展业促进办法》' };
    const told = ask('镇商〔2024〕3号', stateOn('2026-11-23', [...small, old], language));
    expect(saying(told)).toContain('已被替代，现行为《小镇会展业促进办法》。');
  });

  it('that is the one still in force until then, names it', () => {
    const told = ask('小镇支持企业参展若干措施（2026年）', stateOn('2026-01-15', library, language));
    expect(told).toMatchObject({ outcome: 'lapsed', document: { status: 'upcoming' }, successor: { documentNumber: '镇商〔2024〕3号' } });
  });
});

describe('an answerer over a library with lapsed texts', () => {
  const answerer = createAnswerer(() => state);

  it('finds their sections and says that they are not in force', () => {
    expect(answerer.section('lease-2025', 1)?.text).toContain('三个月');
    expect([answerer.validity('lease-2025'), answerer.validity('fair-2026'), answerer.validity('gone')]).toEqual([
      { status: 'expired', lastDay: '2025-12-31' },
      { status: 'in-force' },
      null,
    ]);
  });

  it('does not answer from a lapsed section that somebody chose', () => {
    expect(answerer.fromSection('lease-2025', 1, null)).toMatchObject({ outcome: 'lapsed', document: { documentId: 'lease-2025' } });
  });

  it('explains why', () => {
    expect(explainQuestion('镇发〔2025〕7号', null, state)).toMatchObject({
      outcome: 'lapsed',
      why: expect.stringContaining('已于2025-12-31失效') as string,
    });
  });
});
