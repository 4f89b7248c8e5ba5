import type { Log } from '../domain/log.ts';
import type { Editorial } from '../knowledge/editorial/editorial.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { type Synchronisation, synchronise } from '../knowledge/editorial/synchronise.ts';
import { readKnowledgeFiles } from '../knowledge/knowledge-files.ts';
import type { Library } from '../knowledge/library.ts';
import { watchKnowledge } from '../knowledge/watch.ts';
import { buildElsewhere, changeBetweenAnswers, isLarge, isSmall } from './build.ts';
import { every } from './every.ts';
import { loadState } from './snapshot.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';
import { changeState, type LibraryState, recordsToRead } from './state.ts';
import { changesLanguage, libraryAfter, type Publication } from './texts.ts';
import { dayClock } from './today.ts';

/** The library in service: what is published, kept up with as it changes, without a pause in answering. */
export interface LibraryService {
  /** The state to answer from, of today. */
  current(): LibraryState;
  /** The state before the last publication since the start; null when there was none. */
  previous(): LibraryState | null;
  /** Version of the library that is answered from. */
  version(): number;
  /** Takes in what was published since; on any fault the library in service stays. Resolves to whether it was replaced. */
  refresh(): Promise<boolean>;
  /** Brings the texts up to the knowledge files and takes in what that published. On a fault all stays as it is, and the log says why. */
  synchronise(): Promise<Synchronisation | null>;
  /** Keeps up with the folder, with other processes, with the day and with what is scheduled, until the signal aborts. */
  run(editorial: Pick<Editorial, 'publishDue'>, signal: AbortSignal): void;
}

export interface LibraryOptions {
  /** The knowledge folder. */
  readonly folder: string;
  readonly store: EditorialStore;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** IANA name: where the days begin by which texts come into force and lapse. */
  readonly timeZone: string;
  /** Keeps the index from one start to the next; a missing, outdated or damaged one is made anew. Null: none. */
  readonly shelf?: SnapshotShelf | null;
  /** How often the store is asked for publications of other processes, and for scheduled ones that are due. */
  readonly pollMs?: number;
  readonly dueMs?: number;
}

