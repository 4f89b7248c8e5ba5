import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildCorpus, type Corpus, type Knowledge } from '../answering/corpus.ts';
import { packCorpus, unpackCorpus } from '../answering/corpus-snapshot.ts';
import type { Log } from '../domain/log.ts';
import type { Library } from '../knowledge/library.ts';
import { createState, type Day, type LibraryState } from './state.ts';
import { libraryFrom, type Publication } from './texts.ts';

/** A state, and whether its index came from the last start. */
export interface LoadedState {
  readonly state: LibraryState;
  readonly isRestored: boolean;
}

/**
 * The state of all that is published. @param published all of it @param snapshotFile null: none
 */
export const loadState = (
  { version, texts }: Pick<Publication, 'version' | 'texts'>,
  { today, timeZone }: Day,
  snapshotFile: string | null,
  log: Log,
): LoadedState => stateOf(libraryFrom(texts, timeZone, log), version, today, snapshotFile, log);

/**
 * The state of a library, with the index kept from the last start when that is of the same texts and made by the same program; else it is built,
 * and kept for the next start.
 */
export function stateOf(library: Library, version: number, today: string, snapshotFile: string | null, log: Log): LoadedState {
  let isRestored = true;
  const state = createState(library, version, today, (knowledge, part) => {
    const file = snapshotFile === null || part === 'in-force' ? snapshotFile : `${snapshotFile}-lapsed`;
    const loaded = snapshotCorpus(knowledge, library, file, log);
    isRestored &&= loaded.isRestored;
    return loaded.corpus;
  });
  return { state, isRestored };
}

function snapshotCorpus(
  knowledge: Knowledge,
  digested: Pick<Library, 'digests' | 'languageDigest'>,
  file: string | null,
  log: Log,
): { readonly corpus: Corpus; readonly isRestored: boolean } {
  if (file === null) return { corpus: buildCorpus(knowledge), isRestored: false };
  const key = keyOf(knowledge, digested);
  const restored = restore(knowledge, file, key);
  if (restored) return { corpus: restored, isRestored: true };
  const corpus = buildCorpus(knowledge);
  keep(packCorpus(corpus, key), file, log);
  return { corpus, isRestored: false };
}

/** Names the texts and the program that indexes them: a snapshot of another state of either is of no use. */
function keyOf({ records }: Knowledge, { digests, languageDigest }: Pick<Library, 'digests' | 'languageDigest'>): string {
  const hash = createHash('sha256').update(JSON.stringify([records.map(({ id }) => [id, digests.get(id)]), languageDigest]));
  const source = join(import.meta.dirname, '..');
  for (const room of ['text', 'search', 'knowledge', 'answering']) {
    for (const name of readdirSync(join(source, room)).sort()) {
      if (/(?<!\.d)\.[jt]s$/.test(name)) hash.update(readFileSync(join(source, room, name)));
    }
  }
  hash.update(readFileSync(join(source, '../package.json')));
  return hash.digest('base64url');
}

function restore(knowledge: Knowledge, file: string, key: string): Corpus | null {
  try {
    return unpackCorpus(knowledge, readFileSync(file), key);
  } catch {
    return null;
  }
}

/** Writes the snapshot whole or not at all; without one the next start only takes longer. */
function keep(packed: Uint8Array | null, file: string, log: Log): void {
  if (!packed) return;
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, packed);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the index was not kept for the next start');
  }
}
