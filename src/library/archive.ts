import type { Archive } from '../conversations/archive.ts';
import { dayIn } from '../domain/day.ts';
import { AppError } from '../domain/errors.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { kindOfSource, readText } from '../knowledge/text-source.ts';

/** Old revisions asked for again and again stay at hand: as many as this. */
const REMEMBERED = 16;

/** Texts as they stood in earlier revisions. @param timeZone in which the day of publication is told */
export function createArchive(store: Pick<EditorialStore, 'revision'>, timeZone: string): Archive {
  const known = new Map<string, LibraryRecord | null>();
  const recordOf = async (documentId: string, number: number): Promise<LibraryRecord | null> => {
    const key = `${documentId}/${number}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const revision = await store.revision(documentId, number);
    if (!revision || revision.publishedAtMs === null) return null;
    const record = readable(revision.source, documentId);
    const found = record && { ...record, revision: number, publishedOn: dayIn(timeZone, revision.publishedAtMs) };
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
    known.set(key, found);
    return found;
  };
  return {
    async section(documentId, number, revision) {
      const record = await recordOf(documentId, revision);
      const section = record?.sections.find((candidate) => candidate.number === number);
      return record && section ? { record, section } : null;
    },
  };
}

/** Null when a newer program reads such a text no more. */
function readable(source: string, documentId: string): LibraryRecord | null {
  const file = `${documentId}.md`;
  try {
    return readText(source, kindOfSource(source, file), file).record;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
