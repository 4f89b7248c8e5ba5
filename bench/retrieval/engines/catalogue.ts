import type { Engine } from './engine.ts';

export interface EngineEntry {
  /** In one line, for people. */
  readonly what: string;
  /** Only the engine that is measured is loaded. */
  readonly load: () => Promise<Engine>;
  /** Left out for larger corpora unless asked for by name. */
  readonly maxPassages: number;
  /** So slow that it is asked only a sample of the questions. */
  readonly isSlow: boolean;
  /** Left out unless an embedding API is given. */
  readonly needsEmbedding?: true;
}

const fast = { maxPassages: Number.POSITIVE_INFINITY, isSlow: false } as const;
const slow = { maxPassages: 20_000, isSlow: true } as const;

/** Every engine, in the order they are shown. */
export const ENGINES = {
  wence: { what: 'Wence: what it finds and how it ranks', load: async () => (await import('./wence.ts')).wence, ...fast },
  'wence-embeddings': {
    what: 'Wence with an embedding model; measured only where one is given',
    load: async () => (await import('./wence-embeddings.ts')).wenceEmbeddings,
    maxPassages: 20_000,
    isSlow: false,
    needsEmbedding: true,
  },
  'wence-postgres': {
    what: 'Wence with the passages in PostgreSQL (its stacks): found there, ranked as always',
    load: async () => (await import('./wence-postgres.ts')).wencePostgres,
    ...fast,
  },
  bm25: {
    what: 'plain BM25 (k1 1.2, b 0.75) over jieba words and character bigrams: the baseline',
    load: async () => (await import('./bm25.ts')).bm25,
    ...fast,
  },
  'minisearch-bigrams': {
    what: 'MiniSearch over jieba words and character bigrams',
    load: async () => (await import('./minisearch.ts')).miniSearchBigrams,
    maxPassages: 100_000,
    isSlow: false,
  },
  minisearch: {
    what: 'MiniSearch over jieba words',
    load: async () => (await import('./minisearch.ts')).miniSearch,
    maxPassages: 100_000,
    isSlow: false,
  },
  fts5: { what: 'SQLite FTS5 in memory over jieba words', load: async () => (await import('./fts5.ts')).fts5, ...fast },
  'fuse-tokens': { what: 'fuse.js, token search over jieba words', load: async () => (await import('./fuse.ts')).fuseTokens, ...slow },
  fuse: { what: 'fuse.js, plain', load: async () => (await import('./fuse.ts')).fuse, ...slow },
} as const satisfies Record<string, EngineEntry>;

export type EngineName = keyof typeof ENGINES;
export const needsEmbedding = (name: EngineName): boolean => 'needsEmbedding' in ENGINES[name];
export const ENGINE_NAMES = Object.keys(ENGINES) as [EngineName, ...EngineName[]];
export const isEngineName = (name: string): name is EngineName => Object.hasOwn(ENGINES, name);

/** The engine the others are held against. */
export const BASELINE: EngineName = 'bm25';
