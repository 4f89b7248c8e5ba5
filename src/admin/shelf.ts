import type { TextKind } from '../knowledge/editorial/revision.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { fileOf, isRecordKind } from '../knowledge/folders.ts';
import type { Shelf } from '../knowledge/import/index.ts';
import { readText } from '../knowledge/text-source.ts';
import { batches } from './batches.ts';

const OPEN = ['draft', 'in-review', 'scheduled'];

/**
 * The documents an import is compared with: what is published, and of those not published yet the latest that is still on its way. What was
 * rejected, discarded or withdrawn may come in anew.
 */
export async function shelfOf(store: EditorialStore): Promise<Shelf> {
  const [texts, published] = await Promise.all([store.texts(), store.published()]);
  const sources = new Map(published.texts.map(({ id, source }) => [id, source]));
  const unpublished = texts.filter(({ id, kind }) => isRecordKind(kind) && !sources.has(id));
  for (const batch of batches(unpublished)) {
    const latest = await Promise.all(batch.map(({ id, latest }) => store.revision(id, latest)));
    for (const revision of latest) {
      if (revision !== null && OPEN.includes(revision.state)) sources.set(revision.textId, revision.source);
    }
  }
  return texts.flatMap(({ id, kind }) => {
    const source = sources.get(id);
    if (source === undefined) return [];
    const path = fileOf({ id, kind });
    const record = recordIn(source, kind, path);
    return record === null ? [] : [{ path, source, record }];
  });
}

/** A draft that cannot be read has nothing to be compared with. */
function recordIn(source: string, kind: TextKind, path: string): Shelf[number]['record'] | null {
  try {
    return readText(source, kind, path).record;
  } catch {
    return null;
  }
}
