import { Alert, Button, Progress } from 'antd';
import { ApiError } from '../api/api-error.ts';
import type { Job } from '../api/types.ts';

/** How far long work is, with a way to stop it; when it has failed or was stopped, that. Nothing when it has ended well. */
export function JobProgress({ job, label, onCancel }: { readonly job: Job | null; readonly label: string; readonly onCancel: () => void }) {
  if (job === null) return null;
  if (job.state === 'failed') {
    const { code, message } = job.error ?? { code: 'INTERNAL', message: '' };
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        className="gap-below"
        title={`${label}没有完成`}
        description={new ApiError(500, code, message).message}
      />
    );
  }
  if (job.state === 'cancelled') return <Alert type="warning" showIcon role="status" className="gap-below" title={`${label}已取消`} />;
  if (job.state === 'done') return null;
  const percent = job.total > 0 ? Math.floor((job.done / job.total) * 100) : 0;
  return (
    <div className="job gap-below">
      <div className="job-words">
        <span role="status">{job.note || `${label}进行中`}</span>
        <span className="job-count">{job.total > 0 ? `${job.done} / ${job.total}` : ''}</span>
        <Button size="small" onClick={onCancel}>
          取消
        </Button>
      </div>
      <Progress percent={percent} status="active" aria-label={label} />
    </div>
  );
}
