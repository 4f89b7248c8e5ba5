import { parentPort, workerData } from 'node:worker_threads';
import { explainQuestion } from '../answering/explain.ts';
import { packCorpus } from '../answering/corpus-snapshot.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Log } from '../domain/log.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { JudgedQuestion, QuestionRun } from '../evaluation/ask-question-set.ts';
import type { PublishedText } from '../knowledge/editorial/store.ts';
import type { Library } from '../knowledge/library.ts';
import { askState } from './ask.ts';
import { createState, type Day } from './state.ts';
import { libraryFrom } from './texts.ts';

/*
 * Reads and indexes a library away from the thread that answers: that of all that is published, or one that might be. The words a thread keeps
 * whole are its own, so a lexicon can be tried here without being heard elsewhere.
 */

/** What there is to do with the library of some texts. */
export type WorkOrder = Day & { readonly texts: readonly PublishedText[] } & (
    | { readonly kind: 'build' /** By record id: what is known already. */; readonly digests: ReadonlyMap<string, string> }
    | { readonly kind: 'explain'; readonly question: string }
    | { readonly kind: 'ask'; readonly questions: readonly JudgedQuestion[] }
  );

/** A library read and indexed anew. */
export interface BuiltLibrary {
  /** Without its records: those are cheaper kept than sent. */
  readonly library: Omit<Library, 'records'>;
  /** Ids of all records, in order. */
  readonly order: readonly string[];
  /** New records, and those whose text changed. */
  readonly changed: readonly LibraryRecord[];
  readonly packed: Uint8Array<ArrayBuffer>;
  /** Null: nothing has lapsed. */
  readonly packedLapsed: Uint8Array<ArrayBuffer> | null;
  /** Texts that could not be read, for the log. */
  readonly faults: readonly object[];
}

export interface WorkResults {
  readonly build: BuiltLibrary;
  readonly explain: Explanation;
  readonly ask: readonly QuestionRun[];
}

export type WorkMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly result: WorkResults[keyof WorkResults] };

/** Under which the corpora are packed: they never leave the process. */
export const PACKED_KEY = 'built';

async function work(order: WorkOrder, port: NonNullable<typeof parentPort>): Promise<void> {
  const faults: object[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (fields) => void faults.push(fields) };
  const { records, ...library } = libraryFrom(order.texts, order.timeZone, log);
  const state = createState({ ...library, records }, 0, order.today);
  const send = (message: WorkMessage, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  switch (order.kind) {
    case 'build': {
      const packed = packCorpus(state.corpus, PACKED_KEY)!;
      const packedLapsed = state.lapsed && packCorpus(state.lapsed, PACKED_KEY)!;
      const result: BuiltLibrary = {
        library,
        order: records.map(({ id }) => id),
        changed: records.filter(({ id }) => order.digests.get(id) !== library.digests.get(id)),
        packed,
        packedLapsed,
        faults,
      };
      send({ kind: 'done', result }, [packed.buffer, ...(packedLapsed ? [packedLapsed.buffer] : [])]);
      return;
    }
    case 'explain':
      send({ kind: 'done', result: explainQuestion(order.question, null, state) });
      return;
    case 'ask': {
      const onProgress = (done: number, total: number): void => send({ kind: 'progress', done, total });
      send({ kind: 'done', result: await askState(state, order.questions, { onProgress }) });
    }
  }
}

if (parentPort) await work(workerData as WorkOrder, parentPort);
