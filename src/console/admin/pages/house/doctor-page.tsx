import { Button } from 'antd';
import type { DoctorReport } from '../../api/types.ts';
import { startDoctor } from '../../api/work.ts';
import { Fault } from '../../shared/fault.tsx';
import { JobProgress } from '../../shared/job-progress.tsx';
import { useJob } from '../../shared/jobs.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';
import type { Tone } from '../../words/names.ts';

const STATUS: Readonly<Record<DoctorReport['checks'][number]['status'], readonly [Tone, string]>> = {
  ok: ['good', '正常'],
  warn: ['wait', '注意'],
  fail: ['bad', '有问题'],
  skipped: ['off', '未检查'],
};

/** Looks over the installation: what works, what does not, and what to do about it. */
export function DoctorPage() {
  const work = useJob('doctor');
  const report = work.job?.state === 'done' ? (work.job.result as DoctorReport) : null;
  return (
    <PageFrame
      title="体检"
      intro="检查机器、数据库、资料、飞书和 Telegram 的配置与连接，指出问题和下一步。"
      actions={
        <Button type="primary" disabled={work.isRunning} onClick={() => work.start(startDoctor)}>
          {report === null ? '开始体检' : '重新体检'}
        </Button>
      }
    >
      <Fault error={work.error} />
      <JobProgress job={work.job} label="体检" onCancel={work.cancel} />
      {report === null && !work.isRunning && <Nothing words="还没有体检" />}
      {report !== null && (
        <Panel title={summaryOf(report)}>
          <ul className="checks">
            {report.checks.map(({ id, title, status, detail, next }) => (
              <li key={id}>
                <StateWord tone={STATUS[status][0]}>{STATUS[status][1]}</StateWord>
                <div>
                  <strong>{title}</strong>
                  <p className="quiet">{detail}</p>
                  {next !== null && <p>下一步：{next}</p>}
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </PageFrame>
  );
}

function summaryOf({ checks }: DoctorReport): string {
  const count = (wanted: string): number => checks.filter(({ status }) => status === wanted).length;
  if (count('fail') > 0) return `有 ${count('fail')} 项问题`;
  return count('warn') > 0 ? `没有问题，${count('warn')} 项要注意` : '一切正常';
}
