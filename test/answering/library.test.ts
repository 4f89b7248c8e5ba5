import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type answerQuestion, MAX_QUESTION } from '../../src/answering/answerer.ts';
import type { Answer, Citation } from '../../src/domain/answer.ts';
import { anyText } from '../support/any-text.ts';
import { quotedPieces, type RealLibrary, realLibrary, sectionOf } from '../support/corpus.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

let real: RealLibrary;
beforeAll(async () => {
  real = await realLibrary();
});

const ask = (question: string, context: Parameters<typeof answerQuestion>[1] = null): Answer => {
  const reaction = real.answerer.answer(question, context);
  if (!('answer' in reaction)) throw new Error(`Expected an answer to "${question}", got the intent ${reaction.intent}`);
  return reaction.answer;
};

/** What an answer stands on: what it cites, or shows as the nearest. */
const shown = (answer: Answer): readonly Citation[] =>
  answer.outcome === 'answered'
    ? answer.citations
    : answer.outcome === 'clarify'
      ? answer.nearest
      : answer.outcome === 'browse'
        ? answer.sections
        : [];
const sections = (answer: Answer): number[] => shown(answer).map(({ section }) => section);
const understoodAs = (answer: Answer): string | null =>
  answer.outcome === 'answered' || answer.outcome === 'clarify' ? answer.understoodAs : null;

describe('answers to the library’s own questions', () => {
  const sample = () =>
    real.library.records
      .flatMap((record) => record.sections.flatMap(({ id, questions }) => questions.map(({ text }) => ({ id, text }))))
      .filter((_, at) => at % 40 === 0);

  it('quote the library word for word', () => {
    for (const { text } of sample()) {
      for (const { documentId, section, quote } of shown(ask(text))) {
        const source = sectionOf(real.library.records, documentId, section).text;
        for (const piece of quotedPieces(quote)) {
          expect(piece.trim()).not.toBe('');
          expect(source).toContain(piece);
        }
      }
    }
  });

  it('stand on the section the question belongs to, but for a few that two sections share', () => {
    const all = sample();
    const right = all.filter(({ id, text }) => shown(ask(text)).some(({ documentId, section }) => `${documentId}#${section}` === id));
    expect(right.length / all.length).toBeGreaterThan(0.9);
  });

  it('are the same each time, and refer only to sections there are', () => {
    for (const { text } of sample().filter((_, at) => at % 5 === 0)) {
      const answer = ask(text);
      expect(ask(text)).toEqual(answer);
      const refs = answer.outcome === 'answered' ? answer.related : answer.outcome === 'clarify' ? answer.options : [];
      for (const { documentId, section, title } of refs) {
        const titles = [real.answerer.section(documentId, section)!.title, real.answerer.record(documentId)!.title];
        expect(titles.some((known) => title.includes(known))).toBe(true);
      }
      const ids = refs.map(({ documentId, section }) => `${documentId}#${section}`);
      expect(new Set(ids).size).toBe(ids.length);
      if (answer.outcome === 'answered')
        for (const { documentId, section } of answer.citations) expect(ids).not.toContain(`${documentId}#${section}`);
      if (answer.outcome === 'clarify') expect([2, 3, 4]).toContain(answer.options.length);
      if ('confidence' in answer) expect(answer.confidence).toSatisfy((value: number) => value >= 0 && value <= 1);
    }
  });
});

describe('a question is understood', () => {
  it.each<[string, string, number, string | null]>([
    ['as written', '融资白名单怎么进？', 6, null],
    ['in traditional script', '融資白名單怎麼進', 6, null],
    ['full-width and with zero-width characters', '融资\u200b白名单　怎么进？', 6, null],
    ['misspelt by sound', '融姿白名单怎么进', 6, '融资白名单怎么进'],
    ['misspelt in several places', '高薪技术企页怎么陪育', 1, '高新技术企业怎么培育'],
    ['in pinyin', 'rongzi baimingdan zenme jin', 6, '融资白名单怎么进'],
    ['in pinyin run together', 'kuayutongban', 17, '跨域通办'],
    ['in English', 'trade fair subsidy', 5, '展会 补贴'],
    ['in Chinese with pinyin', '怎么申请 canzhan 奖励', 5, '怎么申请 参展 奖励'],
    ['in Chinese with English', 'whitelist 怎么进', 6, '白名单 怎么进'],
    ['wrapped in courtesy', '你好，我想问一下融资白名单怎么进，谢谢', 6, null],
  ])('%s: %s', (_, question, section, readAs) => {
    const answer = ask(question);
    expect(sections(answer)[0]).toBe(section);
    expect(understoodAs(answer)).toEqual(readAs);
  });

  it('about two things, and answered from two sections', () => {
    const answer = ask('融资白名单怎么进，另外低效用地怎么盘活');
    expect(new Set(sections(answer))).toEqual(new Set([6, 7]));
  });
});

