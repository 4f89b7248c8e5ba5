import { sql } from 'kysely';
import type { Impact, Revision, RevisionOrigin, RevisionState, RevisionSummary } from '../knowledge/editorial/revision.ts';
import { cleanRow, cleanText, fromJson, toJson } from './clean.ts';
import { prepare } from './prepared.ts';
import type { Db } from './schema.ts';
import type { RevisionRow } from './schema-library.ts';
import { byText } from './texts.ts';

export const rowOfRevision = (revision: Revision): RevisionRow =>
  cleanRow({
    text_id: revision.textId,
    number: revision.number,
    state: revision.state,
    digest: revision.digest,
    base: revision.base,
    origin: revision.origin,
    note: revision.note,
    author_id: revision.authorId,
    created_at_ms: revision.createdAtMs,
    edited_at_ms: revision.editedAtMs,
    submitted_at_ms: revision.submittedAtMs,
    reviewer_id: revision.reviewerId,
    reviewed_at_ms: revision.reviewedAtMs,
    review_note: revision.reviewNote,
    publish_at_ms: revision.publishAtMs,
    published_at_ms: revision.publishedAtMs,
    superseded_at_ms: revision.supersededAtMs,
    impact: revision.impact && toJson(revision.impact),
    source: revision.source,
  });

const metaOfRow = (row: Omit<RevisionRow, 'impact' | 'source'>): Omit<RevisionSummary, 'hasImpact'> => ({
  textId: row.text_id,
  number: row.number,
  state: row.state as RevisionState,
  digest: row.digest,
  base: row.base,
  origin: row.origin as RevisionOrigin,
  note: row.note,
  authorId: row.author_id,
  createdAtMs: row.created_at_ms,
  editedAtMs: row.edited_at_ms,
  submittedAtMs: row.submitted_at_ms,
  reviewerId: row.reviewer_id,
  reviewedAtMs: row.reviewed_at_ms,
  reviewNote: row.review_note,
  publishAtMs: row.publish_at_ms,
  publishedAtMs: row.published_at_ms,
  supersededAtMs: row.superseded_at_ms,
});

const revisionByNumber = prepare((db, given: { readonly textId: string; readonly number: number }) =>
  db.selectFrom('revisions').selectAll().where('text_id', '=', given.textId).where('number', '=', given.number),
);

export async function findRevision(db: Db, textId: string, number: number): Promise<Revision | null> {
  const [row] = (await revisionByNumber(db, { textId: cleanText(textId), number })).rows;
  if (!row) return null;
  return { ...metaOfRow(row), source: row.source, impact: row.impact === null ? null : (fromJson(row.impact) as Impact) };
}

/** Without the long columns. */
const summaries = (db: Db) =>
  db
    .selectFrom('revisions')
    .select(['text_id', 'number', 'state', 'digest', 'base', 'origin', 'note', 'author_id', 'created_at_ms', 'edited_at_ms'])
    .select(['submitted_at_ms', 'reviewer_id', 'reviewed_at_ms', 'review_note', 'publish_at_ms', 'published_at_ms', 'superseded_at_ms'])
    .select(sql<number>`case when impact is null then 0 else 1 end`.as('has_impact'));

type SummaryRow = Omit<RevisionRow, 'impact' | 'source'> & { readonly has_impact: number };
const summaryOf = (row: SummaryRow): RevisionSummary => ({ ...metaOfRow(row), hasImpact: row.has_impact === 1 });

/** Of one text, the latest first. */
export async function revisionsOf(db: Db, textId: string): Promise<RevisionSummary[]> {
  const rows = await summaries(db).where('text_id', '=', cleanText(textId)).orderBy('number', 'desc').execute();
  return rows.map(summaryOf);
}

/** Of all texts, the oldest first; those of the same time by text and number. */
export async function revisionsIn(db: Db, states: readonly RevisionState[]): Promise<RevisionSummary[]> {
  if (states.length === 0) return [];
  const rows = await summaries(db).where('state', 'in', states).execute();
  return rows.map(summaryOf).sort((a, b) => a.createdAtMs - b.createdAtMs || byText(a.textId, b.textId) || a.number - b.number);
}
