import { AppError } from '../domain/errors.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import type { StackDocument } from './document.ts';
import { Shelver } from './shelve.ts';
import type { Collection, Shelved, StackStore } from './store.ts';

export interface LoadOptions {
  readonly name: string;
  readonly title: string;
  readonly thesaurus: Thesaurus;
  readonly nowMs: number;
  /** Called after each batch with the sections so far; then, with `isIndexing`, before all of it is indexed. */
  readonly onProgress?: (sections: number, isIndexing: boolean) => void;
}

const BATCH = 1_000;
const NAME = /^[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$/;

/**
 * Puts documents into the stacks as one collection, all or nothing; a collection of the same name gives way to it in the same moment.
 * @throws {AppError} `INPUT_INVALID`: the name, or what the documents throw; `STORE_UNAVAILABLE`
 */
export async function loadCollection(
  documents: AsyncIterable<StackDocument> | Iterable<StackDocument>,
  store: Pick<StackStore, 'load'>,
  { name, title, thesaurus, nowMs, onProgress = () => {} }: LoadOptions,
): Promise<Collection> {
  if (!NAME.test(name)) {
    throw new AppError('INPUT_INVALID', `Expected a name of lower-case letters, digits and hyphens, 24 at most, got "${name}".`, {
      hint: 'Choose a short one such as "laws".',
    });
  }
  const shelver = new Shelver(thesaurus);
  const loader = await store.load(name);
  try {
    let [count, sections] = [0, 0];
    let batch: Shelved[] = [];
    let adding: Promise<void> = Promise.resolve();
    // While the database takes one batch, the next is read.
    const flush = async (): Promise<void> => {
      await adding;
      adding = loader.add(batch);
      // Awaited by the next batch or at the end.
      adding.catch(() => {});
      sections += batch.length;
      batch = [];
      onProgress(sections, false);
    };
    for await (const document of documents) {
      batch.push(...shelver.shelve(document, `${name}-${(++count).toString(36)}`));
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    await adding;
    if (sections === 0) throw new AppError('INPUT_INVALID', 'Expected at least one section, found none.', { hint: 'Check the files.' });
    onProgress(sections, true);
    const collection: Collection = { name, title, documents: count, sections, counts: shelver.counts, addedAtMs: nowMs };
    await loader.finish(collection, shelver.terms());
    return collection;
  } catch (error) {
    await loader.abandon();
    throw error;
  }
}
