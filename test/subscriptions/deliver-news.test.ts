import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { LibraryRecord } from '../../src/domain/record.ts';
import { renderText } from '../../src/domain/render.ts';
import { noteNews, tellNews } from '../../src/subscriptions/deliver-news.ts';
import { CONCIERGE_GUIDE, FAIR_POLICY, recordOf } from '../support/records.ts';
import { openNews } from './news-house.ts';

const ALL = { scope: 'all', value: '' } as const;
const SUBSIDY = { scope: 'category', value: 'subsidy' } as const;
const TALENT = { scope: 'category', value: 'talent' } as const;
const talent = (id: string, facts = ''): LibraryRecord =>
  recordOf(`id: ${id}\nkind: policy\ntitle: 人才办法 ${id}\ncategory: talent\n${facts}`, '### 1. 落户\n\n给予落户。');
const at = (iso: string): number => Date.parse(`${iso}:00+08:00`);

let news: Awaited<ReturnType<typeof openNews>>;
beforeEach(async () => {
  news = await openNews();
  onTestFinished(news.close);
});

/** The library becomes this; what is news is noted and told. @returns what goes out, by chat */
async function publish(records: readonly LibraryRecord[], nowMs = news.house.nowMs): Promise<string[]> {
  Object.assign(news.house, { records, nowMs });
  await noteNews(news.options);
  await tellNews(news.options);
  return (await news.queued()).map(({ address, message }) => `${address.chatId}: ${message.title}\n${renderText(message)}`);
}

describe('a library looked through for the first time', () => {
  it('is taken stock of: nobody is told what has been there all along', async () => {
    await news.subscribe({ topic: ALL });
    expect(await publish([FAIR_POLICY, talent('old', 'facts: { applyUntil: 2026-11-25 }')])).toEqual([]);
    expect(await news.store.newsReports(10)).toEqual([]);
  });
});

describe('what is published', () => {
  beforeEach(async () => {
    await publish([]);
  });

  it('is told once, in one card, to whom it concerns', async () => {
    await news.subscribe({ topic: SUBSIDY });
    await news.subscribe({ topic: ALL }, 'chat-2');
    await news.subscribe({ topic: SUBSIDY }, 'chat-2');
    await news.subscribe({ topic: TALENT }, 'chat-3');
    const [first, second, ...others] = await publish([FAIR_POLICY]);
    expect(first).toContain('chat-1: 新政策发布\n【新发布】小镇支持企业参展若干措施（2026年）\n');
    expect(first).toContain('每家最高10万元；申报时间2026-03-01至2026-10-31；小镇商务局');
    expect(first).toContain('（因为您订阅了“补贴与奖励”）');
    expect(second).toContain('chat-2: 新政策发布');
    expect(others).toEqual([]);
    expect(await publish([FAIR_POLICY])).toEqual([]);
    expect(await publish([])).toEqual([]);
    // Withdrawn and published again, it is the same text.
    expect(await publish([FAIR_POLICY])).toEqual([]);
    expect(await news.store.newsReports(10)).toMatchObject([
      { news: { documentId: 'fair-2026' }, waiting: 0, onTheWay: 0, sent: 2, failed: 0 },
    ]);
  });

  it('is told by one of several processes', async () => {
    await news.subscribe({ topic: ALL });
    news.house.records = [FAIR_POLICY, CONCIERGE_GUIDE];
    expect((await Promise.all([noteNews(news.options), noteNews(news.options)])).reduce((sum, count) => sum + count)).toBe(2);
    expect((await Promise.all([tellNews(news.options), tellNews(news.options)])).reduce((sum, count) => sum + count)).toBe(1);
    expect(await news.queued()).toHaveLength(1);
  });

  it('comes together when there is much of it, and can be opened', async () => {
    await news.subscribe({ topic: ALL });
    const many = Array.from({ length: 12 }, (_, index) => talent(`t${index}`));
    news.house.records = many;
    await noteNews(news.options);
    await tellNews(news.options);
    const [card, ...others] = await news.queued();
    expect(others).toEqual([]);
    expect(card!.message.title).toBe('12 条政策消息');
    expect(renderText(card!.message)).toContain('还有 2 条，请发送 /topics 按主题查看');
    expect(card!.message.buttons.slice(0, 4).map(([button]) => button!.action)).toEqual(
      many.slice(0, 4).map(({ id }) => ({ kind: 'choose', documentId: id, section: 1 })),
    );
    expect(card!.message.buttons.at(-1)!.map(({ label }) => label)).toEqual(['改为每天汇总', '退订“全部政策”']);
  });

  it('leaves out answers of staff and what repeats a policy', async () => {
    await news.subscribe({ topic: ALL });
    const faq = recordOf('id: faq\nkind: faq\ntitle: 班车几点发车？\ncategory: livelihood', '七点。');
    expect(await publish([faq, { ...CONCIERGE_GUIDE, derivedFrom: ['plan#1'] }])).toEqual([]);
  });

  it('waits for the morning, or for the digest of the day', async () => {
    await news.subscribe({ topic: ALL });
    await news.subscribe({ topic: ALL, pace: 'daily' }, 'chat-2');
    expect(await publish([FAIR_POLICY], at('2026-11-23T22:00'))).toEqual([]);
    expect(await publish([FAIR_POLICY, talent('late')], at('2026-11-23T23:00'))).toEqual([]);
    expect(await news.store.newsReports(1)).toMatchObject([{ waiting: 2 }]);
    const morning = await publish(news.house.records, at('2026-11-24T08:00'));
    expect(morning.map((text) => text.split('\n')[0])).toEqual(['chat-1: 2 条政策消息']);
    expect(await publish(news.house.records, at('2026-11-24T08:59'))).toEqual([]);
    const daily = await publish(news.house.records, at('2026-11-24T09:00'));
    expect(daily.map((text) => text.split('\n')[0])).toEqual(['chat-2: 2 条政策消息']);
  });

  it('is told to nobody who has unsubscribed or after it was withdrawn', async () => {
    const { id } = await news.subscribe({ topic: ALL });
    await news.subscribe({ topic: SUBSIDY }, 'chat-2');
    await publish([FAIR_POLICY], at('2026-11-23T22:00'));
    await news.store.unsubscribe(id);
    expect(await publish([], at('2026-11-24T10:00'))).toEqual([]);
    expect(await publish([FAIR_POLICY], at('2026-11-24T11:00'))).toEqual([]);
  });
});

