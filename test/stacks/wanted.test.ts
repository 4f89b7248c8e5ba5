import { describe, expect, it } from 'vitest';
import type { Query } from '../../src/answering/query.ts';
import { type Rarity, wantedOf } from '../../src/stacks/wanted.ts';

const terms = (...all: string[]) => new Map(all.map((term) => [term, 1]));
const query = (words: string[], bigrams: string[]): Query => ({
  text: '',
  words: terms(...words),
  bigrams: terms(...bigrams),
  characters: new Map(),
  concepts: new Map(),
});
const rarity = (sections: Record<string, number>): Rarity => ({ sections: 1_000_000, frequency: (_, term) => sections[term] ?? 0 });
const lexemes = (question: Query, sections: Record<string, number>, expansions: string[][] = []) =>
  wantedOf(
    question,
    expansions.map((words) => ({ words })),
    rarity(sections),
  ).map((wanted) => wanted.lexemes.join('+'));

describe('what to look for in a collection', () => {
  it('are the rare terms, a word of two characters once', () => {
    expect(lexemes(query(['租金', '孵化器'], ['租金', '孵化', '化器']), { 租金: 900, 孵化器: 70, 孵化: 80, 化器: 75 })).toEqual([
      '孵化器',
      '化器',
      '孵化',
      '租金',
    ]);
  });

  it('are frequent terms only together with others', () => {
    const found = lexemes(query([], ['企业', '补贴', '租金']), { 企业: 300_000, 补贴: 90_000, 租金: 900 });
    expect(found).toEqual(['租金', '补贴+企业']);
  });

  it('is a frequent term by itself when there is nothing else', () => {
    expect(lexemes(query([], ['企业']), { 企业: 300_000 })).toEqual(['企业']);
  });

  it('is what official texts call it, all words of a phrase together', () => {
    expect(lexemes(query([], ['工钱']), { 工钱: 5, 欠薪: 400, 治理: 9_000 }, [['欠薪', '治理']])).toEqual(['工钱', '欠薪+治理']);
  });

  it('is nothing when no term stands anywhere', () => {
    expect(lexemes(query(['龘龘'], ['龘龘']), {}, [['靐靐'], []])).toEqual([]);
  });
});
