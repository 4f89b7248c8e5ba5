import { parentPort, workerData } from 'node:worker_threads';
import { buildCorpus } from './answering/corpus.ts';
import { packCorpus } from './answering/corpus-snapshot.ts';
import type { LibraryRecord } from './domain/record.ts';
import { type Library, readLibrary } from './knowledge/library.ts';

/** What the worker is told: where the library is, and how it was when last read. */
export interface ReadOrder {
  readonly folder: string;
  readonly digests: ReadonlyMap<string, string>;
  readonly languageDigest: string;
}

/** What has become of the library since. */
export interface LibraryChange {
  /** Ids of all records, in order. */
  readonly order: readonly string[];
  /** New records, and those whose file changed. */
  readonly changed: readonly LibraryRecord[];
  readonly digests: ReadonlyMap<string, string>;
  readonly languageDigest: string;
  /** Set when the lexicon, the thesaurus or the English list changed; `packed` is then the corpus built anew. */
  readonly language: (Pick<Library, 'lexicon' | 'thesaurus' | 'english'> & { readonly packed: Uint8Array<ArrayBuffer> }) | null;
}

/** Reads the library away from the thread that answers; indexes it too when every text has to be read again. */
async function read({ folder, digests, languageDigest }: ReadOrder): Promise<LibraryChange> {
  const library = await readLibrary(folder);
  const isSameLanguage = library.languageDigest === languageDigest;
  const { lexicon, thesaurus, english } = library;
  return {
    order: library.records.map(({ id }) => id),
    changed: library.records.filter(({ id }) => digests.get(id) !== library.digests.get(id)),
    digests: library.digests,
    languageDigest: library.languageDigest,
    language: isSameLanguage ? null : { lexicon, thesaurus, english, packed: packCorpus(buildCorpus(library), library.languageDigest)! },
  };
}

const change = await read(workerData as ReadOrder);
parentPort!.postMessage(change, change.language ? [change.language.packed.buffer] : []);
