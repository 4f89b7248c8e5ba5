import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/domain/subscription.ts';
import { NEWS_TOPIC } from '../../src/domain/subscription.ts';
import type { News, NewsItem, SubscriptionStore } from '../../src/subscriptions/store.ts';
import { claimReplyOne, LEASE_MS, reply, T0 } from '../storage/messages.ts';
import { type OpenHandOff, type OpenHandOffStores, sendAll } from './hand-off-stores.ts';
import { subscriptionOf as subscription } from '../support/subscriptions.ts';

const news = (key: string, part: Partial<News> = {}): News => ({
  key,
  kind: 'published',
  documentId: 'doc',
  title: '人才办法 😀',
  atMs: T0,
  ...part,
});
const itemOf = (key: string, { id, channel, address }: Subscription, dueAtMs = T0): NewsItem => ({
  newsKey: key,
  channel,
  address,
  subscriptionId: id,
  dueAtMs,
});
const about = (id: string, chatId: string) => ({ ...reply(id, chatId), about: NEWS_TOPIC });

/** Subscriptions and news, on every database alike. */
export function subscriptionStoreContract(name: string, open: OpenHandOff): void {
  describe(`subscription store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    let store: SubscriptionStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.stores.subscriptions;
    });
    afterEach(() => opened.close());

    const keys = async (nowMs = T0) => (await store.dueItems(nowMs, 10)).map(({ newsKey, address }) => `${newsKey} ${address.chatId}`);

    it('gives back what was written', async () => {
      const group = subscription('s1', {
        channel: 'feishu',
        address: { chatId: 'oc_1', chatKind: 'group', threadId: 'omt_1', replyTo: null },
        topic: { scope: 'industry', value: '纺织·鞋服' },
        pace: 'daily',
      });
      expect(await store.subscribe(group)).toEqual(group);
      expect([await store.subscription('s1'), await store.subscription('s2')]).toEqual([group, null]);
      expect(await store.subscriptionsOf('feishu', { chatId: 'oc_1', threadId: 'omt_1' })).toEqual([group]);
      expect(await store.subscriptionsOf('feishu', { chatId: 'oc_1', threadId: null })).toEqual([]);
    });

    it('has a chat subscribe to a topic once; doing so again changes the pace', async () => {
      await store.subscribe(subscription('s1'));
      const again = subscription('s2', { address: subscription('s1').address, pace: 'daily' });
      expect(await store.subscribe(again)).toEqual({ ...subscription('s1'), pace: 'daily' });
      await store.subscribe({ ...again, id: 's3', topic: { scope: 'all', value: '' }, createdAtMs: T0 + 1 });
      expect((await store.subscriptionsOf('telegram', again.address)).map(({ id }) => id)).toEqual(['s1', 's3']);
      await store.changePace('s1', 'at-once');
      expect(await store.subscription('s1')).toMatchObject({ pace: 'at-once' });
    });

    it('lists all page by page, and counts them', async () => {
      for (const id of ['s3', 's1', 's2']) await store.subscribe(subscription(id));
      await store.subscribe(subscription('s4', { channel: 'feishu' }));
      expect((await store.subscriptions(null, 2)).map(({ id }) => id)).toEqual(['s1', 's2']);
      expect((await store.subscriptions('s2', 2)).map(({ id }) => id)).toEqual(['s3', 's4']);
      expect(await store.subscriptionCounts()).toEqual([
        { topic: { scope: 'category', value: 'talent' }, channel: 'telegram', count: 3 },
        { topic: { scope: 'category', value: 'talent' }, channel: 'feishu', count: 1 },
      ]);
    });

    it('notes a piece of news once, whoever does', async () => {
      const person = await store.subscribe(subscription('s1'));
      const another = (await opened.another?.())?.subscriptions ?? store;
      const tries = Array.from({ length: 8 }, (_, at) => (at % 2 ? store : another).addNews(news('n1'), [itemOf('n1', person)]));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect(await keys()).toEqual(['n1 chat-s1']);
      await store.passOver([news('n1'), news('n2')]);
      expect(await store.addNews(news('n2'), [itemOf('n2', person)])).toBe(false);
      expect(await store.knownNews(['n1', 'n2', 'n3'])).toEqual(new Set(['n1', 'n2']));
    });

    it('tells what is due, chat by chat, and once', async () => {
      const [one, two] = [await store.subscribe(subscription('s1')), await store.subscribe(subscription('s2'))];
      await store.addNews(news('n1'), [itemOf('n1', one), itemOf('n1', two, T0 + 10)]);
      await store.addNews(news('n2', { kind: 'deadline' }), [itemOf('n2', one), itemOf('n2', two, T0 + 99)]);
      expect(await keys(T0 - 1)).toEqual([]);
      const due = await store.dueItems(T0 + 10, 10);
      expect(due.map(({ newsKey, address }) => `${newsKey} ${address.chatId}`)).toEqual(['n1 chat-s1', 'n2 chat-s1', 'n1 chat-s2']);
      expect(due[1]).toMatchObject({ subscriptionId: 's1', dueAtMs: T0, news: news('n2', { kind: 'deadline' }) });
      const mine = due.slice(0, 2);
      expect(await store.sendItems(mine, [about('r1', 'chat-s1')], T0)).toBe(true);
      expect(await store.sendItems(mine, [about('r2', 'chat-s1')], T0)).toBe(false);
      expect(await keys(T0 + 99)).toEqual(['n1 chat-s2', 'n2 chat-s2']);
      expect((await sendAll(opened.stores)).map(({ id }) => id)).toEqual(['r1']);
    });

    it('tells all of a card or nothing', async () => {
      const one = await store.subscribe(subscription('s1'));
      await store.addNews(news('n1'), [itemOf('n1', one)]);
      await store.addNews(news('n2'), [itemOf('n2', one)]);
      const [first, second] = await store.dueItems(T0, 10);
      expect(await store.sendItems([first!], [about('r1', 'chat-s1')], T0)).toBe(true);
      expect(await store.sendItems([second!, first!], [about('r2', 'chat-s1')], T0)).toBe(false);
      expect(await keys()).toEqual(['n2 chat-s1']);
      await store.dropItems([second!]);
      expect(await keys()).toEqual([]);
    });

    it('tells nobody who has unsubscribed, before or while it was noted', async () => {
      const one = await store.subscribe(subscription('s1'));
      await store.addNews(news('n1'), [itemOf('n1', one)]);
      expect([await store.unsubscribe('s1'), await store.unsubscribe('s1')]).toEqual([true, false]);
      await store.addNews(news('n2'), [itemOf('n2', one)]);
      expect(await keys()).toEqual([]);
    });

    it('reports what became of each piece', async () => {
      const all = await Promise.all(['s1', 's2', 's3', 's4'].map((id) => store.subscribe(subscription(id))));
      await store.passOver([news('quiet')]);
      await store.addNews(
        news('n1'),
        all.map((each) => itemOf('n1', each)),
      );
      await store.addNews(news('n2'), [itemOf('n2', all[0]!)]);
      const due = await store.dueItems(T0, 10);
      const inChat = (id: string) => due.filter(({ address, newsKey }) => address.chatId === `chat-${id}` && newsKey === 'n1');
      for (const id of ['s1', 's2', 's3']) await store.sendItems(inChat(id), [about(`r-${id}`, `chat-${id}`)], T0);
      const settle = async (status: 'sent' | 'dead') => {
        const claim = await claimReplyOne(opened.stores, T0 + 1_000, LEASE_MS, 'telegram');
        const end = status === 'sent' ? { status, platformMessageId: 'p' } : { status, code: 'blocked' };
        await opened.stores.settleReply(claim!, end, T0 + 1_000);
      };
      await settle('sent');
      await settle('dead');
      expect((await store.newsReports(10)).map(({ news: { key }, ...counts }) => [key, counts])).toEqual([
        ['n2', { waiting: 1, onTheWay: 0, sent: 0, failed: 0 }],
        ['n1', { waiting: 1, onTheWay: 1, sent: 1, failed: 1 }],
      ]);
      expect(await store.newsReports(1)).toHaveLength(1);
    });

    it('forgets the subscriptions of a person, and leaves those of groups to the group', async () => {
      const mine = await store.subscribe(subscription('s1', { asker: 'me' }));
      await store.subscribe(
        subscription('s2', { asker: 'me', address: { chatId: 'group', chatKind: 'group', threadId: null, replyTo: null } }),
      );
      await store.addNews(news('n1'), [itemOf('n1', mine)]);
      expect(await opened.stores.privacy.erasePerson('me', T0)).toBe(1);
      expect([await store.subscription('s1'), await keys()]).toEqual([null, []]);
      expect(await store.subscription('s2')).toMatchObject({ asker: '' });
    });

    it('forgets what became of old news, and never that it was told', async () => {
      const one = await store.subscribe(subscription('s1'));
      const recentMs = Math.max(T0, Date.now());
      await store.addNews(news('old'), [itemOf('old', one, 1)]);
      await store.addNews(news('recent'), [itemOf('recent', one, recentMs)]);
      await opened.stores.purge(T0);
      expect((await store.newsReports(5)).map((report) => report.news.key)).toEqual(['recent']);
      expect(await store.knownNews(['old', 'recent'])).toEqual(new Set(['old', 'recent']));
      expect(await keys(recentMs)).toEqual(['recent chat-s1']);
    });
  });
}
