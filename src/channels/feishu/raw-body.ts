import type { IncomingMessage } from 'node:http';
import { AppError } from '../../domain/errors.ts';

/**
 * The body, byte for byte: a signature is over bytes, and a parser before us would lose them.
 * @param limit in bytes; nothing beyond it is kept
 * @throws {AppError} `INPUT_TOO_LARGE`; `INPUT_INVALID` when the sender hangs up; `INTERNAL` when something read the body before us.
 */
export function readRawBody(request: IncomingMessage & { readonly body?: unknown }, limit: number): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) {
    return request.body.length > limit ? Promise.reject(tooLarge(limit)) : Promise.resolve(request.body);
  }
  if (request.readableEnded || request.body !== undefined) {
    return Promise.reject(
      new AppError('INTERNAL', 'Expected an unread body, but another handler has parsed it', {
        hint: 'Mount the webhook before any body parser.',
      }),
    );
  }
  if (request.destroyed) return Promise.reject(hungUp());
  if (Number(request.headers['content-length']) > limit) return Promise.reject(tooLarge(limit));

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        chunks.length = 0;
        reject(tooLarge(limit));
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    // Every request closes; most have ended before, and then there is no fault to make.
    request.on('close', () => request.readableEnded || reject(hungUp()));
    request.on('error', reject);
  });
}

function tooLarge(limit: number): AppError {
  return new AppError('INPUT_TOO_LARGE', `Expected at most ${limit} bytes`);
}

function hungUp(): AppError {
  return new AppError('INPUT_INVALID', 'Expected a whole body, but the sender hung up');
}
