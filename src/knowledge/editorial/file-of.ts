import type { LibraryText } from './revision.ts';

const FOLDERS = { policy: 'policies', procedure: 'procedures', faq: 'faq' } as const;

/** Where a text stands in a knowledge folder. @example fileOf({ id: '2024-plan', kind: 'policy' }) // → 'policies/2024-plan.md' */
export function fileOf({ id, kind }: Pick<LibraryText, 'id' | 'kind'>): string {
  return kind === 'policy' || kind === 'procedure' || kind === 'faq' ? `${FOLDERS[kind]}/${id}.md` : id;
}
