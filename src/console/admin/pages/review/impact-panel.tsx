import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback } from 'react';
import { refreshTexts, startImpact } from '../../api/texts.ts';
import type { RevisionView } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { JobProgress } from '../../shared/job-progress.tsx';
import { useJob } from '../../shared/jobs.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { useSignedIn } from '../../api/session.ts';
import { mayActAs } from '../../words/names.ts';
import { moment } from '../../words/time.ts';
import { ImpactResult } from './impact-result.tsx';

/** What publishing would do to the answers of the question set: worked out on request, kept with the revision. */
export function ImpactPanel({ view: { revision, impact } }: { readonly view: RevisionView }) {
  const client = useQueryClient();
  const { role } = useSignedIn().user;
  const refresh = useCallback(() => void refreshTexts(client), [client]);
  const work = useJob(`impact:${revision.textId}:${revision.number}`, refresh);
  const isOpen = ['draft', 'in-review', 'scheduled'].includes(revision.state) && mayActAs(role, 'editor');
  return (
    <Panel
      title="影响"
      intro="用评测题集分别按现在的内容和这次修订各答一遍，列出答案会变的题。"
      extra={
        isOpen && (
          <Button
            type={impact === null ? 'primary' : 'default'}
            disabled={work.isRunning}
            onClick={() => work.start(() => startImpact(revision.textId, revision.number))}
          >
            {impact === null ? '计算影响' : '重新计算'}
          </Button>
        )
      }
    >
      <Fault error={work.error} />
      <JobProgress job={work.job} label="计算影响" onCancel={work.cancel} />
      {impact !== null && (
        <>
          <p className="quiet gap-below">算于 {moment(impact.atMs)}</p>
          <ImpactResult impact={impact} />
        </>
      )}
      {impact === null && !work.isRunning && <Nothing words={isOpen ? '还没有计算。算过才能发布。' : '没有留下影响的记录'} />}
    </Panel>
  );
}
