import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import { type ErrorWording, sendError } from '../../http/errors.ts';

/** Longest request body. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** How the public API words its faults. */
export const wording = (log: Log, newId: () => string): ErrorWording => ({
  misread({ status, type }, cause) {
    if (status === 413) return new AppError('INPUT_TOO_LARGE', `Expected at most ${BODY_LIMIT_BYTES} bytes of body`, { cause });
    const expected = type === 'entity.parse.failed' ? PARSED : READABLE;
    return new AppError('INPUT_INVALID', expected, { cause });
  },
  broken: (cause) => new AppError('INTERNAL', 'Something went wrong on our side', { cause }),
  send(error, response) {
    response.setHeader('Cache-Control', 'no-store');
    sendError(error, response);
  },
  journal: { log, newId, request: 'a web request' },
});

const PARSED = 'Expected the body to be a JSON object in UTF-8';
const READABLE = 'Expected a request that can be read: a plain UTF-8 JSON body and a well-formed address';
