import type { LibraryText, TextKind } from '../knowledge/editorial/revision.ts';
import type { TextFilter } from '../knowledge/editorial/store.ts';
import { cleanRow, cleanText } from './clean.ts';
import { prepare } from './prepared.ts';
import type { Db } from './schema.ts';
import type { TextRow } from './schema-library.ts';

/** @param changedIn version of the library in which it was last published or withdrawn */
export const rowOfText = (text: LibraryText, changedIn: number): TextRow =>
  cleanRow({
    id: text.id,
    kind: text.kind,
    title: text.title,
    created_at_ms: text.createdAtMs,
    published: text.published,
    latest: text.latest,
    file_digest: text.fileDigest,
    version: text.version,
    changed_in: changedIn,
  });

const textOfRow = (row: TextRow): LibraryText => ({
  id: row.id,
  kind: row.kind as TextKind,
  title: row.title,
  createdAtMs: row.created_at_ms,
  published: row.published,
  latest: row.latest,
  fileDigest: row.file_digest,
  version: row.version,
});

/** The same order in every database, whatever its collation. */
export const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const textById = prepare((db, given: { readonly id: string }) => db.selectFrom('texts').selectAll().where('id', '=', given.id));

export async function findText(db: Db, id: string): Promise<LibraryText | null> {
  const [row] = (await textById(db, { id: cleanText(id) })).rows;
  return row ? textOfRow(row) : null;
}

/** All texts that fit, by id. */
export async function listTexts(db: Db, { kind, state }: TextFilter): Promise<LibraryText[]> {
  let query = db.selectFrom('texts').selectAll();
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('id', 'in', (eb) => eb.selectFrom('revisions').select('text_id').where('state', '=', state));
  return (await query.execute()).map(textOfRow).sort((a, b) => byText(a.id, b.id));
}
