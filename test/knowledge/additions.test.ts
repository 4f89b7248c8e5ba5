import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withAlternates, withSynonym } from '../../src/knowledge/additions.ts';
import { readThesaurus } from '../../src/knowledge/language-texts.ts';
import { readText } from '../../src/knowledge/text-source.ts';

const PLAN = `---
id: plan
kind: policy
title: 年度计划
category: talent
sections:
  - number: 2
    questions: [白名单怎么进]
---
### 1. 人才落户

给予落户。

### 2. 融资白名单

进入白名单。
`;
const questionsOf = (source: string, kind: 'policy' | 'faq', section: number): readonly string[] =>
  readText(source, kind)
    .record!.sections.find(({ number }) => number === section)!
    .questions.map(({ text }) => text);

describe('alternate questions', () => {
  it('join those of their section, each once', () => {
    const once = withAlternates(PLAN, 'policy', 2, ['上名单要啥条件', '白名单怎么进']);
    expect(questionsOf(once, 'policy', 2)).toEqual(['白名单怎么进', '上名单要啥条件']);
    expect(withAlternates(once, 'policy', 2, ['上名单要啥条件'])).toBe(once);
  });

  it('are the first of a section that had none, and of an FAQ', () => {
    expect(questionsOf(withAlternates(PLAN, 'policy', 1, ['怎么落户']), 'policy', 1)).toEqual(['怎么落户']);
    const faq = '---\nid: bus\nkind: faq\ntitle: 班车几点发车？\ncategory: livelihood\n---\n七点。\n';
    expect(questionsOf(withAlternates(faq, 'faq', 1, ['几点有车']), 'faq', 1)).toEqual(['几点有车']);
  });
});

describe('a synonym', () => {
  const shipped = readFileSync('knowledge/thesaurus.yaml', 'utf8');

  it('joins the group of the official word, and every remark stays', () => {
    const after = withSynonym(shipped, '贷款', '搞点钱花花');
    expect(readThesaurus(after).find(({ official }) => official.includes('贷款'))!.colloquial).toContain('搞点钱花花');
    const remarks = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('#'));
    expect(remarks(after)).toEqual(remarks(shipped));
    expect(readThesaurus(after)).toHaveLength(readThesaurus(shipped).length);
    expect(withSynonym(after, '贷款', '搞点钱花花')).toBe(after);
  });

  it('opens a group when nobody has the official word yet', () => {
    expect(readThesaurus(withSynonym('', '工资', '工钱'))).toEqual([{ official: ['工资'], colloquial: ['工钱'], ambiguous: [] }]);
    const groups = readThesaurus(withSynonym(shipped, '无此说法的词', '没这个说法'));
    expect(groups.at(-1)).toEqual({ official: ['无此说法的词'], colloquial: ['没这个说法'], ambiguous: [] });
  });

  it('is refused by what is no thesaurus', () => {
    expect(() => withSynonym('a: 1', '工资', '工钱')).toThrow('Expected a thesaurus');
    expect(() => withSynonym('- [', '工资', '工钱')).toThrow('Expected a thesaurus');
  });
});
