import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, normalForm } from '../../src/insight/normal-form.ts';
import type { AskedQuestion, Mark } from '../../src/insight/store.ts';
import { groupQuestions, weakSpots } from '../../src/insight/weak-spots.ts';
import { createThesaurus } from '../../src/text/thesaurus.ts';
import { tokenise } from '../../src/text/tokens.ts';

const thesaurus = createThesaurus([{ official: ['工资'], colloquial: ['工钱'], ambiguous: [] }]);
const RANGE = { from: '2026-11-01', to: '2026-11-30' };

let asked = 0;
const question = (text: string, part: Partial<AskedQuestion> = {}): AskedQuestion => ({
  turnId: `t${++asked}`,
  atMs: 1_000,
  day: '2026-11-20',
  channel: 'feishu',
  asker: 'a1',
  question: text,
  via: 'asked',
  ending: 'refused',
  category: null,
  confidence: 0.1,
  documentId: null,
  section: null,
  vote: null,
  reason: null,
  isHandedOff: false,
  ...part,
});
const spotsOf = async (questions: readonly AskedQuestion[], marks: ReadonlyMap<string, Mark> = new Map()) =>
  weakSpots(await groupQuestions(questions, (text) => tokenise(text, thesaurus)), marks, RANGE);

describe('the form in which questions are counted', () => {
  it.each([
    ['您好，请问 公積金怎么提取呀？？谢谢！', '公积金怎么提取'],
    ['公积金怎么提取', '公积金怎么提取'],
    ['在吗？公积金 怎么提取 😀', '公积金怎么提取'],
    ['增值税 3.5% 怎么算', '增值税3.5%怎么算'],
    ['How to apply?', 'how to apply'],
    ['你好', '你好'],
  ])('of %s is %s', (text, form) => {
    expect(normalForm(text)).toBe(form);
  });

  it('has one of its own, and a key that says nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const form = normalForm(text);
        expect(keyOf(form)).toMatch(/^[\w-]{22}$/);
        expect(keyOf(form)).not.toBe(form);
      }),
    );
  });
});

describe('questions that were not answered well', () => {
  it('stand together when they ask for like things, the most asked first', async () => {
    const spots = await spotsOf([
      question('宠物狗证怎么办理'),
      question('请问宠物狗证怎么办理？'),
      question('宠物狗证在哪里办'),
      question('公积金怎么提取'),
    ]);
    expect(spots.map(({ count, samples }) => [count, samples])).toEqual([
      [3, ['宠物狗证怎么办理', '宠物狗证在哪里办']],
      [1, ['公积金怎么提取']],
    ]);
  });

  it('stand together when they say the same in other words', async () => {
    const spots = await spotsOf([question('工钱被拖欠'), question('工资被拖欠'), question('班车时刻')]);
    expect(spots.map(({ samples }) => samples.toSorted())).toEqual([['工资被拖欠', '工钱被拖欠'], ['班车时刻']]);
  });

  it('stand together sooner when they came nearest to the same section', async () => {
    const near = { documentId: 'plan', section: 7 };
    const spotsWith = (part: Partial<AskedQuestion>) =>
      spotsOf([question('厂房漏雨谁来修', part), question('厂房坏了找哪个', part), question('班车时刻'), question('公园开放时间')]);
    expect(await spotsWith({})).toHaveLength(4);
    const spots = await spotsWith(near);
    expect(spots).toHaveLength(3);
    expect(spots[0]).toMatchObject({ nearest: near, count: 2 });
  });

  it('tell who asked, when, why and what about', async () => {
    const [spot] = await spotsOf([
      question('落户要什么条件', { day: '2026-11-02', asker: 'a1', ending: 'clarify', category: 'talent' }),
      question('落户要什么条件', {
        day: '2026-11-18',
        asker: 'a2',
        vote: 'down',
        reason: 'outdated',
        ending: 'answered',
        category: 'talent',
      }),
      question('落户要什么条件', { day: '2026-11-29', asker: 'a2', isHandedOff: true, category: 'livelihood' }),
      question('落户要什么条件', { day: '2026-11-30', asker: '' }),
    ]);
    expect(spot).toMatchObject({
      count: 4,
      askers: 2,
      firstDay: '2026-11-02',
      lastDay: '2026-11-30',
      trend: { days: 7, recent: 2, before: 1 },
      kinds: { refused: 2, clarify: 1, unhelpful: 1, handedOff: 1 },
      reasons: { outdated: 1 },
      category: 'talent',
      mark: null,
    });
  });

  it('are put aside when most of them are marked, and come back when what was done is asked again', async () => {
    const key = keyOf(normalForm('宠物狗证怎么办理'));
    const both = [question('宠物狗证怎么办理'), question('宠物狗证怎么办理呀', { atMs: 2_000 }), question('宠物狗证在哪里办')];
    expect((await spotsOf(both, new Map([[key, { state: 'out-of-scope', atMs: 5 }]])))[0]!.mark).toBe('out-of-scope');
    expect((await spotsOf(both, new Map([[key, { state: 'done', atMs: 3_000 }]])))[0]!.mark).toBe('done');
    expect((await spotsOf(both, new Map([[key, { state: 'done', atMs: 1_500 }]])))[0]!.mark).toBeNull();
  });

  it('are each in one group, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 30 }), async (texts) => {
        const questions = texts.map((text) => question(text));
        const groups = await groupQuestions(questions, (text) => tokenise(text, thesaurus));
        const ids = groups.flatMap((group) => group.flatMap((wording) => wording.questions.map(({ turnId }) => turnId)));
        expect(ids.toSorted()).toEqual(questions.map(({ turnId }) => turnId).toSorted());
      }),
      { numRuns: 50 },
    );
  });
});
