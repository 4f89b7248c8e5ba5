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
const namesOf = ({ id, documentNumber, title }: Dated): string[] => [id, ...(documentNumber === null ? [] : [documentNumber]), title];

/** Who takes whose place in a library. */
export interface Succession<Kept extends Dated> {
  /** Records said to take the place of this one, whether in force yet or not, in the order of the library. */
  successorsOf(record: Dated): readonly Kept[];
  /** Records whose place this one takes. */
  predecessorsOf(record: Dated): readonly Kept[];
  /** Whether a record is in force on a day, ISO. */
  validityOf(record: Dated, today: string): Validity;
}

/**
 * Reads from a library which record takes the place of which. A record is superseded from the day its first successor takes effect; one that is not in
 * force yet takes nothing away, and a chain of successors ends with the last.
 * @example successionOf(records).validityOf(record, '2026-11-23') // → { status: 'expired', lastDay: '2025-12-31' }
 */
export function successionOf<Kept extends Dated>(records: readonly Kept[]): Succession<Kept> {
  const named = new Map<string, Kept[]>();
  const superseding = new Map<string, Kept[]>();
  const add = (map: Map<string, Kept[]>, name: string, record: Kept): void => {
    const known = map.get(name);
    if (known) known.push(record);
    else map.set(name, [record]);
  };
  for (const record of records) {
    for (const name of namesOf(record)) add(named, name, record);
    for (const name of record.supersedes) add(superseding, name, record);
  }
  const others = (record: Dated, found: readonly Kept[]): Kept[] => [...new Set(found)].filter(({ id }) => id !== record.id);
  const successorsOf = (record: Dated): readonly Kept[] =>
    others(record, [
      ...namesOf(record).flatMap((name) => superseding.get(name) ?? []),
      ...(record.supersededBy === null ? [] : (named.get(record.supersededBy) ?? [])),
    ]);
  return {
    successorsOf,
    predecessorsOf: (record) =>
      others(record, [
        ...record.supersedes.flatMap((name) => named.get(name) ?? []),
        ...records.filter(({ supersededBy }) => supersededBy !== null && namesOf(record).includes(supersededBy)),
      ]),
    validityOf(record, today) {
      if (record.expiresOn !== null && today > record.expiresOn) return { status: 'expired', lastDay: record.expiresOn };
      const [successor] = successorsOf(record)
        .filter(({ effectiveOn }) => effectiveOn === null || effectiveOn <= today)
        .sort((a, b) => (a.effectiveOn ?? '9999').localeCompare(b.effectiveOn ?? '9999'));
      if (successor) return { status: 'superseded', by: successor.id, since: successor.effectiveOn };
      // Its successor is known by name only: nobody put it into the library.
      if (record.supersededBy !== null && !named.has(record.supersededBy)) return { status: 'superseded', by: null, since: null };
      if (record.effectiveOn !== null && today < record.effectiveOn) return { status: 'upcoming', from: record.effectiveOn };
      return { status: 'in-force' };
    },
  };
}

/** Records in force on a day, and the others. */
export function splitByValidity<Kept extends Dated>(
  records: readonly Kept[],
  today: string,
): { readonly inForce: Kept[]; readonly lapsed: Kept[] } {
  const succession = successionOf(records);
  const inForce: Kept[] = [];
  const lapsed: Kept[] = [];
  for (const record of records) (succession.validityOf(record, today).status === 'in-force' ? inForce : lapsed).push(record);
  return { inForce, lapsed };
}
