import { describe, expect, it } from 'vitest';
import { CATEGORIES, CATEGORY_IDS } from '../../src/domain/categories.ts';
import { isAbout, readTopic, topicName } from '../../src/subscriptions/topics.ts';
import { recordOf } from '../support/records.ts';

const SPORTSWEAR = recordOf(
  `
id: sportswear
kind: policy
title: 体育用品若干措施
category: industry
facts: { industries: [体育用品, 纺织·鞋服], region: 晋江市 }
`,
  '### 1. 引才奖励\n\n引进人才给予奖励。\n\n### 2. 展会\n\n参展给予补助。',
);
const RECORDS = [SPORTSWEAR];
const read = (words: string) => readTopic(words, RECORDS);

describe('the topic some words name', () => {
  it.each(CATEGORY_IDS)('is the category %s by its id and by its name', (id) => {
    expect([read(id), read(CATEGORIES[id]), read(`“${CATEGORIES[id]}”`)]).toEqual(
      Array.from({ length: 3 }, () => ({ scope: 'category', value: id })),
    );
  });

  it.each([
    ['人才', 'category talent'],
    ['人才政策', 'category talent'],
    ['有关人才的最新消息', 'category talent'],
    ['关于融资的通知', 'category financing'],
    [' 补贴 政策。', 'category subsidy'],
    ['全部', 'all '],
    ['所有政策', 'all '],
    ['ALL', 'all '],
    ['体育用品', 'industry 体育用品'],
    ['纺织·鞋服的政策', 'industry 纺织·鞋服'],
    ['晋江市', 'region 晋江市'],
  ])('of “%s” is %s', (words, topic) => {
    const { scope, value } = read(words)!;
    expect(`${scope} ${value}`).toBe(topic);
  });

  it.each(['', '政策', '最新消息', '半导体', '石狮市', '企业诉求', 'constructor', '__proto__', '人'.repeat(200)])(
    'of “%s” is none',
    (words) => {
      expect(read(words)).toBeNull();
    },
  );

  it('has a name a person knows', () => {
    expect(topicName({ scope: 'all', value: '' })).toBe('全部政策');
    expect(topicName({ scope: 'category', value: 'talent' })).toBe('人才政策');
    expect(topicName({ scope: 'region', value: '晋江市' })).toBe('晋江市');
    expect(topicName({ scope: 'category', value: 'of-an-older-version' })).toBe('of-an-older-version');
  });
});

describe('a record', () => {
  it('is news for its own category and for those of its sections, its industries, its region, and for all', () => {
    const scopes = [
      { scope: 'all', value: '' },
      { scope: 'category', value: 'industry' },
      { scope: 'industry', value: '纺织·鞋服' },
      { scope: 'region', value: '晋江市' },
      { scope: 'category', value: 'party' },
      { scope: 'industry', value: '晋江市' },
      { scope: 'region', value: '体育用品' },
    ] as const;
    expect(scopes.map((topic) => isAbout(SPORTSWEAR, topic))).toEqual([true, true, true, true, false, false, false]);
    const section = SPORTSWEAR.sections.find(({ categories }) => categories.includes('talent'));
    expect(isAbout(SPORTSWEAR, { scope: 'category', value: 'talent' })).toBe(section !== undefined);
  });
});
