import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { ImportPlan, PlannedChange, PlannedRecord } from './plan-types.ts';
import type { Problem } from './problem.ts';

export const hasErrors = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === 'error');

/** One file on its way into the library. */
interface Step {
  readonly target: string;
  readonly staged: string;
  /** Where the file it replaces is kept until all is done; null for a new file. */
  readonly backup: string | null;
  readonly markdown: string;
}

/**
 * Writes what a plan says, all or nothing: every file is first written beside its place, then all are moved in; on any fault the library is
 * put back as it was.
 * @param token makes the names of the temporary files unique.
 * @throws {AppError} `IMPORT_PROBLEMS` when the plan has errors or the library has changed since it was made; `INTERNAL` when a file cannot be written
 */
export async function applyPlan(plan: ImportPlan, folder: string, token: string): Promise<void> {
  if (hasErrors(plan.problems)) {
    throw new AppError('IMPORT_PROBLEMS', '有需要改正的问题，没有写入任何内容。', { hint: '请按上面列出的位置改正后重新导入。' });
  }
  await checkUnchanged(plan, folder);
  const stepOf = ({ path, markdown }: PlannedRecord, isChange: boolean): Step => {
    const target = join(folder, path);
    return { target, markdown, staged: `${target}.${token}.new`, backup: isChange ? `${target}.${token}.old` : null };
  };
  const steps = [...plan.created.map((record) => stepOf(record, false)), ...plan.changed.map((record) => stepOf(record, true))];
  const moved: Step[] = [];
  try {
    for (const { target, staged, markdown } of steps) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(staged, markdown, { flag: 'wx', flush: true });
    }
    for (const step of steps) {
      // Noted before it is moved: whichever half of the move fails, putting it back is harmless.
      moved.push(step);
      if (step.backup !== null) await rename(step.target, step.backup);
      await rename(step.staged, step.target);
    }
  } catch (error) {
    await putBack(steps, moved);
    throw new AppError('INTERNAL', `写入知识库失败，已恢复原状：${(error as Error).message}`, {
      hint: '请检查知识库文件夹的权限和磁盘空间后重新导入。',
      cause: error,
    });
  }
  for (const { backup } of steps) if (backup !== null) await rm(backup, { force: true });
}

async function putBack(steps: readonly Step[], moved: readonly Step[]): Promise<void> {
  for (const { target, staged, backup } of moved.toReversed()) {
    if (backup !== null) await rename(backup, target).catch(() => {});
    else if (!(await isThere(staged))) await rm(target, { force: true });
  }
  for (const { staged } of steps) await rm(staged, { force: true });
}

/** A file somebody wrote or edited in the meantime is not overwritten. */
async function checkUnchanged({ created, changed }: ImportPlan, folder: string): Promise<void> {
  const isUnchanged = async (record: PlannedRecord | PlannedChange): Promise<boolean> => {
    const now = await readFile(join(folder, record.path), 'utf8').catch(() => null);
    return now === ('before' in record ? record.before : null);
  };
  for (const record of [...created, ...changed]) {
    if (await isUnchanged(record)) continue;
    throw new AppError('IMPORT_PROBLEMS', `${record.path} 在此期间被改动，没有写入任何内容。`, { hint: '请重新导入。' });
  }
}

async function isThere(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}
