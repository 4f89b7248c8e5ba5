import type { Passage } from '../passage.ts';

/** What saving the built index and reading it again costs. */
export interface SnapshotFigures {
  readonly bytes: number;
  readonly saveMs: number;
  readonly loadMs: number;
}

/** An index over some passages. */
export interface Searcher {
  /** Ids of the best passages, best first, at most `depth`. Whatever the question needs (normalising, segmenting) is done in here. */
  search(question: string, depth: number): readonly string[] | Promise<readonly string[]>;
  /** Saves and loads the index once; left out by engines that are always built anew. */
  snapshot?(): SnapshotFigures | Promise<SnapshotFigures>;
  /** Ends what `build` has started; left out where there is nothing. */
  close?(): Promise<void>;
}

/** An OpenAI-compatible embedding API; its key, if it asks for one, is EMBEDDING_API_KEY of the environment. */
export interface EmbeddingApi {
  readonly baseUrl: string;
  readonly model: string;
}

/** A way to search. */
export interface Engine {
  /**
   * What every process does once, whatever the corpus (dictionaries); not part of the time to build.
   * @param embedding given to engines that need one
   */
  prepare?(embedding: EmbeddingApi | null): void | Promise<void>;
  /** Builds the index. Reads the passages once, and must not expect them to be kept. */
  build(passages: Iterable<Passage>): Searcher | Promise<Searcher>;
}
