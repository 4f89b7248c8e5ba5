import type { RecordKind } from '../domain/record.ts';
import type { TextKind } from './editorial/revision.ts';

/** The folder of a library that records of a kind stand in. */
export const FOLDER_OF = { policy: 'policies', procedure: 'procedures', faq: 'faq' } as const satisfies Readonly<
  Record<RecordKind, string>
>;

/** Whether texts of a kind are records, each a Markdown file of its own; the others are one file each. */
export const isRecordKind = (kind: TextKind): kind is RecordKind => Object.hasOwn(FOLDER_OF, kind);

/** Where a text stands in a knowledge folder. @example fileOf({ id: '2024-plan', kind: 'policy' }) // → 'policies/2024-plan.md' */
export const fileOf = ({ id, kind }: { readonly id: string; readonly kind: TextKind }): string =>
  isRecordKind(kind) ? `${FOLDER_OF[kind]}/${id}.md` : id;
