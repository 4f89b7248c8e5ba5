import type { AdminStore, EvaluationRun, EvaluationSummary } from '../admin/store.ts';
import { addAudit } from './audit-log.ts';
import { cleanRow, cleanText, fromJson, toJson } from './clean.ts';
import type { Database } from './database.ts';

interface RunRow {
  readonly id: string;
  readonly at_ms: number;
  readonly user_id: string | null;
  readonly library_version: number;
  readonly summary: string;
}

const COLUMNS = ['id', 'at_ms', 'user_id', 'library_version', 'summary'] as const;

const runOf = (row: RunRow): Omit<EvaluationRun, 'results'> => ({
  id: row.id,
  atMs: row.at_ms,
  userId: row.user_id,
  libraryVersion: row.library_version,
  summary: fromJson(row.summary) as EvaluationSummary,
});

export const evaluationRuns = ({ run, transact }: Database): Pick<AdminStore, 'saveEvaluation' | 'evaluations' | 'evaluation'> => ({
  saveEvaluation: ({ id, atMs, userId, libraryVersion, summary, results }, audit) =>
    transact(async (tx) => {
      const row = { id, at_ms: atMs, user_id: userId, library_version: libraryVersion, summary: toJson(summary), results };
      await tx.insertInto('evaluation_runs').values(cleanRow(row)).execute();
      await addAudit(tx, audit);
    }),
  evaluations: (limit) =>
    run(async (db) => {
      const latest = db.selectFrom('evaluation_runs').select(COLUMNS).orderBy('at_ms', 'desc').orderBy('seq', 'desc').limit(limit);
      return (await latest.execute()).map(runOf);
    }),
  evaluation: (id) =>
    run(async (db) => {
      const byId = db
        .selectFrom('evaluation_runs')
        .select([...COLUMNS, 'results'])
        .where('id', '=', cleanText(id));
      const row = await byId.executeTakeFirst();
      return row ? { ...runOf(row), results: row.results } : null;
    }),
});
