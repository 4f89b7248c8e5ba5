import { describe, expect, it } from 'vitest';
import type { Section } from '../../src/domain/record.ts';
import { createChatModel } from '../../src/models/chat.ts';
import { suggestQuestions } from '../../src/models/suggest.ts';
import { smallKnowledge } from '../support/corpus.ts';
import { dataOf } from '../fakes/model-server.ts';
import { endpointOf, fakeModel } from './support.ts';

const fairs = (): Section => smallKnowledge().records[0]!.sections.find(({ number }) => number === 2)!;

describe('suggestions for a section', () => {
  it('are questions with the piece of the text that answers them', async () => {
    const model = await fakeModel();
    model.suggestions = [
      { ask: '参加展会能领多少钱？', about: '参展奖励每家5万元' },
      { ask: '出去参展政府管不管', about: '原文没有的话' },
      { ask: '展会政策找谁' },
    ];
    const outcome = await suggestQuestions(createChatModel(endpointOf(model)), fairs());
    expect(outcome).toEqual({
      kind: 'ok',
      value: [
        { ask: '参加展会能领多少钱？', about: '参展奖励每家5万元' },
        { ask: '出去参展政府管不管', about: null },
        { ask: '展会政策找谁', about: null },
      ],
    });
  });

  it('come from the text of the section, and know the questions it has', async () => {
    const model = await fakeModel();
    const section = fairs();
    await suggestQuestions(createChatModel(endpointOf(model)), section);
    expect(dataOf(model.calls[0]!)).toEqual({ title: section.title, text: section.text, known: ['参展有补贴吗'] });
  });

  it.each([
    ['one there is already', '参展有补贴吗'],
    ['one there is already, in other letters', '參展有補貼嗎'],
    ['the title', '提升外贸外资'],
    ['a number of its own', '参展补贴8万元怎么领'],
    ['a number in words of its own', '参展补贴二十万元怎么领'],
    ['an address', '参展补贴看 http://a.cn'],
    ['a mention', '@所有人 参展补贴'],
    ['an essay', '参展'.repeat(21)],
    ['several lines', '参展\n补贴'],
    ['one character', '展'],
  ])('leave out %s', async (_, ask) => {
    const model = await fakeModel();
    model.suggestions = [{ ask }, { ask: '展会补贴怎么领' }, { ask: '展会补贴怎么领' }];
    const outcome = await suggestQuestions(createChatModel(endpointOf(model)), fairs());
    expect(outcome).toEqual({ kind: 'ok', value: [{ ask: '展会补贴怎么领', about: null }] });
  });

  it('are at most eight', async () => {
    const model = await fakeModel();
    model.suggestions = [...'甲乙丙丁戊己庚辛壬癸'].map((name) => ({ ask: `${name}企业参展有奖励吗` }));
    const outcome = await suggestQuestions(createChatModel(endpointOf(model)), fairs());
    expect(outcome.kind === 'ok' && outcome.value).toHaveLength(8);
  });

  it('are none from a model that lies, and a failure from one that fails', async () => {
    const model = await fakeModel('lying');
    expect(await suggestQuestions(createChatModel(endpointOf(model)), fairs())).toEqual({ kind: 'ok', value: [] });
    model.mode = 'error';
    expect(await suggestQuestions(createChatModel(endpointOf(model)), fairs())).toEqual({ kind: 'unavailable', reason: 'failed' });
  });
});
