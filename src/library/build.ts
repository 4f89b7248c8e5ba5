import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Corpus, readSections } from '../answering/corpus.ts';
import { unpackCorpus } from '../answering/corpus-snapshot.ts';
import type { SectionTokens } from '../answering/section-tokens.ts';
import type { Log } from '../domain/log.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import type { PublishedText } from '../knowledge/editorial/store.ts';
import { changeState, createState, type Day, type LibraryState, recordsToRead, weightOf } from './state.ts';
import { PACKED_KEY, type WorkMessage, type WorkOrder, type WorkResults } from './worker.ts';
import type { Library } from '../knowledge/library.ts';
import { replaceWords } from '../text/segment.ts';

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Answers wait no longer than this while something is read on the thread that gives them. */
const SLICE_MS = 8;
/** Characters that are read at once, without a turn for answers in between: some 50 ms. */
const AT_ONCE = 5_000;
/** Characters from which a change is read and indexed in another thread as a whole. */
const ELSEWHERE_FROM = 400_000;

/** Whether a change is small enough to be made at once, or so large that it is better made in another thread. */
export const isSmall = (records: readonly LibraryRecord[]): boolean => weightOf(records) <= AT_ONCE;
export const isLarge = (records: readonly LibraryRecord[]): boolean => weightOf(records) >= ELSEWHERE_FROM;

/** The state of another library or of another day, read between answers. See `changeState`. */
export async function changeBetweenAnswers(
  state: LibraryState,
  library: Library,
  version: number,
  today: () => string,
  signal?: AbortSignal,
): Promise<LibraryState> {
  const records = recordsToRead(state, library, today());
  const readAhead = isSmall(records) ? undefined : await readBetweenAnswers(state.corpus, records, signal);
  return changeState(state, library, version, today(), readAhead);
}

/** @throws the signal's reason when it aborts */
async function readBetweenAnswers(
  corpus: Corpus,
  records: readonly LibraryRecord[],
  signal: AbortSignal | undefined,
): Promise<Map<Section, SectionTokens>> {
  const work = readSections(corpus, records);
  for (let sinceMs = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - sinceMs < SLICE_MS) continue;
    await nextTurn();
    signal?.throwIfAborted();
    sinceMs = performance.now();
  }
}

/** A library read and indexed anew in another thread: for changes of the language, and for large ones. */
export async function buildElsewhere(
  state: LibraryState,
  texts: readonly PublishedText[],
  version: number,
  day: Day,
  log: Log,
): Promise<LibraryState> {
  const built = await runWorker<'build'>({ kind: 'build', texts, digests: state.library.digests, ...day });
  for (const fields of built.faults) log.error(fields, 'a published text cannot be read and is left out');
  const records = new Map([...state.library.records, ...built.changed].map((record) => [record.id, record]));
  const library = { ...built.library, records: built.order.map((id) => records.get(id)!) };
  replaceWords(library.lexicon);
  const packed = { 'in-force': built.packed, lapsed: built.packedLapsed };
  return createState(library, version, day.today, (knowledge, part) => unpackCorpus(knowledge, packed[part]!, PACKED_KEY)!);
}

interface WorkOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Has work done by `worker.ts`. @throws the signal's reason when it aborts: then the thread is ended */
export function runWorker<Kind extends WorkOrder['kind']>(
  order: WorkOrder & { readonly kind: Kind },
  { signal, onProgress }: WorkOptions = {},
): Promise<WorkResults[Kind]> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const worker = new Worker(WORKER, { workerData: order });
    const stop = (): void => {
      reject(signal!.reason as Error);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: WorkMessage) => {
      if (message.kind === 'done') resolve(message.result as WorkResults[Kind]);
      else onProgress?.(message.done, message.total);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      reject(new Error(`the reader stopped with code ${code} before it was done`));
    });
  });
}
