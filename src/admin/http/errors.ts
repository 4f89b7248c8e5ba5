import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { z } from 'zod';
import { TooManyFailures } from '../accounts/throttle.ts';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
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

/** Says in JSON that an address of the API does not exist. */
export const unknownRoute: RequestHandler = (request, _response, next) => {
  next(new AppError('NOT_FOUND', `Expected an address of the admin API, got ${request.method} ${request.baseUrl}${request.path}`));
};

/**
 * Turns whatever was thrown into a status and `{"error":{code,message,hint}}`. Faults of ours are logged with an id that the reply carries in
 * `X-Correlation-Id`; no stack leaves the house.
 */
export function errorHandler(log: Log, newId: () => string): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = translate(thrown);
    const fields = { method: request.method, path: request.path, code: error.code };
    if (error.status >= 500) {
      const correlationId = newId();
      log.error({ ...fields, correlationId, err: thrown }, 'an admin request failed');
      if (!response.headersSent) response.setHeader('X-Correlation-Id', correlationId);
    } else {
      log.debug({ ...fields, reason: error.message }, 'an admin request was turned away');
    }
    if (response.headersSent) {
      next(thrown);
      return;
    }
    if (error instanceof TooManyFailures) response.setHeader('Retry-After', String(error.retryAfterS));
    const { code, message, hint } = error;
    response.status(error.status).json(error instanceof Conflict ? error.view : { error: { code, message, hint } });
  };
}

/** The body parser and the router mark what the request did wrong with a 4xx `status`. */
function translate(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  if (status === 413)
    return new AppError('INPUT_TOO_LARGE', '内容过大：文件最大 20 MB，其他请求最大 2 MB。', { hint: '请拆分后再试。', cause: thrown });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('INPUT_INVALID', 'Expected a well-formed address and a JSON object in UTF-8 as body', { cause: thrown });
  }
  return new AppError('INTERNAL', '服务器出错了，没有完成。', {
    hint: '请稍后重试；仍不成功请把编号（X-Correlation-Id）告诉管理员。',
    cause: thrown,
  });
}
