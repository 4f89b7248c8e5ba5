import { useQuery } from '@tanstack/react-query';
import { fetchSubscriptions, SUBSCRIPTIONS_KEY } from '../../api/subscriptions.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { NewsHoursPanel } from './news-hours-panel.tsx';
import { NewsPanel } from './news-panel.tsx';
import { TopicsPanel } from './topics-panel.tsx';

/** News that come closer show themselves while somebody looks on. */
const AGAIN_MS = 15_000;

/** Who is told of news, when, and what became of it. */
export function SubscriptionsPage() {
  const query = useQuery({ queryKey: SUBSCRIPTIONS_KEY, queryFn: fetchSubscriptions, refetchInterval: AGAIN_MS });
  return (
    <PageFrame
      title="订阅与推送"
      intro="用户和群在飞书或 Telegram 里发送“订阅 人才政策”即可订阅。有新政策发布，或申报截止前 30 天、7 天、1 天，各收到一张卡片。"
    >
      <Loaded query={query} rows={8}>
        {({ topics, news }) => (
          <>
            <NewsPanel news={news} />
            <TopicsPanel topics={topics} />
          </>
        )}
      </Loaded>
      <NewsHoursPanel />
    </PageFrame>
  );
}
