import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/knowledge/import/plan.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import type { ShelvedRecord } from '../../../src/knowledge/import/shelf.ts';
import { parseRecord } from '../../../src/knowledge/markdown.ts';

const shelved = (path: string, source: string): ShelvedRecord => ({ path, source, record: parseRecord(source, path) });
const plan = (name: string, text: string, ...shelf: ShelvedRecord[]) =>
  planImport([{ name, bytes: new TextEncoder().encode(text) }], shelf, { read: readFileContent });

const GUIDE = `---
id: open-shop
kind: procedure
title: 开办企业
itemCode: YG-1
supersedes: [旧指南]
verifiedOn: 2026-01-02
verifiedBy: 张三
derivedFrom: [rules#2]
category: industry
tags: [开店]
guide:
  conditions: [有住所]
  materials:
    - name: 申请表
      note: 窗口领取
    - name: 章程
  fee: 不收费
  complaint: '12345'
sections:
  - number: 2
    questions: [要带什么]
  - number: 4
    questions:
      - about: 不收费
        ask: [要钱吗]
  - number: 11
    tags: [提醒]
---

### 11. 提醒

请提前预约。
`;

describe('a table of guides over a guide people have worked on', () => {
  const TABLE = '事项名称,事项编码,申请材料,收费标准,咨询电话\n开办企业,YG-1,1.申请表（原件）2.身份证,收取10元,0595-1';

  it('changes what the table says and keeps the rest', async () => {
    const { changed, problems } = await plan('a.csv', TABLE, shelved('procedures/open-shop.md', GUIDE));
    const { record, differences } = changed[0]!;
    expect(record).toMatchObject({
      supersedes: ['旧指南'],
      verifiedOn: '2026-01-02',
      verifiedBy: '张三',
      derivedFrom: ['rules#2'],
      category: 'industry',
      tags: ['开店'],
      guide: {
        conditions: ['有住所'],
        materials: [
          { name: '申请表', forms: ['原件'], note: '窗口领取' },
          { name: '身份证', note: null },
        ],
        fee: '收取10元',
        phone: '0595-1',
        complaint: '12345',
      },
    });
    expect(record.sections.map(({ number, questions, tags }) => [number, questions.map(({ text }) => text), tags])).toEqual([
      [1, [], []],
      [2, ['要带什么'], []],
      [4, ['要钱吗'], []],
      [5, [], []],
      [11, [], ['提醒']],
    ]);
    expect(record.sections.at(-1)!.text).toBe('请提前预约。');
    expect(differences).toEqual(['修改“申请材料”的正文', '修改“办理时限与费用”的正文', '修改“办理窗口与咨询电话”的正文']);
    expect(problems.map(({ message }) => message)).toEqual(['相似问“要钱吗”等所对应的句子“不收费”已不在文中，改为对应整节']);
  });

  it('leaves it alone when nothing is new', async () => {
    const { skipped } = await plan(
      'a.csv',
      '事项名称,事项编码,收费标准,受理条件\n开办企业,YG-1,不收费,有住所',
      shelved('procedures/open-shop.md', GUIDE),
    );
    expect(skipped.map(({ id }) => id)).toEqual(['open-shop']);
  });

  it('puts fields in the place of texts on the same, and other texts behind them', async () => {
    const source = GUIDE.replace(/guide:[\s\S]*?---\n/, '---\n').replace('### 11. 提醒', '### 1. 收费标准\n\n不收费。\n\n### 2. 提醒');
    const { changed } = await plan('a.csv', TABLE, shelved('procedures/open-shop.md', source));
    expect(changed[0]!.record.sections.map(({ number, title }) => [number, title])).toEqual([
      [2, '申请材料'],
      [4, '办理时限与费用'],
      [5, '办理窗口与咨询电话'],
      [11, '提醒'],
    ]);
  });
});

describe('a document over a policy people have worked on', () => {
  const NOTICE = '补助通知\n云开经〔2026〕8号\n一、标准。每家5万元。\n二、办法。网上申报。\n咨询电话：0595-2';
  const POLICY = `---
id: notice
kind: policy
title: 补助通知
documentNumber: 云开经〔2026〕8号
year: 2026
supersedes: [旧通知]
verifiedOn: 2026-02-02
category: subsidy
facts:
  amount: 每家5万元
  phone: 0595-1
sections:
  - number: 1
    page: 3
  - number: 9000
    questions: [电话多少]
---
# 补助通知

### 1. 一、标准

每家5万元。
`;

  it('keeps facts the document does not state, the pages, and what people ask for', async () => {
    const { changed } = await plan('a.txt', NOTICE, shelved('policies/notice.md', POLICY));
    const { record, differences } = changed[0]!;
    expect(record).toMatchObject({ supersedes: ['旧通知'], verifiedOn: '2026-02-02', facts: { amount: '每家5万元', phone: '0595-2' } });
    expect(record.sections.map(({ number, page, questions }) => [number, page, questions.length])).toEqual([
      [1, 3, 0],
      [2, null, 0],
      [9000, null, 1],
    ]);
    expect(differences).toEqual(['新增第 2 节“二、办法”', '修改“政策要点”的正文']);
  });
});

describe('a table of questions', () => {
  it('tells the source and what is not answered, and adds to both', async () => {
    const { created } = await plan('a.csv', '问题,答案,来源,反例\n几点上班？,九点。,《办事须知》（云开管〔2024〕1号）,几点下班；周末呢');
    expect(created[0]!.record).toMatchObject({
      source: '《办事须知》（云开管〔2024〕1号）',
      documentNumber: '云开管〔2024〕1号',
      issuingBody: null,
      negativeQuestions: ['几点下班', '周末呢'],
    });
    const before = shelved(created[0]!.path, created[0]!.markdown);
    const { changed } = await plan('b.csv', '问题,答案,负面问\n几点上班？,九点。,中午休息吗', before);
    expect(changed[0]!.record).toMatchObject({
      source: '《办事须知》（云开管〔2024〕1号）',
      negativeQuestions: ['几点下班', '周末呢', '中午休息吗'],
    });
    expect(changed[0]!.differences).toEqual(['易混问题：几点下班；周末呢 → 几点下班；周末呢；中午休息吗']);
  });
});

it('a guide whose questions cannot be told from their answers keeps them as a text', async () => {
  const { created } = await plan('a.csv', '事项名称,收费标准,常见问题,网办地址\n开办企业,不收费,周末也办理吗？办理。,惠企通平台');
  expect(created[0]!.record).toMatchObject({ guide: { faq: [], channel: '惠企通平台', onlineUrl: null } });
  expect(created[0]!.record.sections.at(-1)).toMatchObject({ number: 11, title: '常见问题', text: '周末也办理吗？办理。' });
});
