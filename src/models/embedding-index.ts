import { setTimeout as wait } from 'node:timers/promises';
import type { Section } from '../domain/record.ts';
import { comparable } from '../text/tokens.ts';
import { BATCH, type EmbeddingModel } from './embed.ts';
import type { UnavailableReason } from './outcome.ts';
import { passagesOf } from './passages.ts';
import { remembered } from './remembered.ts';
import type { Trial } from './trial.ts';
import type { VectorCache } from './vector-cache.ts';

export interface IndexProgress {
  readonly done: number;
  readonly total: number;
}

export interface EmbeddingIndexOptions {
  readonly model: EmbeddingModel;
  readonly cache: VectorCache;
  /** The sections in service; another array means that the library changed. */
  readonly sections: () => readonly Section[];
  /** Ends the work in the background. */
  readonly stop: AbortSignal;
  /** Tells whether the model is of use to the library. */
  readonly trial: Trial;
  /** Pause after a failure before the same texts are sent again. */
  readonly pauseMs?: number;
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly onPause?: (reason: UnavailableReason) => void;
}

/**
 * How near each section of the library is to a question, by the embeddings of its passages. A model has to earn its part: it is first tried on the
 * library's own sentences, and when it does not find what words alone miss, it is left out of the ranking.
 */
export interface EmbeddingIndex {
  /** Starts getting the vectors the library lacks, in the background. Call it once; a library that changed later is noticed at the next question. */
  refresh(): void;
  /** Resolves once every passage of the library in service has its vector, or cannot have one. */
  ready(): Promise<void>;
  /**
   * Cosine by section id (its nearest passage), from -1 to 1. Null while vectors are missing, when the model is of no use to this library, when the
   * endpoint fails, or when `signal` ends first.
   * Never rejects.
   */
  similarities(question: string, signal?: AbortSignal): Promise<ReadonlyMap<string, number> | null>;
}

const PAUSE_MS = 30_000;
const REMEMBERED = 200;
const MAX_QUESTION = 500;

export function createEmbeddingIndex(options: EmbeddingIndexOptions): EmbeddingIndex {
  const { model, cache, sections, stop, trial, pauseMs = PAUSE_MS, onProgress, onPause } = options;
  const remember = remembered<Float32Array>(REMEMBERED);
  let current: readonly Section[] | null = null;
  /** Passages with their vectors; null until the library has all it can have. */
  let vectors: readonly { readonly id: string; readonly vector: Float32Array }[] | null = null;
  let isUseful = false;
  let running: Promise<void> = Promise.resolve();

  /** Texts the endpoint takes no vector for: nothing to wait for. */
  const hopeless = new Set<string>();
  const isWanted = (of: readonly Section[]): boolean => current === of && !stop.aborted;

  const getMissing = async (of: readonly Section[], texts: readonly string[]): Promise<void> => {
    const missing = [...new Set(texts)].filter((text) => !cache.get(text) && !hopeless.has(text));
    let size = BATCH;
    for (let at = 0; at < missing.length && isWanted(of); ) {
      const batch = missing.slice(at, at + size);
      const outcome = await model.embed(batch, stop);
      if (outcome.kind === 'ok') {
        await cache.add(batch.map((text, index) => ({ text, vector: outcome.value[index]! })));
        at += batch.length;
        size = BATCH;
        onProgress?.({ done: at, total: missing.length });
      } else if (outcome.reason === 'unfit') {
        // One text of the batch is too long or not to the endpoint's liking: go on one by one until it is found.
        if (size === 1) hopeless.add(missing[at++]!);
        size = 1;
      } else if (outcome.reason !== 'stopped') {
        onPause?.(outcome.reason);
        await wait(pauseMs, undefined, { signal: stop, ref: false }).catch(() => {});
      }
    }
  };

  const fill = async (of: readonly Section[]): Promise<void> => {
    const passages = passagesOf(of);
    const texts = [...passages.map(({ text }) => text), ...trial.texts(of)];
    await getMissing(of, texts);
    // A second time for those forgotten because the endpoint changed its dimension on the way.
    await getMissing(of, texts);
    if (!isWanted(of)) return;
    await cache.keepOnly(texts);
    isUseful = await trial.isPassed(of, (text) => cache.get(text));
    vectors = passages.flatMap(({ id, text }) => {
      const vector = cache.get(text);
      return vector ? [{ id, vector }] : [];
    });
  };

  const refresh = (): void => {
    const latest = sections();
    if (latest === current) return;
    current = latest;
    vectors = null;
    running = running.then(() => fill(latest));
  };

  /** The endpoint's vectors are of another kind than those kept: get all of them anew. */
  const startOver = (): void => {
    vectors = null;
    current = null;
    running = running.then(() => cache.keepOnly([]));
    refresh();
  };

  return {
    refresh,
    ready: () => running,
    async similarities(question, signal) {
      refresh();
      if (!vectors || !isUseful || vectors.length === 0 || [...question].length > MAX_QUESTION) return null;
      const known = vectors;
      const asked = await remember(comparable(question), async () => {
        const outcome = await model.embed([question], signal);
        return outcome.kind === 'ok' ? outcome.value[0] : undefined;
      });
      if (!asked) return null;
      if (asked.length === known[0]!.vector.length) return nearest(asked, known);
      if (known === vectors) startOver();
      return null;
    },
  };
}

function nearest(asked: Float32Array, passages: readonly { readonly id: string; readonly vector: Float32Array }[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, vector } of passages) {
    let dot = 0;
    for (let at = 0; at < vector.length; at++) dot += vector[at]! * asked[at]!;
    const cosine = Math.max(-1, Math.min(1, dot));
    if (cosine > (found.get(id) ?? -2)) found.set(id, cosine);
  }
  return found;
}
