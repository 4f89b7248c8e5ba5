import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import type { ErrorResponse } from './schemas.ts';

/** Longest request body. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** Says in JSON that an address of the API does not exist. */
export const unknownRoute: RequestHandler = (request, _response, next) => {
  next(new AppError('NOT_FOUND', `Expected an address of the API, got ${request.method} ${request.originalUrl.split('?')[0]}`));
};

/**
 * Turns whatever was thrown into a status and `{"error":{code,message,hint}}`, and logs it once: faults of ours as errors with an id that
 * the reply carries in `X-Correlation-Id`, faults of the request at debug level. No stack leaves the house.
 */
export function errorHandler(log: Log, newId: () => string): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = translate(thrown);
    const fields = { method: request.method, path: request.path, code: error.code };
    if (error.status >= 500) {
      const correlationId = newId();
      log.error({ ...fields, correlationId, err: thrown }, 'a web request failed');
      if (!response.headersSent) response.setHeader('X-Correlation-Id', correlationId);
    } else {
      log.debug({ ...fields, reason: error.message }, 'a web request was turned away');
    }
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const body: ErrorResponse = { error: { code: error.code, message: error.message, hint: error.hint } };
    response.status(error.status).setHeader('Cache-Control', 'no-store').json(body);
  };
}

/** The catalogue's name for what went wrong. The body parser and the router mark what the request did wrong with a 4xx `status`. */
function translate(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { status, type } = thrown instanceof Error ? (thrown as Error & { status?: unknown; type?: unknown }) : {};
  if (status === 413) return new AppError('INPUT_TOO_LARGE', `Expected at most ${BODY_LIMIT_BYTES} bytes of body`, { cause: thrown });
  if (type === 'entity.parse.failed') {
    return new AppError('INPUT_INVALID', 'Expected the body to be a JSON object in UTF-8', { cause: thrown });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('INPUT_INVALID', 'Expected a request that can be read: a plain UTF-8 JSON body and a well-formed address', {
      cause: thrown,
    });
  }
  return new AppError('INTERNAL', 'Something went wrong on our side', { cause: thrown });
}
