import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCorpus, type Knowledge } from '../answering/corpus.ts';
import { packCorpus, unpackCorpus } from '../answering/corpus-snapshot.ts';
import type { Log } from '../domain/log.ts';
import type { Library } from '../knowledge/library.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';
import { createState, type Day, type LibraryState } from './state.ts';
import { libraryFrom, type Publication } from './texts.ts';

/** A state, and whether its index came from the last start. */
export interface LoadedState {
  readonly state: LibraryState;
  readonly isRestored: boolean;
}

type Part = 'in-force' | 'lapsed';

/**
 * The state of all that is published. @param published all of it @param shelf null: none
 */
export const loadState = (
  { version, texts }: Pick<Publication, 'version' | 'texts'>,
  { today, timeZone }: Day,
  shelf: SnapshotShelf | null,
  log: Log,
): Promise<LoadedState> => stateOf(libraryFrom(texts, timeZone, log), version, today, shelf, log);

/**
 * The state of a library, with the index kept from an earlier start when that is of the same texts and made by the same program; else it is built,
 * and kept for the next start.
 */
export async function stateOf(
  library: Library,
  version: number,
  today: string,
  shelf: SnapshotShelf | null,
  log: Log,
): Promise<LoadedState> {
  const program = programDigest();
  const nameOf = (part: Part): string => `${part}-${program.slice(0, 12)}`;
  const kept = new Map<Part, Uint8Array<ArrayBuffer> | null>();
  for (const part of ['in-force', 'lapsed'] as const) kept.set(part, await read(nameOf(part), shelf, log));
  const built: { readonly name: string; readonly packed: Uint8Array }[] = [];
  const state = createState(library, version, today, (knowledge, part) => {
    const key = keyOf(knowledge, library, program);
    const packed = kept.get(part) ?? null;
    const restored = packed && unpackCorpus(knowledge, packed, key);
    if (restored) return restored;
    const corpus = buildCorpus(knowledge);
    const anew = shelf && packCorpus(corpus, key);
    built.push({ name: nameOf(part), packed: anew ?? new Uint8Array() });
    return corpus;
  });
  for (const { name, packed } of built) await keep(name, packed, shelf, log);
  return { state, isRestored: built.length === 0 };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function read(name: string, shelf: SnapshotShelf | null, log: Log): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return (await shelf?.read(name)) ?? null;
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'the index of the last start could not be read; it is made anew');
    return null;
  }
}

/** Without it the next start only takes longer. */
async function keep(name: string, packed: Uint8Array, shelf: SnapshotShelf | null, log: Log): Promise<void> {
  if (packed.length === 0) return;
  try {
    await shelf?.write(name, packed);
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'the index was not kept for the next start');
  }
}

/** Names the texts and the program that indexes them: a snapshot of another state of either is of no use. */
function keyOf({ records }: Knowledge, { digests, languageDigest }: Pick<Library, 'digests' | 'languageDigest'>, program: string): string {
  return createHash('sha256')
    .update(JSON.stringify([records.map(({ id }) => [id, digests.get(id)]), languageDigest, program]))
    .digest('base64url');
}

/** Of all that has a part in an index: another version of the program keeps its own. */
function programDigest(): string {
  const hash = createHash('sha256');
  const source = join(import.meta.dirname, '..');
  for (const room of ['text', 'search', 'knowledge', 'answering']) {
    for (const name of readdirSync(join(source, room)).sort()) {
      if (/(?<!\.d)\.[jt]s$/.test(name)) hash.update(readFileSync(join(source, room, name)));
    }
  }
  return hash.update(readFileSync(join(source, '../package.json'))).digest('hex');
}
