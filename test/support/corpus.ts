import { type Answerer, createAnswerer } from '../../src/answering/answerer.ts';
import { allInForce } from '../../src/answering/state.ts';
import { buildCorpus, type Corpus, type Knowledge } from '../../src/answering/corpus.ts';
import type { LibraryRecord } from '../../src/domain/record.ts';
import { type Library, readLibrary } from '../../src/knowledge/library.ts';
import { parseRecord } from '../../src/knowledge/markdown.ts';

/** A policy small enough to hold in one's head: parts, an opening, bound and unbound alternate questions, a section of many sentences. */
const SMALL_POLICY = `---
id: small-plan
kind: policy
title: 小镇年度计划
issuingBody: 小镇管委会
year: 2024
category: industry
sections:
  - number: 1
    category: financing
    tags: [融资, 白名单]
    questions:
      - 企业缺钱怎么办
      - about: 列入融资“白名单”
        ask: [融资白名单怎么进, 白名单是什么]
  - number: 2
    category: [subsidy, industry]
    tags: [参展, 外贸]
    questions: [参展有补贴吗]
  - number: 3
    category: livelihood
    tags: [欠薪, 劳资纠纷]
    questions: [老板拖欠工资怎么办]
---
# 小镇年度计划

今年小镇继续推进高质量发展。

## 一、发展经济

### 1. 优化金融服务

畅通政银企对接渠道。推动符合条件企业列入融资“白名单”,扩大技改贷投放规模。密切关注金融风险。

### 2. 提升外贸外资

及时落实兑现参展政策,支持企业参加境内外知名展会。参展奖励每家5万元。

## 二、改善民生

### 3. 优化就业环境

举办新春招聘活动。优化欠薪治理模式,及时化解劳资纠纷。设立养老专项资金。
`;

/** A knowledge of one small policy; `change` rewrites its source. */
export function smallKnowledge(change: (source: string) => string = (source) => source): Knowledge {
  return {
    records: [parseRecord(change(SMALL_POLICY), 'policies/small-plan.md')],
    lexicon: ['白名单', '技改贷'],
    thesaurus: [{ official: ['欠薪', '劳资纠纷'], colloquial: ['拖欠工资', '不发工资'], ambiguous: [] }],
    english: new Map([['whitelist', ['白名单']]]),
  };
}

export const smallCorpus = (change?: (source: string) => string): Corpus => buildCorpus(smallKnowledge(change));

/** An answerer over the small corpus. */
export const smallAnswerer = (): Answerer => {
  const corpus = smallCorpus();
  return createAnswerer(() => allInForce(corpus));
};

export interface RealLibrary {
  readonly library: Library;
  readonly corpus: Corpus;
  readonly answerer: Answerer;
}

let loading: Promise<RealLibrary> | undefined;

/** The shipped library, loaded once a test file. */
export function realLibrary(): Promise<RealLibrary> {
  loading ??= readLibrary('knowledge').then((library) => {
    const corpus = buildCorpus(library);
    return { library, corpus, answerer: createAnswerer(() => allInForce(corpus)) };
  });
  return loading;
}

/** Pieces of a quote that stand verbatim in the library: gaps between sentences are marked. */
export const quotedPieces = (quote: string): string[] => quote.split('\n…\n');

/** The section an id names. */
export function sectionOf(records: readonly LibraryRecord[], documentId: string, number: number) {
  const section = records.find(({ id }) => id === documentId)?.sections.find((candidate) => candidate.number === number);
  if (!section) throw new Error(`Expected section ${documentId}#${number} in the library, found none`);
  return section;
}
