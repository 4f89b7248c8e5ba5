import { AppError } from '../domain/errors.ts';
import type { ImportPlan, Shelf } from '../knowledge/import/index.ts';

/** A plan kept until it is applied. */
export interface KeptPlan {
  readonly id: string;
  readonly plan: ImportPlan;
  /** Names of the files it was made from. */
  readonly files: readonly string[];
  state: 'open' | 'applying' | 'applied';
}

/** @throws {AppError} `STALE` when the library is not any more what the plan was made for */
export function requireCurrent(plan: ImportPlan, shelf: Shelf): void {
  const sources = new Map(shelf.map(({ record, source }) => [record.id, source]));
  const moved = [
    ...plan.created.filter(({ id }) => sources.has(id)),
    ...plan.changed.filter(({ id, before }) => sources.get(id) !== before),
  ];
  if (moved.length === 0) return;
  throw new AppError('STALE', `知识库在此期间有改动（${moved.map(({ record }) => `“${record.title}”`).join('、')}），没有导入任何内容。`, {
    hint: '请重新生成导入计划。',
  });
}
