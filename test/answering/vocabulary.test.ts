import { describe, expect, it } from 'vitest';
import { createSectionReader } from '../../src/answering/section-tokens.ts';
import { VocabularyBuilder } from '../../src/answering/vocabulary.ts';
import { createThesaurus } from '../../src/text/thesaurus.ts';
import { recordOf } from '../support/records.ts';

const PLAN = recordOf(
  'id: plan\nkind: policy\ntitle: 企业开办措施\ncategory: approval',
  '### 1. 融资服务\n\n融资。\n\n### 2. 融资服务\n\n贷款。\n\n### 3. 人才落户\n\n落户。\n\n### 4. 融资服务\n\n担保。',
);

describe('the vocabulary', () => {
  it('counts a title as often as sections stand under it, in whatever order they come', () => {
    const phrasesOf = (sections: typeof PLAN.sections) => {
      const words = new VocabularyBuilder(null);
      const read = createSectionReader(createThesaurus([]));
      for (const section of sections) words.add(section, read(section, PLAN));
      return words.build().phrases;
    };
    const phrases = phrasesOf(PLAN.sections);
    expect([phrases.get('企业'), phrases.get('落户'), phrases.get('担保')]).toEqual([4, 2, 1]);
    // 融资: thrice in a title, once in a text.
    expect(phrases.get('融资')).toBe(4);
    for (const others of [PLAN.sections.toReversed(), PLAN.sections.toSorted((a, b) => a.title.localeCompare(b.title))]) {
      expect(phrasesOf(others)).toEqual(phrases);
    }
  });
});
