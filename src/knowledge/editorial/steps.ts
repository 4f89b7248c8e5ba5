import type { AuditAction, AuditEntry } from '../../domain/audit.ts';
import { digestOf } from './digest.ts';
import type { LibraryText, Revision, RevisionOrigin, TextKind } from './revision.ts';

/*
 * The steps of a text from draft to answer, as plain changes of data: who may take them and whether they fit the state is asked before
 * (permissions.ts), writing them down comes after.
 */

/** What a step leaves behind. */
export interface Step {
  /** Its version is counted up. */
  readonly text: LibraryText;
  /** What the step was about, as it is now. */
  readonly revision: Revision;
  /** Other revisions that changed with it. */
  readonly others: readonly Revision[];
  readonly action: AuditAction;
  readonly detail: AuditEntry['detail'];
  readonly isPublication: boolean;
}

/** A text that can be read: what its source says of itself. */
export interface Readable {
  readonly source: string;
  readonly kind: TextKind;
  readonly title: string;
}

/** A text before it is written for the first time. */
export const newText = (id: string, { kind, title }: Readable, nowMs: number): LibraryText => ({
  id,
  kind,
  title,
  createdAtMs: nowMs,
  published: null,
  latest: 0,
  fileDigest: null,
  version: 0,
});

/** Who writes a revision, and how it came to be. */
export interface Authorship {
  readonly authorId: string | null;
  readonly origin: RevisionOrigin;
  readonly base: number | null;
  readonly note: string;
}

const counted = (text: LibraryText): LibraryText => ({ ...text, version: text.version + 1 });

/** A text nobody is answered from yet goes by the title of its latest revision. */
const retitled = (text: LibraryText, title: string): LibraryText => (text.published === null ? { ...text, title } : text);

const ofStep = (
  action: AuditAction,
  text: LibraryText,
  revision: Revision,
  detail: AuditEntry['detail'] = {},
  others: readonly Revision[] = [],
): Step => ({
  text: counted(text),
  revision,
  others,
  action,
  detail: { revision: revision.number, ...detail },
  isPublication: false,
});

const withNote = (note: string): AuditEntry['detail'] => (note === '' ? {} : { note });

/** The next revision of a text, as a draft. */
export function drafted(text: LibraryText, { source, title }: Readable, by: Authorship, nowMs: number): Step {
  const revision: Revision = {
    textId: text.id,
    number: text.latest + 1,
    state: 'draft',
    source,
    digest: digestOf(source),
    ...by,
    createdAtMs: nowMs,
    editedAtMs: nowMs,
    submittedAtMs: null,
    reviewerId: null,
    reviewedAtMs: null,
    reviewNote: null,
    publishAtMs: null,
    publishedAtMs: null,
    supersededAtMs: null,
    impact: null,
  };
  return ofStep('text.created', retitled({ ...text, latest: revision.number }, title), revision, {
    title,
    origin: by.origin,
    ...withNote(by.note),
  });
}

/** A draft with another source. Who wrote last is its author from now on: the four eyes are those of the last writer and of another. */
export function edited(
  text: LibraryText,
  revision: Revision,
  { source, title }: Readable,
  authorId: string | null,
  note: string,
  nowMs: number,
): Step {
  const changed: Revision = {
    ...revision,
    source,
    digest: digestOf(source),
    authorId,
    note: note === '' ? revision.note : note,
    editedAtMs: nowMs,
    impact: null,
  };
  return ofStep('text.edited', revision.number === text.latest ? retitled(text, title) : text, changed, withNote(note));
}

export const submitted = (text: LibraryText, revision: Revision, note: string, nowMs: number): Step =>
  ofStep(
    'text.submitted',
    text,
    {
      ...revision,
      state: 'in-review',
      submittedAtMs: nowMs,
      note: note === '' ? revision.note : note,
      reviewerId: null,
      reviewedAtMs: null,
    },
    withNote(note),
  );

/** What somebody said who looked at a revision. */
export interface Review {
  readonly reviewerId: string | null;
  readonly note: string;
  readonly atMs: number;
}

const reviewed = (revision: Revision, { reviewerId, note, atMs }: Review): Revision => ({
  ...revision,
  reviewerId,
  reviewedAtMs: atMs,
  reviewNote: note === '' ? null : note,
});

export const sentBack = (text: LibraryText, revision: Revision, review: Review): Step =>
  ofStep(
    'text.sent-back',
    text,
    { ...reviewed(revision, review), state: 'draft', submittedAtMs: null, publishAtMs: null },
    withNote(review.note),
  );

export const rejected = (text: LibraryText, revision: Revision, review: Review): Step =>
  ofStep('text.rejected', text, { ...reviewed(revision, review), state: 'rejected' }, withNote(review.note));

export const discarded = (text: LibraryText, revision: Revision, note: string): Step =>
  ofStep('text.discarded', text, { ...revision, state: 'discarded' }, withNote(note));

export const scheduled = (text: LibraryText, revision: Revision, review: Review, publishAtMs: number): Step =>
  ofStep(
    'text.scheduled',
    text,
    { ...reviewed(revision, review), state: 'scheduled', publishAtMs },
    { publishAtMs, ...withNote(review.note) },
  );

export const approved = (revision: Revision, review: Review): Revision => reviewed(revision, review);

/**
 * A revision in the place of the one published before.
 * @param before the published revision; null when there is none
 */
export function published(
  text: LibraryText,
  revision: Revision,
  { kind, title }: Readable,
  before: Revision | null,
  nowMs: number,
  { action = 'text.published', detail = {} }: { readonly action?: AuditAction; readonly detail?: AuditEntry['detail'] } = {},
): Step {
  const now: Revision = { ...revision, state: 'published', publishedAtMs: nowMs };
  const others = before === null ? [] : [superseded(before, nowMs)];
  return {
    ...ofStep(action, { ...text, kind, title, published: revision.number }, now, { title, ...detail }, others),
    isPublication: true,
  };
}

/** An earlier text as the next revision, published at once. */
export function rolledBack(text: LibraryText, earlier: Revision, readable: Readable, before: Revision | null, review: Review): Step {
  const { reviewerId, note, atMs } = review;
  const { text: next, revision } = drafted(text, readable, { authorId: reviewerId, origin: 'roll-back', base: earlier.number, note }, atMs);
  return published({ ...next, version: text.version }, reviewed(revision, { ...review, note: '' }), readable, before, atMs, {
    action: 'text.rolled-back',
    detail: { from: before?.number ?? null, to: earlier.number, ...withNote(note) },
  });
}

/** Nothing of the text is answered from any more. */
export const withdrawn = (text: LibraryText, current: Revision, note: string, nowMs: number): Step => ({
  ...ofStep('text.withdrawn', { ...text, published: null }, superseded(current, nowMs), withNote(note)),
  isPublication: true,
});

const superseded = (revision: Revision, nowMs: number): Revision => ({ ...revision, state: 'superseded', supersededAtMs: nowMs });
