import { describe, expect, it } from 'vitest';
import { FuzzyVocabulary } from '../../src/search/fuzzy.ts';

const vocabulary = new FuzzyVocabulary([
  { phrase: '高新技术企业', spelling: 'gaoxinjishuqiye' },
  { phrase: '融资白名单', spelling: 'rongzibaimingdan' },
  { phrase: '跨域通办', spelling: 'kuayutongban' },
]);

describe('a fuzzy vocabulary', () => {
  it('finds a phrase by its characters with distance next to nothing', () => {
    const [best] = vocabulary.search('跨域通办', 'kuayutongban', 3);
    expect(best!.phrase).toBe('跨域通办');
    expect(best!.distance).toBeLessThan(0.001);
  });

  it('finds a phrase with one wrong character', () => {
    expect(vocabulary.search('融资白明单', '-', 3)[0]!.phrase).toBe('融资白名单');
  });

  it('finds a phrase by its spelling alone', () => {
    expect(vocabulary.search('夸遇', 'kuayutongban', 3)[0]!.phrase).toBe('跨域通办');
  });

  it('gives the nearest first and no more than asked for', () => {
    const found = vocabulary.search('高新技术企业', 'gaoxinjishuqiye', 2);
    expect(found.length).toBeLessThanOrEqual(2);
    expect(found.map(({ distance }) => distance)).toEqual(found.map(({ distance }) => distance).sort((a, b) => a - b));
  });

  it('finds nothing that is nothing alike', () => {
    expect(vocabulary.search('火锅', 'huoguo', 3)).toEqual([]);
  });
});
