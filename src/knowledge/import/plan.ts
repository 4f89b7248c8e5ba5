import { AppError } from '../../domain/errors.ts';
import { Desk } from './desk.ts';
import { draftsOf, type DraftOptions } from './drafts.ts';
import type { ImportPlan } from './plan-types.ts';
import { type Problem, refusalOf } from './problem.ts';
import type { FileContent, SourceFile } from './raw-document.ts';
import { readInWorker } from './read-in-worker.ts';
import type { Shelf } from './shelf.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly file: string;
}

export interface PlanOptions extends DraftOptions {
  /** Called before each file is read, and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** How a file is read; in a worker thread unless told otherwise. */
  readonly read?: (file: SourceFile, signal?: AbortSignal) => Promise<FileContent>;
}

/**
 * Reads files and compares them with the library. Files that are refused and rows that are wrong are problems of the plan, not exceptions.
 */
export async function planImport(files: readonly SourceFile[], shelf: Shelf, options: PlanOptions = {}): Promise<ImportPlan> {
  const { onProgress, signal, read = readInWorker } = options;
  const problems: Problem[] = [];
  const desk = new Desk(shelf, problems);
  for (const [done, file] of files.entries()) {
    onProgress?.({ done, total: files.length, file: file.name });
    try {
      const content = await read(file, signal);
      if (content.kind === 'record') desk.takeRecord(content.record.source, file.name);
      else for (const draft of draftsOf(content, file.name, options, problems)) desk.takeDraft(draft);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(refusalOf(file.name, error));
    }
  }
  onProgress?.({ done: files.length, total: files.length, file: '' });
  return { ...desk.plan(), problems };
}
