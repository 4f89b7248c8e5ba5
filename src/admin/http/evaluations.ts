import { auditOf } from '../audit.ts';
import type { QuestionOutcome } from '../services.ts';
import type { EvaluationRun } from '../store.ts';
import { notFound } from './errors.ts';
import { jobView } from './job-view.ts';
import { namesOf } from './names.ts';
import { route } from './route.ts';
import { type evaluationItem, evaluationRun, evaluations, job, type View } from './schemas.ts';

const LISTED = 50;

export const itemOf = (run: Omit<EvaluationRun, 'results'>, nameOf: (userId: string | null) => string): View<typeof evaluationItem> => {
  const { id, atMs, userId, libraryVersion, summary } = run;
  return { id, atMs, by: nameOf(userId), libraryVersion, summary: { ...summary } };
};

export const evaluationRoutes = [
  route(
    'viewer',
    'get',
    '/evaluations',
    { summary: 'The runs of the question set, the latest first.', answer: evaluations },
    async (_call, { store }) => {
      const [runs, nameOf] = await Promise.all([store.evaluations(LISTED), namesOf(store)]);
      return { items: runs.map((run) => itemOf(run, nameOf)) };
    },
  ),
  route(
    'viewer',
    'get',
    '/evaluations/:id',
    { summary: 'A run, question by question.', answer: evaluationRun },
    async ({ param }, { store }) => {
      const run = await store.evaluation(param('id'));
      if (run === null) throw notFound('没有这次评测。');
      return { item: itemOf(run, await namesOf(store)), results: JSON.parse(run.results) as QuestionOutcome[] };
    },
  ),
  route(
    'editor',
    'post',
    '/evaluations',
    { summary: 'Ask the question set of the library in service.', answer: job },
    async ({ who }, { library, store, jobs, newId, now }) =>
      jobView(
        jobs.start(who.user.id, 'evaluation', async (signal, onProgress) => {
          const libraryVersion = library.version();
          const { summary, results } = await library.evaluate()(signal, onProgress);
          const run: EvaluationRun = {
            id: newId(),
            atMs: now(),
            userId: who.user.id,
            libraryVersion,
            summary,
            results: JSON.stringify(results),
          };
          const detail = { asked: summary.asked, firstRight: summary.firstRight, libraryVersion };
          await store.saveEvaluation(run, auditOf(who.actor, now(), 'evaluation.run', `evaluation:${run.id}`, detail));
          return { item: itemOf(run, () => who.user.displayName), results };
        }),
      ),
  ),
];
