import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { FileContent, SourceFile } from './raw-document.ts';
import { MAX_FILE_BYTES, refuse } from './refusals.ts';

export type WorkerReply =
  | { readonly content: FileContent }
  | { readonly refusal: { readonly code: ErrorCode; readonly message: string; readonly hint: string } }
  | { readonly fault: string };

export interface ReadLimits {
  readonly timeoutMs: number;
  /** Memory for the objects of the reader; more ends the thread. */
  readonly memoryMb: number;
}

export const READ_LIMITS: ReadLimits = { timeoutMs: 60_000, memoryMb: 768 };

/** The same file is TypeScript in the sources and JavaScript when built. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.js', import.meta.url);

/**
 * Reads a file in a thread of its own, which ends with the answer, after the time given, or when the signal aborts: whatever a file does to its
 * reader, this process goes on.
 * @throws {AppError} those of `readFileContent`; `IMPORT_TOO_SLOW` over the limits; `IMPORT_DAMAGED` when the reader breaks down
 */
export async function readInWorker(file: SourceFile, signal?: AbortSignal, limits = READ_LIMITS): Promise<FileContent> {
  signal?.throwIfAborted();
  if (file.bytes.length > MAX_FILE_BYTES) throw refuse('too-large', file.name);
  const worker = new Worker(ENTRY, {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 64 },
    // Warnings of the readers are not for the person who imports.
    stdout: true,
    stderr: true,
  });
  try {
    return outcome(await reply(worker, file.name, limits.timeoutMs, signal), file.name);
  } finally {
    await worker.terminate();
  }
}

function reply(worker: Worker, name: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<WorkerReply> {
  const { promise, resolve, reject } = Promise.withResolvers<WorkerReply>();
  const timer = setTimeout(() => reject(refuse('too-slow', name, `超过 ${Math.ceil(timeoutMs / 1000)} 秒`)), timeoutMs);
  const abort = (): void => reject(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  worker.once('message', resolve);
  worker.once('error', (error) => {
    const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(refuse(isMemory ? 'too-slow' : 'damaged', name, isMemory ? '内存' : undefined, error));
  });
  worker.once('exit', () => reject(refuse('damaged', name)));
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
}

function outcome(answer: WorkerReply, name: string): FileContent {
  if ('content' in answer) return answer.content;
  if ('refusal' in answer) throw new AppError(answer.refusal.code, answer.refusal.message, { hint: answer.refusal.hint });
  throw refuse('damaged', name, undefined, new Error(answer.fault));
}
