import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from './raw-document.ts';
import { readFileContent } from './read-file.ts';
import type { WorkerReply } from './read-in-worker.ts';

/** The thread `readInWorker` starts: reads the one file it is given, answers, ends. */
async function answer(): Promise<WorkerReply> {
  try {
    return { content: await readFileContent(workerData as SourceFile) };
  } catch (error) {
    if (error instanceof AppError) return { refusal: { code: error.code, message: error.message, hint: error.hint } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(await answer());
