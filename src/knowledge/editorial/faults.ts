import { AppError } from '../../domain/errors.ts';

/** Faults of the editorial steps, in words for the people who take them. */
export const faults = {
  stale: (): AppError => new AppError('STALE', '这份内容刚刚被别人改过。', { hint: '请先看看现在的内容，再把您的修改用到它上面。' }),
  noText: (id: string): AppError => new AppError('NOT_FOUND', `没有名为“${id}”的内容。`, { hint: '请返回列表重新选择。' }),
  noRevision: (id: string, number: number): AppError =>
    new AppError('NOT_FOUND', `“${id}”没有第 ${number} 版。`, { hint: '请返回版本列表重新选择。' }),
  notPossible: (message: string, hint: string): AppError => new AppError('NOT_POSSIBLE', message, { hint }),
  forbidden: (message: string): AppError => new AppError('FORBIDDEN', message, { hint: '请联系有相应权限的同事或管理员。' }),
  invalid: (message: string, cause?: unknown): AppError =>
    new AppError('INPUT_INVALID', message, { hint: '请改正指出的地方后再保存。', ...(cause !== undefined && { cause }) }),
} as const;
