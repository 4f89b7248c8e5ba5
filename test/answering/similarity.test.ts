import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import type { Corpus } from '../../src/answering/corpus.ts';
import { createQuery } from '../../src/answering/query.ts';
import { retrieve } from '../../src/answering/retrieve.ts';
import { RANKING_WEIGHTS } from '../../src/answering/weights.ts';
import { realLibrary } from '../support/corpus.ts';

const QUESTIONS = ['融资白名单怎么申请', '老板拖着工钱不发', '人才公寓', '参展有补贴吗', '企业想要换个大点的厂房'];

let corpus: Corpus;

beforeAll(async () => {
  ({ corpus } = await realLibrary());
});

const ranked = (question: string, similarities: ReadonlyMap<string, number> | null) =>
  retrieve(createQuery(question, corpus), corpus, RANKING_WEIGHTS, similarities).map(({ section, score }) => ({
    id: corpus.sectionAt(section).id,
    score,
  }));

/** What a model gives that likes every section as `of` says, by its place in the order of the words. */
function model(question: string, of: (place: number) => number): Map<string, number> {
  const order = ranked(question, null).map(({ id }) => id);
  const placeOf = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return new Map(corpus.sections.map(({ id }) => [id, of(placeOf(id))]));
}

describe('likeness of meaning', () => {
  it('changes no first place when it says the same of all, contradicts the words, or knows no section', () => {
    for (const question of QUESTIONS) {
      const before = ranked(question, null)[0]!.id;
      expect(
        ranked(
          question,
          model(question, () => 0.5),
        )[0]!.id,
      ).toBe(before);
      expect(
        ranked(
          question,
          model(question, (place) => place / 100),
        )[0]!.id,
      ).toBe(before);
      expect(ranked(question, new Map([['elsewhere#1', 1]]))[0]!.id).toBe(before);
    }
  });

  it('decides between sections that the words leave close', () => {
    const question = '企业想要换个大点的厂房';
    const [first, second] = ranked(question, null);
    const agreeing = model(question, (place) => (place === 1 ? 1 : 0.8 - place / 50));
    const after = ranked(question, agreeing);
    const gain = (id: string): number =>
      after.find((found) => found.id === id)!.score - ranked(question, null).find((found) => found.id === id)!.score;
    expect(gain(second!.id)).toBeGreaterThan(gain(first!.id));
  });

  it('brings in a section with which the question has no word in common', () => {
    const question = '鲲鹏';
    const target = corpus.sections.find(({ number }) => number === 9)!;
    expect(ranked(question, null).some(({ id }) => id === target.id)).toBe(false);
    expect(ranked(question, new Map([[target.id, 0.9]])).some(({ id }) => id === target.id)).toBe(true);
  });

  it('goes through to the answer', () => {
    const question = '融资白名单怎么申请';
    const plain = answerQuestion(question, null, corpus);
    expect(answerQuestion(question, null, corpus, { similarities: null })).toEqual(plain);
    const reaction = answerQuestion(question, null, corpus, { similarities: model(question, (place) => 1 - place / 30) });
    expect(reaction).toMatchObject({ answer: { outcome: 'answered' } });
  });
});
