import { AppError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { createKept } from './kept.ts';
import type { LongWork } from './services.ts';

const KEEP_MS = 3_600_000;
const MOST_RUNNING = 3;
const MOST_KEPT = 30;

export type JobKind = 'import' | 'impact' | 'evaluation' | 'doctor';

/** Long work as its owner sees it. */
export interface JobView {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number;
  readonly note: string;
  readonly result: unknown;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

/** Long work of this process, each piece for who started it. Kept for an hour; gone when the process ends. */
export interface Jobs {
  /** @throws {AppError} `RATE_LIMITED` when three of the owner's are running */
  start(ownerId: string, kind: JobKind, work: LongWork<unknown>): JobView;
  /** @throws {AppError} `NOT_FOUND`, also for another's */
  get(ownerId: string, id: string): JobView;
  /** Tells the work to stop; what has ended already stays as it is. */
  cancel(ownerId: string, id: string): JobView;
  /** Cancels all. */
  stop(): void;
}

interface Job {
  view: JobView;
  readonly controller: AbortController;
}

export function createJobs({ now, newId, log }: { readonly now: () => number; readonly newId: () => string; readonly log: Log }): Jobs {
  const kept = createKept<Job>({ keepMs: KEEP_MS, now, most: MOST_KEPT, isIdle: ({ view }) => view.state !== 'running' });

  const cancel = (job: Job): void => {
    if (job.view.state !== 'running') return;
    job.view = { ...job.view, state: 'cancelled', note: '已取消' };
    job.controller.abort(new Error('The job was cancelled'));
  };

  /** A job that was cancelled stays so, whatever its work still says. */
  const update = (job: Job, change: Partial<JobView>): void => {
    if (job.view.state === 'running') job.view = { ...job.view, ...change };
  };

  const run = async (job: Job, work: LongWork<unknown>): Promise<void> => {
    try {
      const result = await work(job.controller.signal, (progress) => update(job, progress));
      update(job, { state: 'done', done: job.view.total, note: '已完成', result });
    } catch (thrown) {
      if (job.view.state === 'cancelled') return;
      if (!(thrown instanceof AppError)) log.error({ jobId: job.view.id, kind: job.view.kind, err: thrown }, 'a job failed');
      const { code, message, hint } =
        thrown instanceof AppError ? thrown : new AppError('INTERNAL', '任务没有完成。', { hint: '请稍后重试；仍不成功请查看日志。' });
      update(job, { state: 'failed', note: '没有完成', error: { code, message, hint } });
    }
  };

  return {
    start(ownerId, kind, work) {
      const running = kept.all(ownerId).filter(({ view }) => view.state === 'running');
      if (running.length >= MOST_RUNNING) {
        throw new AppError('RATE_LIMITED', `您已有 ${MOST_RUNNING} 个任务在运行。`, { hint: '请等待其中一个完成，或先取消一个。' });
      }
      const view: JobView = { id: newId(), kind, state: 'running', done: 0, total: 0, note: '正在准备', result: null, error: null };
      const job: Job = { view, controller: new AbortController() };
      kept.put(view.id, ownerId, job);
      void run(job, work);
      return view;
    },
    get: (ownerId, id) => kept.get(id, ownerId).view,
    cancel(ownerId, id) {
      const job = kept.get(id, ownerId);
      cancel(job);
      return job.view;
    },
    stop() {
      for (const job of kept.all()) cancel(job);
    },
  };
}
