import { describe, expect, it } from 'vitest';
import { sentenceText } from '../../src/domain/record.ts';
import { parseRecord } from '../../src/knowledge/markdown.ts';

const POLICY = `---
id: park-rules
kind: policy
title: 园区办法
issuingBody: 园区管委会
documentNumber: 园管〔2024〕3号
issuedOn: 2024-03-01
effectiveOn: 2024-04-01
expiresOn: 2026-03-31
url: https://example.org/rules
category: industry
tags: [园区, 2024]
sections:
  - number: 2
    category: [talent, subsidy]
    tags: [人才]
    questions:
      - 人才有什么补贴
      - about: 每人补贴3万元
        ask: [补贴多少钱, 30000]
---
# 园区办法

开头一段。

## 一、总则

### 1. 目的

为了发展。

### 2. 人才

引进人才。每人补贴3万元；
一年内兑现。
`;

const PROCEDURE = `---
id: open-shop
kind: procedure
title: 开办企业
itemCode: 350100-01
category: approval
---
## 条件

年满十八周岁。

## 材料

身份证。
`;

const FAQ = `---
id: faq-hours
kind: faq
title: 几点上班？
category: approval
tags: [时间]
questions:
  - 周末开门吗
  - about: 九点到五点
    ask: [什么时候下班]
---
工作日开门。九点到五点。
`;

describe('a policy file', () => {
  const policy = parseRecord(POLICY, 'policies/park-rules.md');

  it('becomes a record with its metadata', () => {
    expect(policy).toMatchObject({
      kind: 'policy',
      id: 'park-rules',
      documentNumber: '园管〔2024〕3号',
      issuedOn: '2024-03-01',
      effectiveOn: '2024-04-01',
      expiresOn: '2026-03-31',
      year: null,
      tags: ['园区', '2024'],
    });
  });

  it('has numbered sections in parts, and the opening as section 0', () => {
    expect(policy.sections.map(({ id, title, part }) => [id, title, part])).toEqual([
      ['park-rules#0', '园区办法', null],
      ['park-rules#1', '目的', '一、总则'],
      ['park-rules#2', '人才', '一、总则'],
    ]);
  });

  it('files a section under its own categories, else under those of the document', () => {
    expect(policy.sections.map(({ categories }) => categories)).toEqual([['industry'], ['industry'], ['talent', 'subsidy']]);
  });

  it('binds alternate questions to the sentence their "about" quotes', () => {
    const talent = policy.sections[2]!;
    expect(talent.questions).toEqual([
      { text: '人才有什么补贴', sentence: null },
      { text: '补贴多少钱', sentence: 1 },
      { text: '30000', sentence: 1 },
    ]);
    expect(sentenceText(talent, 1)).toBe('每人补贴3万元；');
    expect(() => sentenceText(talent, 9)).toThrow(RangeError);
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    expect(parseRecord(`\ufeff${POLICY.replaceAll('\n', '\r\n')}`, 'a.md')).toEqual(policy);
  });
});

describe('a procedure file', () => {
  it('has its aspects as counted sections', () => {
    const procedure = parseRecord(PROCEDURE, 'procedures/open-shop.md');
    expect(procedure).toMatchObject({ kind: 'procedure', itemCode: '350100-01' });
    expect(procedure.sections.map(({ number, title, part, text }) => [number, title, part, text])).toEqual([
      [1, '条件', null, '年满十八周岁。'],
      [2, '材料', null, '身份证。'],
    ]);
  });
});

describe('a question-and-answer file', () => {
  it('is one section: the question its title, the answer its text', () => {
    const faq = parseRecord(FAQ, 'faq/hours.md');
    expect(faq.sections).toHaveLength(1);
    expect(faq.sections[0]).toMatchObject({ id: 'faq-hours#1', title: '几点上班？', text: '工作日开门。九点到五点。', tags: ['时间'] });
    expect(faq.sections[0]!.questions).toEqual([
      { text: '周末开门吗', sentence: null },
      { text: '什么时候下班', sentence: 1 },
    ]);
  });
});

