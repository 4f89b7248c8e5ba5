import { AppError } from '../../domain/errors.ts';
import {
  type ImportPlan,
  type PlannedRecord,
  placeOf,
  planImport,
  type PlanOptions,
  type SourceFile,
} from '../../knowledge/import/index.ts';
import { auditOf } from '../audit.ts';
import { type KeptPlan, requireCurrent } from '../plans.ts';
import { shelfOf } from '../shelf.ts';
import { factsOf } from './facts-of.ts';
import { jobView } from './job-view.ts';
import { route } from './route.ts';
import { importApplied, importApply, type importPlan, importRequest, job, type View } from './schemas.ts';
import { editorOf } from './who.ts';

export const importRoutes = [
  route(
    'editor',
    'post',
    '/imports',
    { summary: 'Read uploaded files and plan what would become of the library. Nothing is written.', body: importRequest, answer: job },
    async ({ who, body }, { uploads, texts, jobs, plans, newId }) => {
      const files: SourceFile[] = [...new Set(body.uploads)].map((id) => uploads.get(who.user.id, id));
      const options: PlanOptions = {
        ...(body.category === null ? {} : { category: body.category }),
        ...(body.issuingBody === null || body.issuingBody.trim() === '' ? {} : { issuingBody: body.issuingBody.trim() }),
        ...(body.year === null ? {} : { year: body.year }),
      };
      return jobView(
        jobs.start(who.user.id, 'import', async (signal, onProgress) => {
          const plan = await planImport(files, await shelfOf(texts), {
            ...options,
            signal,
            onProgress: ({ done, total, file }) => onProgress({ done, total, note: file === '' ? '正在比对知识库' : `正在读取 ${file}` }),
          });
          signal.throwIfAborted();
          const kept: KeptPlan = { id: newId(), plan, files: files.map(({ name }) => name), state: 'open' };
          plans.put(kept.id, who.user.id, kept);
          return planView(kept);
        }),
      );
    },
  ),
  route(
    'editor',
    'post',
    '/imports/:id/apply',
    { summary: 'Make every document of a plan a draft, or none.', body: importApply, answer: importApplied },
    async ({ who, body, param }, { plans, texts, editorial, store, now }) => {
      const kept = plans.get(param('id'), who.user.id);
      const { plan, files } = kept;
      if (!canApply(plan))
        throw new AppError('IMPORT_PROBLEMS', '有需要改正的问题，没有导入任何内容。', { hint: '请按列出的位置改正后重新导入。' });
      if (kept.state !== 'open') throw new AppError('NOT_POSSIBLE', '这份导入计划已经执行。', { hint: '请在文件列表中查看草稿。' });
      // Marked before anything waits: a second click finds it taken.
      kept.state = 'applying';
      try {
        requireCurrent(plan, await shelfOf(texts));
        const made = [...plan.created, ...plan.changed].map(({ id, markdown, origin }) => ({
          textId: id,
          source: markdown,
          note: `导入自 ${origin.file}`,
          origin: 'import' as const,
        }));
        const written = await editorial.createAll(editorOf(who), made, { submit: body.submit });
        kept.state = 'applied';
        const detail = { files: files.join('、').slice(0, 500), drafts: written.length, submitted: body.submit };
        await store.addAudit(auditOf(who.actor, now(), 'import.applied', null, detail));
        return { drafts: written.map(({ text, revision }) => ({ textId: text.id, number: revision.number, title: text.title })) };
      } finally {
        if (kept.state === 'applying') kept.state = 'open';
      }
    },
  ),
];

const canApply = ({ created, changed, problems }: ImportPlan): boolean =>
  created.length + changed.length > 0 && problems.every(({ severity }) => severity !== 'error');

const placeIn = ({ file, sheet, row }: PlannedRecord['origin']): string =>
  [file, sheet === null ? null : `工作表“${sheet}”`, row === null ? null : `第 ${row} 行`].filter((piece) => piece !== null).join(' · ');

function plannedView({ id, record, origin }: PlannedRecord, differences: readonly string[]): View<typeof importPlan>['created'][number] {
  const { title, kind, sections } = record;
  return { id, title, kind, origin: placeIn(origin), sections: sections.length, facts: factsOf(record), differences: [...differences] };
}

function planView({ id, plan }: KeptPlan): View<typeof importPlan> {
  return {
    id,
    created: plan.created.map((record) => plannedView(record, [])),
    changed: plan.changed.map((record) => plannedView(record, record.differences)),
    skipped: plan.skipped.map(({ id, title, origin }) => ({ id, title, origin: placeIn(origin) })),
    problems: plan.problems.map((problem) => ({ severity: problem.severity, place: placeOf(problem), message: problem.message })),
    canApply: canApply(plan),
  };
}
