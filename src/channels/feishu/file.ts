import { Readable } from 'node:stream';
import { AppError } from '../../domain/errors.ts';
import { type Failure, isRetryable } from './codes.ts';
import { failureOfAnswer } from './failure.ts';
import { isFileKey, isMessageId } from './ids.ts';
import { parseJson, recordOf } from './json.ts';

/** A file of a message, as the platform names it: `<message id>:<file key>`. */
export interface FilePlace {
  readonly messageId: string;
  readonly fileKey: string;
}

/** Null for what no message of ours carried: both become part of an address. */
export function readFileId(fileId: string): FilePlace | null {
  const [messageId, fileKey, ...rest] = fileId.split(':');
  return isMessageId(messageId) && isFileKey(fileKey) && rest.length === 0 ? { messageId, fileKey } : null;
}

export interface ReadLimits {
  readonly maxBytes: number;
  /** Longest wait for the next piece. */
  readonly idleTimeoutMs: number;
}

/**
 * The bytes of a body, read no further than `maxBytes`; closes the stream in any case.
 * @throws {AppError} `INPUT_TOO_LARGE`; any other error of a connection that broke, fell silent or was stopped
 */
export async function readBytes(body: unknown, { maxBytes, idleTimeoutMs }: ReadLimits, signal: AbortSignal): Promise<Buffer> {
  if (!(body instanceof Readable)) throw new TypeError('Expected a stream');
  const end = () => body.destroy(new Error('aborted'));
  let timer = setTimeout(end, idleTimeoutMs);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      timer = setTimeout(end, idleTimeoutMs);
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes, bytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    body.destroy();
  }
}

/** An answer of the platform is far shorter. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** What the platform said in place of a file. The SDK leaves the body of a refusal unread, too. */
export async function refusalIn(
  status: number,
  body: unknown,
  headers: unknown,
  idleTimeoutMs: number,
  signal: AbortSignal,
): Promise<Failure> {
  const bytes = await readBytes(body, { maxBytes: MAX_REFUSAL_BYTES, idleTimeoutMs }, signal).catch(() => null);
  return failureOfAnswer(status, parseJson(bytes?.toString('utf8')), headers);
}

/** A file comes with its name in a header; JSON without one is the platform speaking. */
export function isFileAnswer(headers: unknown): boolean {
  const { 'content-type': type, 'content-disposition': disposition } = recordOf(headers);
  return disposition !== undefined || !(typeof type === 'string' && type.includes('application/json'));
}

/** @throws {AppError} `INPUT_TOO_LARGE` when the headers announce more than `maxBytes` */
export function checkAnnouncedSize(headers: unknown, maxBytes: number): void {
  const announced = Number(recordOf(headers)['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes, announced);
}

/** Above 100 MB the platform gives nothing out, whatever we would take. */
const BEYOND_PLATFORM = 234037;

/** What became of a file that was not given, in the words of the port. */
export function refusalOfFile(failure: Failure): AppError {
  if (failure.code === BEYOND_PLATFORM) {
    return new AppError('INPUT_TOO_LARGE', 'Expected a file of at most 100 MB, which is all Feishu gives to apps', { hint: SMALLER });
  }
  return new AppError('CHANNEL_REJECTED', `feishu: the file was not given (${failure.label})`, {
    hint: hintFor(failure),
  });
}

const SCOPE_MISSING: ReadonlySet<number | null> = new Set([99991672, 99991679]);

function hintFor(failure: Failure): string {
  if (SCOPE_MISSING.has(failure.code)) return 'Give the app the permission im:message:readonly and publish a version of it.';
  return isRetryable(failure) ? 'Try again in a moment.' : 'Send the file again.';
}

const SMALLER = 'Send a smaller file.';

function tooLarge(maxBytes: number, bytes: number): AppError {
  return new AppError('INPUT_TOO_LARGE', `Expected a file of at most ${maxBytes} bytes, got ${bytes}`, { hint: SMALLER });
}