describe('a malformed file is refused with file, line and reason:', () => {
  const change = (from: string, to: string): string => {
    expect(POLICY).toContain(from);
    return POLICY.replace(from, to);
  };
  const lineOf = (source: string, piece: string): number => source.slice(0, source.indexOf(piece)).split('\n').length;

  it.each<[string, string, string, RegExp]>([
    ['YAML that is none', 'title: 园区办法', 'title: "园区办法', /not valid YAML: /],
    ['a key given twice', 'title: 园区办法', 'id: twice', /not valid YAML: Map keys must be unique$/],
    ['a text that YAML takes for an alias', 'title: 园区办法', 'title: *园区办法', /not valid YAML: "\*园区办法" refers to nothing/],
    ['an unknown key', 'category: industry', 'category: industry\nauthor: 某人', /Unrecognized key: "author"/],
    ['an unknown key of a section', '    tags: [人才]', '    tag: [人才]', /sections\.0: Unrecognized key: "tag"/],
    ['an unknown category', 'category: industry', 'category: sports', /category: Invalid option/],
    ['an unknown kind', 'kind: policy', 'kind: poem', /kind: /],
    [
      'an id that cannot travel in a button',
      'id: park-rules',
      'id: Park Rules',
      /id: expected 1–40 lower-case letters, digits and hyphens/,
    ],
    ['a date that is none', 'issuedOn: 2024-03-01', 'issuedOn: 1 March', /issuedOn: expected a date as YYYY-MM-DD/],
    ['an address that is none', 'url: https://example.org/rules', 'url: javascript:alert(1)', /url: /],
    [
      'metadata of a section the text does not have',
      'number: 2',
      'number: 7',
      /front matter speaks of section 7, which the text does not have\.$/,
    ],
    [
      'an "about" that does not quote the text',
      'about: 每人补贴3万元',
      'about: 每人补贴5万元',
      /expected "about" to quote .* "每人补贴5万元" is not in it\.$/,
    ],
    ['a section number that comes twice', '### 2. 人才', '### 1. 人才', /expected each section number once, found 1 again\.$/],
    ['a section without text', '为了发展。', '', /section "目的" has no text\.$/],
  ])('%s', (_, from, to, reason) => {
    const source = change(from, to);
    const load = () => parseRecord(source, 'policies/a.md');
    expect(load).toThrow(expect.objectContaining({ code: 'KNOWLEDGE_UNREADABLE' }));
    expect(load).toThrow(reason);
    expect(load).toThrow(/^policies\/a\.md:\d+: /);
  });

  it.each([
    ['author: 某人', 'category: industry', 'category: industry\nauthor: 某人'],
    ['number: 7', 'number: 2', 'number: 7'],
    ['about: 每人补贴5万元', 'about: 每人补贴3万元', 'about: 每人补贴5万元'],
    ['### 1. 人才', '### 2. 人才', '### 1. 人才'],
    ['### 1. 目的', '为了发展。', ''],
    ['issuedOn: 1 March', 'issuedOn: 2024-03-01', 'issuedOn: 1 March'],
  ])('the line told is that of %s', (piece, from, to) => {
    const source = change(from, to);
    // An unknown key is told at the head of what holds it.
    const line = piece.startsWith('author') ? 2 : lineOf(source, piece);
    expect(() => parseRecord(source, 'a.md')).toThrow(new RegExp(`^a\\.md:${line}: `));
  });

  it('metadata given twice for a section', () => {
    const source = change('sections:\n', 'sections:\n  - number: 2\n    tags: [甲甲]\n');
    expect(() => parseRecord(source, 'a.md')).toThrow(/^a\.md:16: front matter speaks of section 2 a second time\.$/);
  });

  it('no front matter', () => {
    expect(() => parseRecord('# 园区办法\n\n正文。', 'a.md')).toThrow(
      'a.md:1: expected front matter between two lines "---" at the top, found none.',
    );
  });

  it('no text', () => {
    expect(() => parseRecord(PROCEDURE.slice(0, PROCEDURE.indexOf('## 条件')), 'a.md')).toThrow(
      /^a\.md:\d: expected text below the front matter/,
    );
  });
});
