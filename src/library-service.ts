import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Corpus, buildCorpus, changeCorpus } from './answering/corpus.ts';
import { packCorpus, unpackCorpus } from './answering/corpus-snapshot.ts';
import type { Log } from './domain/log.ts';
import { type Library, readLibrary } from './knowledge/library.ts';
import { watchKnowledge } from './knowledge/watch.ts';
import type { LibraryChange, ReadOrder } from './library-worker.ts';
import { replaceWords } from './text/segment.ts';

/** The library in service: read at start, and again after each change of its files, without a pause in answering. */
export interface LibraryService {
  readonly corpus: () => Corpus;
  /** Reads what changed in the files; on any fault the library in service stays. Resolves to whether it was replaced. */
  reload(): Promise<boolean>;
  watch(signal: AbortSignal): void;
}

const WARM_UP_AFTER_MS = 500;
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './library-worker.ts' : './library-worker.js', import.meta.url);

/**
 * @param snapshotFile keeps the index from one start to the next; a missing, outdated or damaged one is made anew. Null: none.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE` when there is no good library to start with.
 */
export async function openLibrary(folder: string, log: Log, snapshotFile: string | null = null): Promise<LibraryService> {
  const startMs = performance.now();
  let library = await readLibrary(folder);
  const key = keyOf(library);
  const restored = snapshotFile === null ? null : restore(library, snapshotFile, key);
  let current = restored ?? buildCorpus(library);
  const tell = (corpus: Corpus, sinceMs: number, how: string): void => {
    const { sections, questions, knowledge } = corpus;
    const tookMs = Math.round(performance.now() - sinceMs);
    log.info(
      { documents: knowledge.records.length, sections: sections.length, questions: questions.length, how, tookMs },
      'library loaded',
    );
  };
  tell(current, startMs, restored ? 'from the snapshot' : 'indexed');
  if (!restored && snapshotFile !== null) keep(packCorpus(current, key), snapshotFile, log);
  // After the first answers could already be given.
  setTimeout(() => current.warmUp(), WARM_UP_AFTER_MS).unref();

  const apply = ({ order, changed, digests, languageDigest, language }: LibraryChange): Corpus => {
    const records = new Map([...library.records, ...changed].map((record) => [record.id, record]));
    library = { ...library, ...language, records: order.map((id) => records.get(id)!), digests, languageDigest };
    if (!language) return changeCorpus(current, library, new Set(changed.map(({ id }) => id)));
    replaceWords(language.lexicon);
    return unpackCorpus(library, language.packed, languageDigest)!;
  };
  // One after another: each starts from what the one before made.
  let last: Promise<unknown> = Promise.resolve();
  const reload = async (): Promise<boolean> => {
    const sinceMs = performance.now();
    try {
      const change = await readInWorker({ folder, digests: library.digests, languageDigest: library.languageDigest });
      current = apply(change);
      tell(current, sinceMs, change.language ? 'indexed' : `${change.changed.length} changed`);
      return true;
    } catch (error) {
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'library not reloaded; the one loaded before stays in service',
      );
      return false;
    }
  };
  const reloadInTurn = (): Promise<boolean> => {
    const next = last.then(reload);
    last = next;
    return next;
  };
  return { corpus: () => current, reload: reloadInTurn, watch: (signal) => watchKnowledge(folder, () => void reloadInTurn(), signal) };
}

function readInWorker(order: ReadOrder): Promise<LibraryChange> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the reader stopped with code ${code} before it was done`)));
  });
}

/** Names the library's content and the program that indexes it: a snapshot of another state of either is of no use. */
function keyOf({ digests, languageDigest }: Library): string {
  const hash = createHash('sha256').update(JSON.stringify([[...digests], languageDigest]));
  const source = import.meta.dirname;
  for (const room of ['text', 'search', 'answering']) {
    for (const name of readdirSync(join(source, room)).sort()) {
      if (/(?<!\.d)\.[jt]s$/.test(name)) hash.update(readFileSync(join(source, room, name)));
    }
  }
  hash.update(readFileSync(join(source, '../package.json')));
  return hash.digest('base64url');
}

function restore(library: Library, file: string, key: string): Corpus | null {
  try {
    return unpackCorpus(library, readFileSync(file), key);
  } catch {
    return null;
  }
}

/** Writes the snapshot whole or not at all; without one the next start only takes longer. */
function keep(packed: Uint8Array | null, file: string, log: Log): void {
  if (!packed) return;
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, packed);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the index was not kept for the next start');
  }
}