const WARM_UP_AFTER_MS = 500;
const POLL_MS = 1_000;
const DUE_MS = 5_000;
/** A corpus that was changed by this share of its sections is built anew: so none grows unwieldy by changes. */
const WORN_FROM = 0.15;
const MIN_WORN = 500;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Brings the store up to the knowledge folder and loads what is published.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE` when there is no library yet and no good folder to start from; `STORE_UNAVAILABLE`
 */
export async function openLibrary(options: LibraryOptions): Promise<LibraryService> {
  const { folder, store, log, now, timeZone, shelf = null, pollMs = POLL_MS, dueMs = DUE_MS } = options;
  const dayOf = dayClock(timeZone, now);
  const startMs = performance.now();

  const readFolder = async (): Promise<Synchronisation> => {
    const result = await synchronise({ files: await readKnowledgeFiles(folder), store, now });
    for (const problem of result.problems)
      log.error({ reason: problem }, 'a knowledge file was not taken over; what is published stays in service');
    const { published, drafted, withdrawn } = result;
    if (published + drafted + withdrawn > 0) log.info({ published, drafted, withdrawn }, 'knowledge files taken over');
    return result;
  };
  await readFolder();

  let { state, isRestored } = await loadState(await store.published(), { today: dayOf(), timeZone }, shelf, log);
  let previous: LibraryState | null = null;
  const tell = (sinceMs: number, how: string): void => {
    const { corpus, lapsed, library, version } = state;
    log.info(
      {
        version,
        documents: library.records.length,
        sections: corpus.sections.length,
        questions: corpus.questions.length,
        lapsed: lapsed?.sections.length ?? 0,
        how,
        tookMs: Math.round(performance.now() - sinceMs),
      },
      'library loaded',
    );
  };
  tell(startMs, isRestored ? 'from the snapshot' : 'indexed');
  // After the first answers could already be given.
  setTimeout(() => state.corpus.warmUp(), WARM_UP_AFTER_MS).unref();

  /** Sections changed since the corpus was built as a whole. */
  let worn = 0;
  const buildAnew = async (): Promise<LibraryState> => {
    const { version, texts } = await store.published();
    return buildElsewhere(state, texts, version, { today: dayOf(), timeZone }, log);
  };
  /** Another library, or another day. */
  const moved = async (from: LibraryState, library: Library, version: number): Promise<LibraryState> => {
    const records = recordsToRead(from, library, dayOf());
    if (isLarge(records)) return buildAnew();
    worn += records.reduce((sum, { sections }) => sum + sections.length, 0);
    return changeBetweenAnswers(from, library, version, dayOf);
  };
  const stateAfter = (from: LibraryState, change: Publication): Promise<LibraryState> =>
    changesLanguage(change) ? buildAnew() : moved(from, libraryAfter(from.library, change, timeZone, log), change.version);

  const keepUp = async (): Promise<boolean> => {
    const sinceMs = performance.now();
    const before = state;
    const change = await store.published(before.version);
    if (change.version !== before.version) {
      state = await stateAfter(before, change);
      previous = before;
      tell(sinceMs, `${change.texts.length} published, ${change.withdrawn.length} withdrawn`);
    } else if (before.today !== dayOf()) {
      state = await moved(before, before.library, before.version);
      tell(sinceMs, 'another day');
    } else return false;
    if (worn > Math.max(MIN_WORN, WORN_FROM * state.corpus.sections.length)) void renew();
    return true;
  };
  // One after another: each starts from what the one before made.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  let lastFault: string | null = null;
  const refresh = (): Promise<boolean> =>
    inTurn(async () => {
      try {
        const isReplaced = await keepUp();
        lastFault = null;
        return isReplaced;
      } catch (error) {
        // Asked every second: the same fault is told once.
        if (reasonOf(error) !== lastFault)
          log.error({ reason: reasonOf(error) }, 'library not reloaded; the one loaded before stays in service');
        lastFault = reasonOf(error);
        return false;
      }
    });
  /** Publications go on while the corpus is built anew; what came meanwhile is added in the end. */
  const renew = async (): Promise<void> => {
    worn = 0;
    const sinceMs = performance.now();
    try {
      const built = await buildAnew();
      await inTurn(async () => {
        const change = await store.published(built.version);
        state = change.version === built.version ? built : await stateAfter(built, change);
        tell(sinceMs, 'indexed anew');
      });
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'the library could not be indexed anew; the index in service goes on');
    }
  };
  const synchroniseNow = async (): Promise<Synchronisation | null> => {
    try {
      const result = await inTurn(readFolder);
      await refresh();
      return result;
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'knowledge files not taken over; the library loaded before stays in service');
      return null;
    }
  };

  let isRefreshing = false;
  return {
    current() {
      if (state.today !== dayOf()) {
        const records = recordsToRead(state, state.library, dayOf());
        // So few records begin or lapse with a day that it is done at once; after a larger change the day before goes on for seconds.
        if (isSmall(records)) state = changeState(state, state.library, state.version, dayOf());
        else if (!isRefreshing) {
          isRefreshing = true;
          void refresh().finally(() => (isRefreshing = false));
        }
      }
      return state;
    },
    previous: () => previous,
    version: () => state.version,
    refresh,
    synchronise: synchroniseNow,
    run(editorial, signal) {
      const stopListening = store.onPublication(() => void refresh());
      const timers = [
        every(pollMs, 'what is published could not be looked up', log, async () => {
          if ((await store.libraryVersion()) !== state.version || state.today !== dayOf()) await refresh();
        }),
        every(dueMs, 'what is scheduled could not be published', log, () => editorial.publishDue(now())),
      ];
      signal.addEventListener(
        'abort',
        () => {
          stopListening();
          for (const stop of timers) stop();
        },
        { once: true },
      );
      watchKnowledge(folder, () => void synchroniseNow(), signal);
    },
  };
}
