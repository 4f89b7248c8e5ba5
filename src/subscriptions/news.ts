import { countDays } from '../domain/day.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { News } from './store.ts';

/** Days before the last day of application on which people are reminded. */
const REMINDERS = [30, 7, 1] as const;

/** Answers of staff and guides that say again what a policy says are no news. */
const isNewsworthy = ({ kind, derivedFrom }: LibraryRecord): boolean => kind !== 'faq' && derivedFrom.length === 0;

const publishedKey = (documentId: string): string => `published:${documentId}`;

/** Days left until the last day of application, that day included as 0; null: none is stated, or it is over. */
export function daysLeft(record: LibraryRecord, today: string): number | null {
  const until = record.kind === 'policy' ? record.facts.applyUntil : null;
  return until === null || until < today ? null : countDays(today, until) - 1;
}

/** The reminder of a deadline that is due: the nearest of those whose day has come. */
function reminderOf(record: LibraryRecord, today: string): { readonly key: string } | null {
  const left = daysLeft(record, today);
  const days = left === null ? undefined : REMINDERS.findLast((each) => left <= each);
  if (days === undefined || record.kind !== 'policy') return null;
  return { key: `deadline:${record.id}:${record.facts.applyUntil}:${days}` };
}

/**
 * All that is news of the records in force, told or not; each piece has a key that stays the same.
 * @returns by record: that it was published, and the reminder of its deadline when that is due
 */
export function newsOf(records: readonly LibraryRecord[], today: string, nowMs: number) {
  return records.filter(isNewsworthy).map((record) => {
    const news = (key: string, kind: News['kind']): News => ({ key, kind, documentId: record.id, title: record.title, atMs: nowMs });
    const reminder = reminderOf(record, today);
    return {
      record,
      published: news(publishedKey(record.id), 'published'),
      deadline: reminder && news(reminder.key, 'deadline'),
    };
  });
}
