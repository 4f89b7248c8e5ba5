import type { TextKind } from '../knowledge/editorial/revision.ts';
import type { PublishedText } from '../knowledge/editorial/store.ts';
import type { Db, Tx } from './schema.ts';
import { byText } from './texts.ts';

export async function libraryVersion(db: Db): Promise<number> {
  return (await db.selectFrom('library_state').select('version').executeTakeFirstOrThrow()).version;
}

/** The next version of the library. Whoever publishes next waits until this transaction ends: versions appear in their order. */
export async function countVersionUp(tx: Tx): Promise<number> {
  const counted = await tx
    .updateTable('library_state')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .returning('version')
    .executeTakeFirstOrThrow();
  return counted.version;
}

export interface Publications {
  readonly version: number;
  readonly texts: readonly PublishedText[];
  readonly withdrawn: readonly string[];
}

/** What was published or withdrawn after a version of the library, as it is now; both by id. */
export async function publicationsSince(db: Db, since: number): Promise<Publications> {
  // One statement, so that the version is that of the texts, whatever is published meanwhile.
  const rows = await db
    .selectFrom('library_state')
    .leftJoin('texts', (join) => join.on('texts.changed_in', '>', since))
    .leftJoin('revisions', (join) => join.onRef('revisions.text_id', '=', 'texts.id').onRef('revisions.number', '=', 'texts.published'))
    .select(['library_state.version', 'texts.id', 'texts.kind', 'revisions.number', 'revisions.source', 'revisions.digest'])
    .select('revisions.published_at_ms')
    .execute();
  const texts: PublishedText[] = [];
  const withdrawn: string[] = [];
  for (const { id, kind, number, source, digest, published_at_ms } of rows) {
    if (id === null) continue;
    if (number === null) withdrawn.push(id);
    else {
      texts.push({
        id,
        kind: kind as TextKind,
        source: source!,
        digest: digest!,
        revision: number,
        publishedAtMs: published_at_ms!,
      });
    }
  }
  return { version: rows[0]!.version, texts: texts.sort((a, b) => byText(a.id, b.id)), withdrawn: withdrawn.sort(byText) };
}
