import { get, patch, post, remove } from './client.ts';
import { sendFile } from './send-file.ts';
import type {
  DoctorReport,
  EvaluationRun,
  Evaluations,
  Explained,
  ImportApplied,
  ImportPlan,
  ImportRequest,
  Job,
  Overview,
  Settings,
  Upload,
} from './types.ts';

export const fetchJob = (id: string): Promise<Job> => get(`jobs/${encodeURIComponent(id)}`);
export const cancelJob = (id: string): Promise<unknown> => remove(`jobs/${encodeURIComponent(id)}`);

export const sendUpload = (file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<Upload> =>
  sendFile('uploads', { name: file.name }, file, onShare, signal);
export const startImport = (request: ImportRequest): Promise<Job> => post('imports', request);
export const applyImport = (id: string, submit: boolean): Promise<ImportApplied> =>
  post(`imports/${encodeURIComponent(id)}/apply`, { submit });

export const OVERVIEW_KEY = ['overview'] as const;
export const fetchOverview = (): Promise<Overview> => get('overview');
export const SETTINGS_KEY = ['settings'] as const;
export const fetchSettings = (): Promise<Settings> => get('settings');
export const changeSettings = (isSingleAdmin: boolean): Promise<Settings> => patch('settings', { isSingleAdmin });
export const startDoctor = (): Promise<Job> => post('doctor');

export const EVALUATIONS_KEY = ['evaluations'] as const;
export const fetchEvaluations = (): Promise<Evaluations> => get('evaluations');
export const fetchEvaluation = (id: string): Promise<EvaluationRun> => get(`evaluations/${encodeURIComponent(id)}`);
export const startEvaluation = (): Promise<Job> => post('evaluations');

export const explain = (question: string, draft: { readonly textId: string; readonly number: number } | null): Promise<Explained> =>
  post('explain', { question, draft });

/** What the result of a job is, by its kind. */
export interface JobResults {
  readonly import: ImportPlan;
  readonly evaluation: EvaluationRun;
  readonly doctor: DoctorReport;
}
