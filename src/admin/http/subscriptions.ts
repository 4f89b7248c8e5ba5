import { NEWS_HOURS_SETTING, readNewsHours } from '../../subscriptions/quiet-hours.ts';
import { topicName } from '../../subscriptions/topics.ts';
import { auditOf } from '../audit.ts';
import type { House } from './house.ts';
import { route } from './route.ts';
import type { View } from './schemas.ts';
import { newsHours, subscriptionReport } from './schemas-subscriptions.ts';

const MOST_NEWS = 100;

type Topics = View<typeof subscriptionReport>['topics'];

/** One line a topic, over all channels. */
async function topicsOf({ subscriptions }: House): Promise<Topics> {
  const byTopic = Map.groupBy(await subscriptions.subscriptionCounts(), ({ topic }) => `${topic.scope} ${topic.value}`);
  return [...byTopic.values()]
    .map((lines) => ({
      ...lines[0]!.topic,
      name: topicName(lines[0]!.topic),
      channels: Object.fromEntries(lines.map(({ channel, count }) => [channel, count])),
      count: lines.reduce((sum, { count }) => sum + count, 0),
    }))
    .sort((one, other) => other.count - one.count);
}

export const subscriptionRoutes = [
  route(
    'viewer',
    'get',
    '/subscriptions',
    { summary: 'What chats are subscribed to, and what became of the news.', answer: subscriptionReport },
    async (_call, house) => ({
      topics: await topicsOf(house),
      news: (await house.subscriptions.newsReports(MOST_NEWS)).map(({ news, ...report }) => ({ ...news, ...report })),
    }),
  ),
  route('viewer', 'get', '/news-hours', { summary: 'When people are told of news.', answer: newsHours }, async (_call, { store }) =>
    readNewsHours(await store.setting(NEWS_HOURS_SETTING)),
  ),
  route(
    'admin',
    'put',
    '/news-hours',
    { summary: 'When they shall be told; for news from now on.', body: newsHours, answer: newsHours, isForPeople: true },
    async ({ who, body }, { store, now }) => {
      const audit = auditOf(who.actor, now(), 'setting.changed', `setting:${NEWS_HOURS_SETTING}`, { ...body });
      await store.saveSetting(NEWS_HOURS_SETTING, JSON.stringify(body), audit);
      return body;
    },
  ),
];
