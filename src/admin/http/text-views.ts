import type { LibraryRecord } from '../../domain/record.ts';
import type { Validity } from '../../domain/validity.ts';
import type { Editor } from '../../knowledge/editorial/editorial.ts';
import type { Impact, LibraryText, Revision, RevisionSummary } from '../../knowledge/editorial/revision.ts';
import { contentOf, type TextContent, textProblems } from '../../knowledge/text-source.ts';
import type { CatalogueEntry } from '../catalogue.ts';
import type { House } from './house.ts';
import { namesOf } from './names.ts';
import type { impact, revisionSummary, revisionView, textItem, View } from './schemas.ts';

export const impactView = ({ digest: _digest, changed, ...rest }: Impact): View<typeof impact> => ({ ...rest, changed: [...changed] });

export function summaryView(revision: RevisionSummary, nameOf: (userId: string | null) => string): View<typeof revisionSummary> {
  const { digest: _digest, reviewerId, authorId, ...rest } = revision;
  return {
    ...rest,
    authorId,
    author: nameOf(authorId),
    // Who published by itself — a file, a schedule — is the house; nobody has reviewed yet where there is no time.
    reviewer: revision.reviewedAtMs === null ? null : nameOf(reviewerId),
  };
}

/** A revision without its text. */
export function summaryOf({ source: _source, impact, ...revision }: Revision): RevisionSummary {
  return { ...revision, hasImpact: impact !== null };
}

export async function revisionViewOf(
  house: House,
  editor: Editor,
  text: LibraryText,
  revision: Revision,
): Promise<View<typeof revisionView>> {
  const { source } = revision;
  return {
    revision: summaryView(summaryOf(revision), await namesOf(house.store)),
    version: text.version,
    source,
    content: readableContent(source, text) as View<typeof revisionView>['content'],
    problems: [...textProblems(source, text.kind, house.library.today())],
    impact: revision.impact === null ? null : impactView(revision.impact),
    may: await house.editorial.may(editor, text, revision),
  };
}

function readableContent(source: string, { kind }: LibraryText): TextContent | null {
  try {
    return contentOf(source, kind);
  } catch {
    return null;
  }
}

export function itemView(entry: CatalogueEntry, validityOf: (record: LibraryRecord) => Validity): View<typeof textItem> {
  const { text, record, latestState, publishedAtMs } = entry;
  return {
    id: text.id,
    kind: text.kind,
    title: text.title,
    category: record?.category ?? null,
    documentNumber: record?.documentNumber ?? null,
    issuingBody: record?.issuingBody ?? null,
    effectiveOn: record?.effectiveOn ?? null,
    expiresOn: record?.expiresOn ?? null,
    verifiedOn: record?.verifiedOn ?? null,
    validity: record === null ? null : validityOf(record).status,
    published: text.published,
    latest: text.latest,
    latestState,
    publishedAtMs,
    version: text.version,
  };
}
