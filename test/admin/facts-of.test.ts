import { describe, expect, it } from 'vitest';
import { factsOf } from '../../src/admin/http/facts-of.ts';
import { readText } from '../../src/knowledge/text-source.ts';
import { faqSource } from './sources.ts';

const POLICY = `---
kind: policy
id: award
title: 升规奖励办法
category: subsidy
documentNumber: 云开管〔2026〕3号
facts:
  amount: 每家10万元
  applyUntil: 2026-12-31
---
## 1. 奖励
给予一次性奖励10万元。
`;

describe('what a document says about itself', () => {
  it('is told of a policy with what it grants', () => {
    const facts = factsOf(readText(POLICY, 'policy').record!);
    expect(facts[0]).toBe('文号：云开管〔2026〕3号');
    expect(facts.join('\n')).toMatch(/扶持金额.*每家10万元/);
    expect(facts.join('\n')).toMatch(/申报时间.*截至2026-12-31/);
  });

  it('is nothing where nothing is stated', () => {
    expect(factsOf(readText(faqSource('loan', '贷款？'), 'faq').record!)).toEqual([]);
  });
});
