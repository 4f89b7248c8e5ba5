import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Vectors by the text they stand for, kept on disk so that a restart asks for none again. One file for each model: a header (8 bytes of magic, the
 * dimension as a 32-bit number), then records of 16 bytes of the text's hash and the vector as 32-bit floats, little endian, only ever appended.
 * What a crash cut off, and what does not look like a vector of length 1, is left out on reading.
 */
export interface VectorCache {
  get(text: string): Float32Array | undefined;
  /** Keeps vectors, in memory first; a disk that fails costs only the memory over restarts. */
  add(entries: readonly { readonly text: string; readonly vector: Float32Array }[]): Promise<void>;
  /** Forgets the vectors of all other texts, and rewrites the file when that halves it. */
  keepOnly(texts: Iterable<string>): Promise<void>;
}

const MAGIC = Buffer.from('WENCEV1\n');
const HEADER_BYTES = MAGIC.length + 4;
const HASH_BYTES = 16;

const keyOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, HASH_BYTES * 2);

/** The file of one model under a folder. */
export const vectorFile = (folder: string, baseUrl: string, model: string): string =>
  join(folder, `vectors-${createHash('sha256').update(`${baseUrl}\n${model}`).digest('hex').slice(0, 12)}.bin`);

export async function openVectorCache(file: string): Promise<VectorCache> {
  const read = await readVectors(file);
  let { vectors } = read;
  let dimensions = vectors.values().next().value?.length ?? null;
  /** Records in the file, also those forgotten since; null: nothing can be appended to it. */
  let stored = read.isWhole ? vectors.size : null;
  const record = (key: string, vector: Float32Array): Buffer => {
    const bytes = Buffer.alloc(HASH_BYTES + vector.length * 4);
    bytes.write(key, 0, 'hex');
    vector.forEach((number, at) => bytes.writeFloatLE(number, HASH_BYTES + at * 4));
    return bytes;
  };
  const rewrite = async (): Promise<void> => {
    const header = Buffer.alloc(HEADER_BYTES);
    MAGIC.copy(header);
    header.writeUInt32LE(dimensions ?? 0, MAGIC.length);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, Buffer.concat([header, ...[...vectors].map(([key, vector]) => record(key, vector))]));
    await rename(`${file}.new`, file);
    stored = vectors.size;
  };
  return {
    get: (text) => vectors.get(keyOf(text)),
    async add(entries) {
      const [first] = entries;
      if (!first) return;
      // The model behind the same name has changed: nothing kept so far can be compared with this.
      if (dimensions !== first.vector.length) {
        vectors.clear();
        dimensions = first.vector.length;
        stored = null;
      }
      const keyed = entries.map(({ text, vector }) => [keyOf(text), vector] as const);
      for (const [key, vector] of keyed) vectors.set(key, vector);
      try {
        if (stored === null) return await rewrite();
        await appendFile(file, Buffer.concat(keyed.map(([key, vector]) => record(key, vector))));
        stored += keyed.length;
      } catch {
        // Kept in memory, asked for again after a restart. What was written may be cut off: the next write begins the file anew.
        stored = null;
      }
    },
    async keepOnly(texts) {
      const kept = new Map<string, Float32Array>();
      for (const text of texts) {
        const vector = vectors.get(keyOf(text));
        if (vector) kept.set(keyOf(text), vector);
      }
      vectors = kept;
      if (stored !== null && stored >= 2 * vectors.size && stored > vectors.size) await rewrite().catch(() => {});
    },
  };
}

/** @returns `isWhole`: the file holds these vectors and nothing else. */
async function readVectors(file: string): Promise<{ vectors: Map<string, Float32Array>; isWhole: boolean }> {
  const vectors = new Map<string, Float32Array>();
  const bytes = await readFile(file).catch(() => null);
  if (!bytes || bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { vectors, isWhole: false };
  const dimensions = bytes.readUInt32LE(MAGIC.length);
  const recordBytes = HASH_BYTES + dimensions * 4;
  if (dimensions === 0) return { vectors, isWhole: false };
  for (let at = HEADER_BYTES; at + recordBytes <= bytes.length; at += recordBytes) {
    const vector = Float32Array.from({ length: dimensions }, (_, index) => bytes.readFloatLE(at + HASH_BYTES + index * 4));
    if (Math.abs(Math.hypot(...vector) - 1) < 1e-3) vectors.set(bytes.toString('hex', at, at + HASH_BYTES), vector);
  }
  return { vectors, isWhole: vectors.size > 0 && bytes.length === HEADER_BYTES + vectors.size * recordBytes };
}
