import { sql } from 'kysely';
import { AppError } from '../domain/errors.ts';
import type { Revision } from '../knowledge/editorial/revision.ts';
import type { EditorialChange } from '../knowledge/editorial/store.ts';
import { addAudits } from './audit-log.ts';
import { inBatches } from './batches.ts';
import { cleanText } from './clean.ts';
import type { EngineKind } from './engine.ts';
import { prepare } from './prepared.ts';
import { countVersionUp } from './publications.ts';
import { rowOfRevision } from './revisions.ts';
import type { Tx } from './schema.ts';
import type { TextRow } from './schema-library.ts';
import { byText, rowOfText } from './texts.ts';

/**
 * Writes the changes of texts, each named once, with their lines in the audit log.
 * @returns `stale`, with nothing written, when a text is not as it was read
 * @throws {AppError} `STALE` when that shows only while writing: the transaction must be rolled back
 */
export async function writeChanges(tx: Tx, kind: EngineKind, changes: readonly EditorialChange[]): Promise<'saved' | 'stale'> {
  // In the order of their ids, so that no two transactions wait for each other.
  const sorted = changes.toSorted((a, b) => byText(a.text.id, b.text.id));
  if (!(await areAsRead(tx, kind, sorted))) return 'stale';
  const version = changes.some(({ isPublication }) => isPublication) ? await countVersionUp(tx) : 0;
  const isNew = ({ expectedVersion }: EditorialChange): boolean => expectedVersion === null;
  await insertTexts(tx, sorted.filter(isNew), version);
  for (const change of sorted) if (change.expectedVersion !== null) await updateText(tx, change, change.expectedVersion, version);
  const revisions = changes.flatMap((change) => change.revisions);
  await saveRevisions(tx, revisions);
  const audits = changes.map(({ audit }) => audit);
  await addAudits(tx, audits);
  return 'saved';
}

/** Looked at before anything is written: a transaction shared with others need not be rolled back. PostgreSQL locks the texts until the end. */
async function areAsRead(tx: Tx, kind: EngineKind, changes: readonly EditorialChange[]): Promise<boolean> {
  const versions = new Map<string, number>();
  await inBatches(changes, async (batch) => {
    const ids = batch.map(({ text }) => cleanText(text.id));
    const query = tx.selectFrom('texts').select(['id', 'version']).where('id', 'in', ids).orderBy('id');
    for (const { id, version } of await (kind === 'postgres' ? query.forUpdate() : query).execute()) versions.set(id, version);
  });
  const seen = new Set<string>();
  return changes.every(({ text, expectedVersion }) => {
    const id = cleanText(text.id);
    const isFirst = !seen.has(id);
    seen.add(id);
    return isFirst && (versions.get(id) ?? null) === expectedVersion;
  });
}

const stale = (): AppError => new AppError('STALE', 'Expected the texts as they were read, but one was changed meanwhile.');

/** In PostgreSQL another transaction may have written a text of the same id since it was looked for. */
async function insertTexts(tx: Tx, changes: readonly EditorialChange[], version: number): Promise<void> {
  const rows = changes.map(({ text, isPublication }) => rowOfText(text, isPublication ? version : 0));
  await inBatches(rows, async (batch) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('texts')
      .values(batch)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== BigInt(batch.length)) throw stale();
  });
}

/** What a changed text takes over; `changed_in` 0 stands for: as it was. */
const update = prepare((db, given: Omit<TextRow, 'created_at_ms'> & { readonly expected: number }) =>
  db
    .updateTable('texts')
    .set({
      kind: given.kind,
      title: given.title,
      published: given.published,
      latest: given.latest,
      file_digest: given.file_digest,
      version: given.version,
      changed_in: sql<number>`coalesce(nullif(cast(${given.changed_in} as bigint), 0), changed_in)`,
    })
    .where('id', '=', given.id)
    .where('version', '=', given.expected),
);

async function updateText(tx: Tx, { text, isPublication }: EditorialChange, expected: number, version: number): Promise<void> {
  const { changed } = await update(tx, { ...rowOfText(text, isPublication ? version : 0), expected });
  if (changed === 0) throw stale();
}

const REVISED = [
  ...(['state', 'digest', 'base', 'origin', 'note', 'author_id', 'created_at_ms', 'edited_at_ms', 'submitted_at_ms'] as const),
  ...([
    'reviewer_id',
    'reviewed_at_ms',
    'review_note',
    'publish_at_ms',
    'published_at_ms',
    'superseded_at_ms',
    'impact',
    'source',
  ] as const),
];

async function saveRevisions(tx: Tx, revisions: readonly Revision[]): Promise<void> {
  // What is published comes last: only then has the one before let go of its place.
  const ordered = revisions.toSorted((a, b) => Number(a.state === 'published') - Number(b.state === 'published'));
  await inBatches(ordered.map(rowOfRevision), (batch) =>
    tx
      .insertInto('revisions')
      .values(batch)
      .onConflict((conflict) =>
        conflict
          .columns(['text_id', 'number'])
          .doUpdateSet((eb) => Object.fromEntries(REVISED.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      )
      .execute(),
  );
}
