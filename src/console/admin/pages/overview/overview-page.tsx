import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Overview } from '../../api/types.ts';
import { fetchOverview, OVERVIEW_KEY } from '../../api/work.ts';
import { EventList } from '../../shared/event-list.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { Attention } from './attention.tsx';
import { ChannelStates } from './channel-states.tsx';
import { Figures } from './figures.tsx';
import { LastEvaluation } from './last-evaluation.tsx';

const REFRESH_MS = 30_000;

/** How the house is, and what waits to be done. */
export function OverviewPage() {
  const query = useQuery({ queryKey: OVERVIEW_KEY, queryFn: fetchOverview, refetchInterval: REFRESH_MS });
  return (
    <PageFrame title="概览">
      <Loaded query={query} rows={8}>
        {(overview) => <Everything overview={overview} />}
      </Loaded>
    </PageFrame>
  );
}

function Everything({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <Figures overview={overview} />
      <div className="columns columns-even">
        <Attention overview={overview} />
        <ChannelStates overview={overview} />
        <LastEvaluation item={overview.lastEvaluation} />
        <Panel title="最近变动" extra={<Link to="/texts">全部文档</Link>}>
          <EventList entries={overview.recent} />
        </Panel>
      </div>
    </>
  );
}
