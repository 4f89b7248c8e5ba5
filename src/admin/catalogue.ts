import type { InOrder } from '../domain/in-order.ts';
import type { LibraryRecord } from '../domain/record.ts';
import { successionOf, type Validity } from '../domain/validity.ts';
import type { LibraryText, Revision, RevisionState } from '../knowledge/editorial/revision.ts';
import type { EditorialStore, TextFilter } from '../knowledge/editorial/store.ts';
import { readText } from '../knowledge/text-source.ts';
import { batches } from './batches.ts';

/** A text, with what its published revision (else its latest) says about itself. */
export interface CatalogueEntry {
  readonly text: LibraryText;
  /** Null for what is no record, and for a draft that cannot be read. */
  readonly record: LibraryRecord | null;
  readonly latestState: RevisionState;
  readonly publishedAtMs: number | null;
}

/** All texts, taken apart once for each version of them. */
export interface Catalogue {
  /** By id. */
  entries(filter?: TextFilter): Promise<readonly CatalogueEntry[]>;
  /** Null when there is no such text. */
  entry(id: string): Promise<CatalogueEntry | null>;
}

/** @param inTurn so that several who ask at once after a start do not all read the whole library */
export function createCatalogue(store: EditorialStore, inTurn: InOrder): Catalogue {
  const known = new Map<string, CatalogueEntry>();

  const load = async (text: LibraryText): Promise<void> => {
    const shown = await store.revision(text.id, text.published ?? text.latest);
    const latest = text.published === null || text.published === text.latest ? shown : await store.revision(text.id, text.latest);
    if (shown === null || latest === null) throw new Error(`Text ${text.id} lacks the revision it names`);
    const publishedAtMs = text.published === null ? null : shown.publishedAtMs;
    known.set(text.id, { text, record: recordOf(shown, text), latestState: latest.state, publishedAtMs });
  };

  const upToDate = (texts: readonly LibraryText[]): Promise<readonly CatalogueEntry[]> =>
    inTurn('catalogue', async () => {
      const outdated = texts.filter(({ id, version }) => known.get(id)?.text.version !== version);
      for (const batch of batches(outdated)) await Promise.all(batch.map(load));
      return texts.map(({ id }) => known.get(id)!);
    });

  return {
    entries: async (filter) => upToDate(await store.texts(filter)),
    async entry(id) {
      const text = await store.text(id);
      return text === null ? null : (await upToDate([text]))[0]!;
    },
  };
}

function recordOf(revision: Revision, { kind }: LibraryText): LibraryRecord | null {
  try {
    return readText(revision.source, kind).record;
  } catch {
    return null;
  }
}

export const publishedAmong = (entries: readonly CatalogueEntry[]): readonly LibraryRecord[] =>
  entries.flatMap(({ text, record }) => (text.published === null || record === null ? [] : [record]));

/** Tells of records whether they are in force on a day, beside what is published. */
export function validityAmong(published: readonly LibraryRecord[], today: string): (record: LibraryRecord) => Validity {
  const succession = successionOf(published);
  return (record) => succession.validityOf(record, today);
}
