import { type Corpus, buildCorpus } from './answering/corpus.ts';
import type { Log } from './domain/log.ts';
import { readLibrary } from './knowledge/library.ts';
import { watchKnowledge } from './knowledge/watch.ts';

/** The library in service: read once at start, replaced whole after each good change of its files. */
export interface LibraryService {
  readonly corpus: () => Corpus;
  /** Reads the files again; on any fault the library in service stays. Resolves to whether it was replaced. */
  reload(): Promise<boolean>;
  watch(signal: AbortSignal): void;
}

const WARM_UP_AFTER_MS = 500;

/** @throws {AppError} `KNOWLEDGE_UNREADABLE` when there is no good library to start with. */
export async function openLibrary(folder: string, log: Log): Promise<LibraryService> {
  const read = async (): Promise<Corpus> => {
    const startMs = performance.now();
    const library = await readLibrary(folder);
    const corpus = buildCorpus(library);
    const questions = corpus.questions.length;
    log.info(
      { documents: library.records.length, sections: corpus.sections.length, questions, tookMs: Math.round(performance.now() - startMs) },
      'library loaded',
    );
    return corpus;
  };
  let current = await read();
  // After the first answers could already be given.
  setTimeout(() => current.warmUp(), WARM_UP_AFTER_MS).unref();
  const reload = async (): Promise<boolean> => {
    try {
      current = await read();
      return true;
    } catch (error) {
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'library not reloaded; the one loaded before stays in service',
      );
      return false;
    }
  };
  return { corpus: () => current, reload, watch: (signal) => watchKnowledge(folder, () => void reload(), signal) };
}