describe('a follow-up', () => {
  const context = { question: '开发区医院什么时候建好', sections: ['2024-plan#13'] };

  it('is answered from what was just cited', () => {
    expect(sections(ask('然后呢', context))[0]).toBe(13);
    expect(sections(ask('然后呢'))).not.toContain(13);
  });

  it('that is a question of its own is answered on its own', () => {
    expect(ask('融资白名单怎么进', context)).toEqual(ask('融资白名单怎么进'));
  });

  it('on a section that is gone by now is answered all the same', () => {
    expect(() => ask('然后呢', { question: '医院', sections: ['gone#1'] })).not.toThrow();
  });
});

describe('what the library does not have', () => {
  it('is refused by the name of what is missing, with suggestions that exist', () => {
    const answer = ask('恐龙化石展');
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'unknown-terms', missingTerms: ['恐龙', '化石'] });
    if (answer.outcome === 'refused')
      for (const ref of answer.suggestions) expect(real.answerer.section(ref.documentId, ref.section)).not.toBeNull();
  });

  it.each(['火星移民计划', '梅西哪年夺冠', '今晚吃什么火锅', '比特币行情怎么样'])('is never claimed to be answered: %s', (question) => {
    expect(ask(question).outcome).not.toBe('answered');
  });

  it('is not looked for when the question is too long', () => {
    const longest = '融资'.repeat(MAX_QUESTION / 2);
    expect(ask(`${longest}款`)).toMatchObject({ outcome: 'refused', reason: 'too-long', suggestions: [] });
    expect(ask(longest).outcome).not.toBe('refused');
    expect(ask('😀'.repeat(MAX_QUESTION + 1))).toMatchObject({ reason: 'too-long' });
  });
});

describe('browsing', () => {
  it('lists the sections of a category, those mainly about it first', () => {
    const answer = real.answerer.browse('talent');
    const categories = shown(answer).map(({ documentId, section }) => sectionOf(real.library.records, documentId, section).categories);
    expect(categories.length).toBeGreaterThan(0);
    expect(categories.every((list) => list.includes('talent'))).toBe(true);
    const isMain = categories.map((list) => list[0] === 'talent');
    expect(isMain).toEqual([...isMain].sort((a, b) => Number(b) - Number(a)));
  });

  it('without a category lists every numbered section', () => {
    const answer = real.answerer.browse(null);
    const listed = answer.outcome === 'browse' ? answer.sections.filter(({ documentId }) => documentId === '2024-plan') : [];
    expect(listed.map(({ section }) => section)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
  });

  it.each(['有哪些人才政策', '人才政策有哪些？', '人才方面的政策都有什么'])('is what %s asks for', (question) => {
    expect(ask(question)).toMatchObject({ outcome: 'browse', category: 'talent' });
  });
});

describe('any text at all', () => {
  const units = [
    '融',
    '资',
    '企',
    '页',
    '呢',
    '那',
    '和',
    '@',
    '?',
    '。',
    ' ',
    'r',
    'ong',
    'zi',
    'IPO',
    '12',
    '第',
    '个',
    '\ud800',
    '\u0000',
    '😀',
    '发財',
  ];
  it('gets a reaction', () => {
    const text = fc.oneof(anyText(), fc.string({ unit: fc.constantFrom(...units), maxLength: 30 }), fc.json({ maxDepth: 1 }));
    const context = fc.option(
      fc.record({ question: text, sections: fc.array(fc.constantFrom('2024-plan#6', 'gone#1', ''), { maxLength: 2 }) }),
    );
    fc.assert(
      fc.property(text, context, (text, context) => {
        const reaction = real.answerer.answer(text, context);
        expect(['question', 'browse', 'greeting', 'thanks', 'help', 'hand-off', 'empty']).toContain(reaction.intent);
        expect('answer' in reaction).toBe(reaction.intent === 'question' || reaction.intent === 'browse');
      }),
      { numRuns: 300 },
    );
  });
});
