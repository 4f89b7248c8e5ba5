import { z } from 'zod';
import { type Endpoint, reportedTokens } from './endpoint.ts';
import { type Outcome, UnreadableAnswer } from './outcome.ts';

/** Texts sent in one call. */
export const BATCH = 32;
/** Enough for `BATCH` vectors of 4,096 dimensions, written out in digits. */
export const MAX_EMBEDDING_BYTES = 8 * 1024 * 1024;
const MAX_DIMENSIONS = 8_192;

const response = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(2).max(MAX_DIMENSIONS) })),
});

/** Turns texts into vectors of length 1. */
export interface EmbeddingModel {
  readonly model: string;
  readonly baseUrl: string;
  /** As many vectors as texts (at most `BATCH`), in their order, all of one dimension. Never rejects. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Outcome<readonly Float32Array[]>>;
}

export function createEmbeddingModel(endpoint: Endpoint): EmbeddingModel {
  const { model, baseUrl } = endpoint.settings;
  return {
    model,
    baseUrl,
    embed(texts, signal) {
      if (texts.length > BATCH) throw new RangeError(`Expected at most ${BATCH} texts, got ${texts.length}`);
      const estimate = texts.reduce((sum, text) => sum + text.length, 0);
      return endpoint.call(
        'embedding',
        estimate,
        async (client, ended) => {
          const answer: unknown = await client.embeddings.create({ model, input: [...texts], encoding_format: 'float' }, { signal: ended });
          return { value: readVectors(answer, texts.length), tokens: reportedTokens(answer) };
        },
        signal,
      );
    },
  };
}

/** @throws {UnreadableAnswer} */
function readVectors(answer: unknown, count: number): Float32Array[] {
  const read = response.safeParse(answer);
  if (!read.success || read.data.data.length !== count) throw new UnreadableAnswer(`${count} embeddings`);
  const rows = read.data.data.toSorted((a, b) => a.index - b.index);
  const dimensions = rows[0]!.embedding.length;
  return rows.map(({ index, embedding }, at) => {
    const vector = normalised(embedding);
    if (index !== at || embedding.length !== dimensions || !vector)
      throw new UnreadableAnswer('embeddings of one dimension, one for each text');
    return vector;
  });
}

/** Shorter vectors have no direction that could be trusted. */
const MIN_LENGTH = 1e-9;

/** The vector of length 1 in the same direction; null when there is none. */
export function normalised(numbers: readonly number[]): Float32Array | null {
  const length = Math.hypot(...numbers);
  if (!Number.isFinite(length) || length < MIN_LENGTH) return null;
  return Float32Array.from(numbers, (number) => number / length);
}
