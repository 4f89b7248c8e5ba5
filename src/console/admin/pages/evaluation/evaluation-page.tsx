import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useCallback } from 'react';
import { Link, useNavigate } from 'react-router';
import { useSignedIn } from '../../api/session.ts';
import { EVALUATIONS_KEY, fetchEvaluations, startEvaluation } from '../../api/work.ts';
import { Fault } from '../../shared/fault.tsx';
import { JobProgress } from '../../shared/job-progress.tsx';
import { useJob } from '../../shared/jobs.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { mayActAs } from '../../words/names.ts';
import { RunTable } from './run-table.tsx';
import { SummaryFigures } from './summary-figures.tsx';

const HistoryChart = lazy(async () => ({ default: (await import('./history-chart.tsx')).HistoryChart }));

/** Runs the question set, and shows how its results went over time. */
export function EvaluationPage() {
  const { role } = useSignedIn().user;
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useQuery({ queryKey: EVALUATIONS_KEY, queryFn: fetchEvaluations });
  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: EVALUATIONS_KEY });
    void client.invalidateQueries({ queryKey: ['overview'] });
  }, [client]);
  const work = useJob('evaluation', refresh);
  return (
    <PageFrame
      title="评测"
      intro="用题集把每道题都问一遍，看答得对不对。内容或词典改动后运行一次，好坏一目了然。"
      actions={
        <>
          <Button onClick={() => void navigate('/evaluation/questions')}>题集</Button>
          {mayActAs(role, 'editor') && (
            <Button type="primary" disabled={work.isRunning} onClick={() => work.start(startEvaluation)}>
              运行评测
            </Button>
          )}
        </>
      }
    >
      <Fault error={work.error} />
      <JobProgress job={work.job} label="评测" onCancel={work.cancel} />
      <Loaded query={query} rows={8}>
        {({ items }) => {
          const [latest] = items;
          if (latest === undefined) return <Nothing words="还没有运行过评测" />;
          return (
            <>
              <Panel title="最近一次" extra={<Link to={`/evaluation/${latest.id}`}>逐题查看</Link>}>
                <SummaryFigures summary={latest.summary} />
              </Panel>
              {items.length > 1 && (
                <Panel title="历次变化">
                  <Suspense fallback={<div className="chart" />}>
                    <HistoryChart items={items} />
                  </Suspense>
                </Panel>
              )}
              <Panel title="历次评测">
                <RunTable items={items} />
              </Panel>
            </>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}
