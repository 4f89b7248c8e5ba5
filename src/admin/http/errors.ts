import type { z } from 'zod';
import { TooManyFailures } from '../accounts/throttle.ts';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import { type ErrorWording, sendError } from '../../http/errors.ts';
import type { conflict, View } from './schemas.ts';

/** Somebody was faster: carries both texts, so that nobody's work is lost. */
export class Conflict extends AppError {
  readonly view: View<typeof conflict>;

  constructor(cause: AppError, sides: Omit<View<typeof conflict>, 'error'>) {
    super('STALE', cause.message, { hint: cause.hint, cause });
    this.view = { error: { code: 'STALE', message: cause.message, hint: cause.hint }, ...sides };
  }
}

export const notFound = (message: string): AppError => new AppError('NOT_FOUND', message, { hint: '请返回列表重新选择。' });

/** What of a request does not fit its schema, the first first. */
export function misfit(error: z.ZodError, where: string): AppError {
  const issues = error.issues.slice(0, 5).map(({ path, message }) => `${[where, ...path.map(String)].join('.')}: ${message}`);
  return new AppError('INPUT_INVALID', issues.join('; '));
}

/** How the console's API words its faults. */
export const wording = (log: Log, newId: () => string): ErrorWording => ({
  misread: ({ status }, cause) =>
    status === 413
      ? new AppError('INPUT_TOO_LARGE', '内容过大：文件最大 20 MB，其他请求最大 2 MB。', { hint: '请拆分后再试。', cause })
      : new AppError('INPUT_INVALID', 'Expected a well-formed address and a JSON object in UTF-8 as body', { cause }),
  broken: (cause) =>
    new AppError('INTERNAL', '服务器出错了，没有完成。', { hint: '请稍后重试；仍不成功请把编号（X-Correlation-Id）告诉管理员。', cause }),
  send(error, response) {
    if (error instanceof TooManyFailures) response.setHeader('Retry-After', String(error.retryAfterS));
    if (error instanceof Conflict) response.status(error.status).json(error.view);
    else sendError(error, response);
  },
  journal: { log, newId, request: 'an admin request' },
});
