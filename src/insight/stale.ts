import { countDays } from '../domain/day.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { SectionCount } from './store.ts';

/** A document that somebody should make sure of. */
export interface StaleDocument {
  readonly documentId: string;
  readonly title: string;
  readonly verifiedOn: string | null;
  /** Since it was verified; when nobody ever did, since it was published here or issued; null: not known. */
  readonly days: number | null;
  /** How many answers stood on it. */
  readonly answers: number;
}

/** Verified since: nobody needs to look at it. */
const FRESH_DAYS = 90;
/** What counts for one that nobody knows the age of. */
const UNKNOWN_DAYS = 365;

/** Documents by how many answers stand on them and how long ago they were verified, the most pressing first. @param records in force */
export function staleDocuments(records: readonly LibraryRecord[], counts: readonly SectionCount[], today: string): StaleDocument[] {
  const answers = new Map<string, number>();
  for (const count of counts) answers.set(count.documentId, (answers.get(count.documentId) ?? 0) + count.answers);
  const weight = ({ answers: count, days }: StaleDocument): number => (count + 1) * (days ?? UNKNOWN_DAYS);
  return records
    .map(({ id, title, verifiedOn, publishedOn, issuedOn }) => {
      const since = verifiedOn ?? publishedOn ?? issuedOn;
      const days = since === null ? null : Math.max(0, countDays(since, today) - 1);
      return { documentId: id, title, verifiedOn, days, answers: answers.get(id) ?? 0 };
    })
    .filter(({ verifiedOn, days }) => verifiedOn === null || days === null || days >= FRESH_DAYS)
    .sort((a, b) => weight(b) - weight(a) || (a.documentId < b.documentId ? -1 : 1));
}
