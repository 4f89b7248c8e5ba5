import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';

/** What the body parser or the router found wrong with a request. */
export interface RequestFault {
  /** 400 to 499. */
  readonly status: number;
  /** Of a body that could not be read: the parser's name for it, such as `entity.parse.failed`; null: not said. */
  readonly type: string | null;
}

/** How one part of the HTTP side words what goes wrong in it. */
export interface ErrorWording {
  /** For what a request did wrong. */
  readonly misread: (fault: RequestFault, cause: unknown) => AppError;
  /** For what is our own fault. */
  readonly broken: (cause: unknown) => AppError;
  /**
   * Sends status and body; left out: `sendError`.
   * @param fault set when the error is one of the body parser or the router
   */
  readonly send?: (error: AppError, response: Response, fault: RequestFault | null) => void;
  /** Left out: nothing is logged. */
  readonly journal?: ErrorJournal;
}

/** Where faults are written down. */
export interface ErrorJournal {
  readonly log: Log;
  /** Makes the id by which a reply and its line in the log are matched. */
  readonly newId: () => string;
  /** What is said of a request: "a web request". */
  readonly request: string;
}

/** `{"error":{code,message,hint}}` with the status of the error. */
export function sendError({ status, code, message, hint }: AppError, response: Response): void {
  response.status(status).json({ error: { code, message, hint } });
}

/**
 * Turns whatever was thrown into a status and a body, and logs it once: faults of ours as errors with an id that the reply carries in
 * `X-Correlation-Id`, faults of the request at debug level. No stack leaves the house.
 */
export function errorHandler({ misread, broken, send = sendError, journal }: ErrorWording): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const fault = thrown instanceof AppError ? null : requestFault(thrown);
    const error = thrown instanceof AppError ? thrown : fault ? misread(fault, thrown) : broken(thrown);
    if (journal) {
      const { log, newId } = journal;
      const fields = { method: request.method, path: request.path, code: error.code };
      if (error.status >= 500) {
        const correlationId = newId();
        log.error({ ...fields, correlationId, err: thrown }, `${journal.request} failed`);
        if (!response.headersSent) response.setHeader('X-Correlation-Id', correlationId);
      } else {
        log.debug({ ...fields, reason: error.message }, `${journal.request} was turned away`);
      }
    }
    if (response.headersSent) next(thrown);
    else send(error, response, fault);
  };
}

/** They mark what the request did wrong with a 4xx `status`; null: it is no such mark. */
function requestFault(thrown: unknown): RequestFault | null {
  const { status, type } = thrown instanceof Error ? (thrown as Error & { status?: unknown; type?: unknown }) : {};
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  return { status, type: typeof type === 'string' ? type : null };
}

/** Says that an address does not exist. @param api what it was expected to be part of: "the API" */
export const unknownRoute =
  (api: string): RequestHandler =>
  (request, _response, next) => {
    next(new AppError('NOT_FOUND', `Expected an address of ${api}, got ${request.method} ${request.originalUrl.split('?')[0]}`));
  };
