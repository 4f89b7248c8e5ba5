import { hash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Log } from '../../domain/log.ts';

export interface WebhookOptions {
  /** What Telegram was told to send in the header `X-Telegram-Bot-Api-Secret-Token`. */
  readonly secret: string;
  /** Whether the channel runs. While it does not, Telegram is asked to come back. */
  readonly isRunning: () => boolean;
  /** Resolves once the update is stored, or found to be none of our business. */
  readonly store: (update: unknown) => Promise<void>;
  readonly log: Log;
}

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Takes in one update a request. The secret is checked before anything else is looked at, and 200 is answered only once the update is stored:
 * to any other answer Telegram delivers it again, for a day.
 *
 * Answers 401 without the right secret, 503 while stopped, 413 above 1 MiB, 400 for what is not JSON, 500 when storing failed.
 */
export function createWebhook({ secret, isRunning, store, log }: WebhookOptions): RequestHandler {
  const expected = digest(secret);
  return async (request, response) => {
    if (!isGenuine(request.get('x-telegram-bot-api-secret-token'), expected)) {
      log.warn({ remote: request.ip }, 'telegram: a webhook call without the right secret was turned away');
      response.status(401).end();
      return;
    }
    if (!isRunning()) {
      response.status(503).end();
      return;
    }
    const body = await readBody(request);
    if (body === 'too-large') {
      response.status(413).end();
      return;
    }
    const update = body === 'broken-off' ? undefined : parse(body);
    if (update === undefined) {
      response.status(400).end();
      return;
    }
    try {
      await store(update);
    } catch (err) {
      log.error({ err }, 'telegram: a message could not be stored, Telegram will deliver it again');
      response.status(500).end();
      return;
    }
    response.status(200).end();
  };
}

/** Compares digests, which are of one length, in constant time. */
function isGenuine(header: string | undefined, expected: Buffer): boolean {
  return header !== undefined && timingSafeEqual(digest(header), expected);
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** The body as it came, unless something upstream has read it already. */
async function readBody(request: Request): Promise<Buffer | 'too-large' | 'broken-off'> {
  const earlier: unknown = request.body;
  if (Buffer.isBuffer(earlier)) return earlier.length > MAX_BODY_BYTES ? 'too-large' : earlier;
  if (Number(request.headers['content-length']) > MAX_BODY_BYTES) return 'too-large';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve('too-large');
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('close', () => resolve('broken-off'));
    request.on('error', () => resolve('broken-off'));
  });
}

/** Undefined for what is not JSON. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
