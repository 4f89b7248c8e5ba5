import type { LibraryRecord } from './record.ts';

/** 现行有效, 未生效, 已失效, 被替代. Dates in ISO form. */
export type Validity =
  | { readonly status: 'in-force' }
  | { readonly status: 'upcoming'; readonly from: string }
  | { readonly status: 'expired'; readonly lastDay: string }
  | { readonly status: 'superseded'; readonly by: string | null; readonly since: string | null };

export type ValidityStatus = Validity['status'];

type Dated = Pick<LibraryRecord, 'id' | 'documentNumber' | 'title' | 'effectiveOn' | 'expiresOn' | 'supersedes' | 'supersededBy'>;

/** How a record is referred to by others: its id, its document number, or its title. */
const isNamed = (record: Dated, name: string): boolean => name === record.id || name === record.documentNumber || name === record.title;

/**
 * Whether a record is in force on a day. A record is superseded from the day its successor takes effect; a successor that is not in force
 * yet takes nothing away.
 * @param today ISO date @param others the library the record stands in
 * @example validityOf(record, '2026-11-23', records) // → { status: 'expired', lastDay: '2025-12-31' }
 */
export function validityOf(record: Dated, today: string, others: readonly Dated[]): Validity {
  if (record.expiresOn !== null && today > record.expiresOn) return { status: 'expired', lastDay: record.expiresOn };
  const successor = others.find(
    (other) =>
      other.id !== record.id &&
      (other.supersedes.some((name) => isNamed(record, name)) || (record.supersededBy !== null && isNamed(other, record.supersededBy))) &&
      (other.effectiveOn === null || other.effectiveOn <= today),
  );
  if (successor) return { status: 'superseded', by: successor.id, since: successor.effectiveOn };
  const isKnownElsewhere = record.supersededBy !== null && !others.some((other) => isNamed(other, record.supersededBy!));
  if (isKnownElsewhere) return { status: 'superseded', by: null, since: null };
  if (record.effectiveOn !== null && today < record.effectiveOn) return { status: 'upcoming', from: record.effectiveOn };
  return { status: 'in-force' };
}
