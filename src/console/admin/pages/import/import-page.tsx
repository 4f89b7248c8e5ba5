import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Steps } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { refreshTexts } from '../../api/texts.ts';
import { applyImport, type JobResults, startImport } from '../../api/work.ts';
import { Fault } from '../../shared/fault.tsx';
import { JobProgress } from '../../shared/job-progress.tsx';
import { useJob } from '../../shared/jobs.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { useIsNarrow } from '../../shared/use-media.ts';
import { FilesStep } from './files-step.tsx';
import { Templates } from './templates.tsx';
import { PlanView } from './plan-view.tsx';

/** Files become drafts: chosen, looked at as a plan, and taken over all at once or not at all. */
export function ImportPage() {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const isNarrow = useIsNarrow();
  const [round, setRound] = useState(0);
  const work = useJob('import');
  const plan = work.job?.state === 'done' ? (work.job.result as JobResults['import']) : null;
  const applying = useMutation({
    mutationFn: ({ id, isSubmitting }: { readonly id: string; readonly isSubmitting: boolean }) => applyImport(id, isSubmitting),
    onSuccess: async ({ drafts }, { isSubmitting }) => {
      void message.success(isSubmitting ? `${drafts.length} 份已提交审核` : `已存为 ${drafts.length} 份草稿`);
      work.clear();
      await refreshTexts(client);
      void navigate(isSubmitting ? '/review' : '/review?state=draft');
    },
  });
  const again = (): void => {
    work.clear();
    applying.reset();
    setRound(round + 1);
  };
  return (
    <PageFrame title="导入" intro="把通知、办法、表格变成文档。先看计划，确认后才写入；有一处错误就什么都不写。">
      <Steps
        className="gap-below"
        size="small"
        current={plan !== null ? 2 : work.isRunning ? 1 : 0}
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        items={[{ title: '选择文件' }, { title: '读取文件' }, { title: '核对计划' }]}
      />
      <Fault error={work.error} />
      <JobProgress job={work.job} label="读取文件" onCancel={work.cancel} />
      {plan === null && !work.isRunning && (
        <>
          <FilesStep key={round} onReady={(request) => work.start(() => startImport(request))} />
          <Templates />
        </>
      )}
      {plan !== null && (
        <>
          <Fault error={applying.error} title="没有写入" />
          <PlanView
            plan={plan}
            isApplying={applying.isPending}
            onApply={(isSubmitting) => applying.mutate({ id: plan.id, isSubmitting })}
            onAgain={again}
          />
        </>
      )}
    </PageFrame>
  );
}
