import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createQuery } from '../../../src/answering/query.ts';
import { retrieve } from '../../../src/answering/retrieve.ts';
import { fuseScores } from '../../../src/answering/similarity.ts';
import type { Log } from '../../../src/domain/log.ts';
import { openModels } from '../../../src/models/index.ts';
import { comparable } from '../../../src/text/tokens.ts';
import type { EmbeddingApi, Engine } from './engine.ts';
import { indexed, prepareWence } from './passage-library.ts';

let api: EmbeddingApi | null = null;

const TIMEOUT_MS = 60_000;
const UNLIMITED_TOKENS = 1_000_000_000;

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Wence as with EMBEDDING_BASE_URL set. The time to build holds the time the endpoint takes for the passages, that of a question its own. */
export const wenceEmbeddings: Engine = {
  async prepare(embedding) {
    if (!embedding) throw new Error('Expected an embedding API');
    api = embedding;
    await prepareWence();
  },
  async build(passages) {
    const { corpus, passageIds } = indexed(passages);
    const folder = mkdtempSync(join(tmpdir(), 'wence-bench-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const { embeddings } = await openModels({
      llm: null,
      embedding: { ...api!, apiKey: process.env['EMBEDDING_API_KEY'] ?? null, timeoutMs: TIMEOUT_MS, dailyTokens: UNLIMITED_TOKENS },
      folder,
      sections: () => corpus.sections,
      fuse: fuseScores,
      now: Date.now,
      log: quiet,
      stop: new AbortController().signal,
    });
    await embeddings!.ready();
    return {
      async search(question, depth) {
        // Null when the model was found to be of no use here, as in the product.
        const similarities = await embeddings!.similarities(question);
        return retrieve(createQuery(comparable(question), corpus), corpus, undefined, similarities)
          .slice(0, depth)
          .map(({ section }) => passageIds.get(corpus.sectionAt(section).id)!);
      },
    };
  },
};
