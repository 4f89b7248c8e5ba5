import { describe, expect, it } from 'vitest';
import { quote } from '../../src/answering/cite.ts';
import { composeClarify } from '../../src/answering/clarify.ts';
import { composeAnswer, composeBrowse } from '../../src/answering/compose.ts';
import { createAnswerer } from '../../src/answering/answerer.ts';
import { allInForce } from '../../src/answering/state.ts';
import { composeRefusal } from '../../src/answering/refuse.ts';
import { chooseEvidence } from '../../src/answering/evidence.ts';
import type { Citation } from '../../src/domain/answer.ts';
import { renderText } from '../../src/domain/render.ts';
import { smallAnswerer, smallCorpus, smallKnowledge } from '../support/corpus.ts';

const citation = (section: number): Citation => ({
  documentId: 'd',
  documentTitle: '计划',
  section,
  sectionTitle: `标题${section}`,
  part: null,
  quote: `原文${section}。`,
  issued: '管委会 · 2024年',
  page: null,
  asOf: null,
  revision: null,
});
const ref = (section: number) => ({ documentId: 'd', section, title: `标题${section}` });

describe('an answer in words', () => {
  const answer = {
    outcome: 'answered',
    aspects: [],
    facts: [],
    citations: [citation(1)],
    related: [ref(2)],
    confidence: 0.9,
    understoodAs: null,
  } as const;

  it('is the quote, then where it stands, then what is near', () => {
    expect(renderText(composeAnswer(answer, 't'))).toBe(
      '原文1。\n\n出处：《计划》第1节「标题1」 · 管委会 · 2024年\n\n相关内容：\n· 第2节 标题2',
    );
  });

  it('says first what was understood when that is not what was written', () => {
    expect(renderText(composeAnswer({ ...answer, understoodAs: '跨域通办' }, 't'))).toMatch(/^（已按“跨域通办”为您查找）/);
  });

  it('offers the full text of each section it cites', () => {
    const labels = (sections: number[]) =>
      composeAnswer({ ...answer, citations: sections.map(citation), related: [] }, 't').buttons[0]!.map(({ label }) => label);
    expect(labels([1])).toEqual(['全文']);
    expect(labels([1, 4])).toEqual(['全文·第1节', '全文·第4节']);
  });
});

describe('a clarifying question in words', () => {
  const clarify = {
    outcome: 'clarify',
    nearest: [citation(1)],
    options: [ref(1), ref(2)],
    missingTerms: ['护照'],
    confidence: 0.3,
    understoodAs: null,
  } as const;

  it('names what is missing, shows the nearest text and numbers the readings', () => {
    const text = renderText(composeClarify(clarify, 't1'));
    for (const piece of ['资料库里没有提到“护照”', '原文1。', '1. 第1节 标题1\n2. 第2节 标题2']) expect(text).toContain(piece);
  });
});

describe('a refusal in words', () => {
  const refused = { outcome: 'refused', missingTerms: ['火锅', '奶茶'], suggestions: [ref(3)], confidence: 0.1 } as const;

  it('names what is missing and suggests by number', () => {
    const text = renderText(composeRefusal({ ...refused, reason: 'unknown-terms' }, 't1'));
    expect(text).toContain('没有关于“火锅”、“奶茶”的内容');
    expect(text).toContain('1. 第3节 标题3');
  });

  it('of a question too long asks for a shorter one and offers no button', () => {
    const message = composeRefusal({ ...refused, reason: 'too-long', suggestions: [] }, 't1');
    expect([message.title, message.buttons]).toEqual(['请精简一下问题', []]);
  });
});

describe('a topic in words', () => {
  it('lists twelve sections at most and says how many more there are', () => {
    const sections = Array.from({ length: 15 }, (_, at) => citation(at + 1));
    const message = composeBrowse({ outcome: 'browse', category: 'talent', sections });
    expect(message.buttons).toHaveLength(12);
    expect(renderText(message)).toContain('“人才政策”方面共有 15 节内容');
    expect(renderText(message)).toContain('另有 3 节未列出');
  });
});

describe('a quote', () => {
  const section = smallKnowledge((source) => source.replace('推动符合', '\n推动符合')).records[0]!.sections.find(
    ({ number }) => number === 1,
  )!;
  const of = (...sentences: number[]) =>
    quote(
      section,
      sentences.map((sentence) => ({ sentence, score: 1 })),
    );

  it('of neighbouring sentences stands in the text as it is, over line ends too', () => {
    expect(section.text).toContain('\n');
    expect(of(0, 1, 2)).toBe(section.text);
    expect(section.text).toContain(of(0, 1));
  });

  it('marks a gap', () => {
    expect(of(0, 2)).toBe('畅通政银企对接渠道。\n…\n密切关注金融风险。');
  });
});

describe('the evidence chosen', () => {
  const scores = (...values: number[]) => values.map((score, sentence) => ({ sentence, score }));
  const chosen = (values: number[], length = 20) => chooseEvidence(scores(...values), () => length).map(({ sentence }) => sentence);

  it('is the best sentence and those nearly as good, in reading order', () => {
    expect(chosen([0.2, 0.9, 0.1, 0.8])).toEqual([1, 3]);
    expect(chosen([0.9, 0.2, 0.1])).toEqual([0]);
  });

  it('is three sentences at most, and never more than can be read in a chat', () => {
    expect(chosen([1, 1, 1, 1, 1])).toEqual([0, 1, 2]);
    expect(chosen([1, 1, 1], 200)).toEqual([0]);
  });

  it('is one sentence where none matches, and none where there is none', () => {
    expect(chosen([0, 0])).toEqual([0]);
    expect(chosen([])).toEqual([]);
  });
});

describe('an answerer over a small library', () => {
  const answerer = smallAnswerer();

  it('knows its sections and records, and says null for what it does not have', () => {
    expect(answerer.section('small-plan', 1)?.title).toBe('优化金融服务');
    expect(answerer.record('small-plan')?.title).toBe('小镇年度计划');
    expect([answerer.section('small-plan', 9), answerer.record('gone'), answerer.fromSection('small-plan', 9, null)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('refuses what it has nothing on, naming what is missing', () => {
    expect(answerer.answer('比特币行情', null)).toMatchObject({
      answer: { outcome: 'refused', reason: 'unknown-terms', missingTerms: expect.arrayContaining(['行情']) as string[] },
    });
  });

  it('answers from a chosen section whatever was asked', () => {
    for (const question of [null, '参展有补贴吗', '火锅', '你好', '']) {
      expect(answerer.fromSection('small-plan', 2, question)).toMatchObject({
        outcome: 'answered',
        aspects: [],
        facts: [],
        citations: [{ section: 2 }],
        confidence: 1,
      });
    }
  });

  it('quotes from the chosen section what answers the question', () => {
    const answer = answerer.fromSection('small-plan', 2, '参展奖励多少钱');
    expect(answer).toMatchObject({ citations: [{ quote: expect.stringContaining('参展奖励每家5万元。') as string }] });
  });

  it('serves the library given to it last', () => {
    let corpus = smallCorpus();
    const swapped = createAnswerer(() => allInForce(corpus));
    corpus = smallCorpus((source) => source.replace('参展奖励每家5万元', '参展奖励每家8万元'));
    expect(swapped.section('small-plan', 2)?.text).toContain('8万元');
  });
});