describe('a deadline', () => {
  const dated = talent('dated', 'facts: { applyUntil: 2026-12-31, beneficiaries: 博士 }');

  it('is told 30, 7 and 1 days before, however seldom anybody looks, and never after', async () => {
    await publish([], at('2026-11-20T10:00'));
    await news.subscribe({ topic: TALENT });
    const told: string[] = [];
    for (let day = at('2026-11-21T10:00'); day <= at('2027-01-02T10:00'); day += 86_400_000) {
      for (const text of await publish([dated], day)) told.push(`${new Date(day).toISOString().slice(5, 10)} ${text.split('\n')[1]}`);
    }
    expect(told).toEqual([
      '11-21 【新发布】人才办法 dated',
      '12-01 【申报还有 30 天截止】人才办法 dated',
      '12-24 【申报还有 7 天截止】人才办法 dated',
      '12-30 【申报明天截止】人才办法 dated',
    ]);
  });

  it('that was passed while the house was closed is told as it stands now, once', async () => {
    await publish([dated], at('2026-11-20T10:00'));
    await news.subscribe({ topic: TALENT });
    const late = await publish([dated], at('2026-12-29T10:00'));
    expect(late).toHaveLength(1);
    expect(late[0]).toContain('申报即将截止\n【申报还有 2 天截止】');
    expect(late[0]).toContain('博士；申报时间截至2026-12-31');
    expect(await publish([dated], at('2026-12-31T22:00'))).toEqual([]);
    // Noted in the night, over by the morning.
    expect(await publish([dated], at('2027-01-01T09:00'))).toEqual([]);
    expect(await news.store.newsReports(10)).toHaveLength(1);
  });

  it('that is near already is said along with the publication', async () => {
    await publish([]);
    await news.subscribe({ topic: TALENT });
    const soon = talent('soon', 'facts: { applyUntil: 2026-11-25 }');
    expect(await publish([soon])).toHaveLength(1);
    expect(await publish([soon])).toEqual([]);
    expect((await publish([soon], at('2026-11-24T10:00')))[0]).toContain('明天截止');
  });

  it('that is put off is told anew', async () => {
    await publish([dated], at('2026-12-24T10:00'));
    await news.subscribe({ topic: TALENT });
    const putOff = talent('dated', 'facts: { applyUntil: 2027-01-10 }');
    expect((await publish([putOff], at('2026-12-25T10:00')))[0]).toContain('还有 16 天截止');
  });
});
