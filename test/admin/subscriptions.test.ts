import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/domain/subscription.ts';
import { actionsIn, startAdmin } from './harness.ts';
import { subscriptionOf as subscription } from '../support/subscriptions.ts';

const AT_MS = 1_700_000_000_000;

describe('subscriptions', () => {
  it('are counted by topic and channel, and nobody is named', async () => {
    const admin = await startAdmin();
    const viewer = await admin.signedIn('viewer');
    expect((await viewer.get('/subscriptions')).body).toEqual({ topics: [], news: [] });
    const { subscriptions } = admin;
    for (const [id, part] of Object.entries<Partial<Subscription>>({
      s1: {},
      s2: { channel: 'feishu' },
      s3: {},
      s4: { topic: { scope: 'region', value: '晋江市' } },
    })) {
      await subscriptions.subscribe(subscription(id, part));
    }
    const news = { key: 'published:berth', kind: 'published', documentId: 'berth', title: '安家办法', atMs: AT_MS } as const;
    const { channel, address } = subscription('s1', {});
    await subscriptions.addNews(news, [{ newsKey: news.key, channel, address, subscriptionId: 's1', dueAtMs: AT_MS }]);

    const { body } = await viewer.get('/subscriptions');
    expect(body).toEqual({
      topics: [
        { scope: 'category', value: 'talent', name: '人才政策', channels: { telegram: 2, feishu: 1 }, count: 3 },
        { scope: 'region', value: '晋江市', name: '晋江市', channels: { telegram: 1 }, count: 1 },
      ],
      news: [{ ...news, waiting: 1, onTheWay: 0, sent: 0, failed: 0 }],
    });
    expect(JSON.stringify(body)).not.toMatch(/chat-s|asker/);
  });

  it('have hours that admins set, and that are noted', async () => {
    const admin = await startAdmin();
    const [viewer, boss] = [await admin.signedIn('viewer'), await admin.signedIn('admin')];
    expect((await viewer.get('/news-hours')).body).toEqual({ quietFrom: '21:00', quietUntil: '08:00', dailyAt: '09:00' });
    const hours = { quietFrom: '22:30', quietUntil: '07:00', dailyAt: '10:00' };
    expect((await viewer.request('put', '/news-hours', { body: hours })).status).toBe(403);
    expect((await boss.request('put', '/news-hours', { body: { ...hours, dailyAt: '25:00' } })).status).toBe(400);
    expect((await boss.request('put', '/news-hours', { body: hours })).body).toEqual(hours);
    expect((await viewer.get('/news-hours')).body).toEqual(hours);
    expect(await actionsIn(admin)).toContain('setting.changed setting:news-hours');
  });
});
