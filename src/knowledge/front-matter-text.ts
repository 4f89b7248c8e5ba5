import { stringify } from 'yaml';
import { NO_GUIDE } from '../domain/guide.ts';
import { NO_FACTS } from '../domain/policy-facts.ts';
import type { RecordMeta } from './record-schema.ts';

/** Keys of front matter in the order they are written. */
const ORDER = [
  'id',
  'kind',
  'title',
  'itemCode',
  'issuingBody',
  'documentNumber',
  'source',
  'year',
  'issuedOn',
  'effectiveOn',
  'expiresOn',
  'supersedes',
  'supersededBy',
  'url',
  'verifiedOn',
  'verifiedBy',
  'derivedFrom',
  'category',
  'tags',
  'facts',
  'guide',
  'questions',
  'negativeQuestions',
  'sections',
] as const;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Without what is left empty, however deep; a section that only has its number says nothing either. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [key, pruned(part)] as const)
      .filter(([, part]) => !isEmpty(part)),
  );
}

const inOrderOf = (keys: readonly string[], value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => key in value).map((key) => [key, value[key]]));

/** Front matter without what is left empty, its keys in the order they are written. */
export function tidyMeta(meta: RecordMeta): Record<string, unknown> {
  const all = inOrderOf(ORDER, pruned(meta) as Record<string, unknown>);
  for (const [key, none] of [
    ['facts', NO_FACTS],
    ['guide', NO_GUIDE],
  ] as const) {
    const part = all[key];
    if (typeof part !== 'object' || part === null) continue;
    const ordered = inOrderOf(Object.keys(none), part as Record<string, unknown>);
    if (Object.keys(ordered).length === 0) delete all[key];
    else all[key] = ordered;
  }
  if (Array.isArray(all['sections'])) {
    const telling = all['sections'].filter((section: object) => Object.keys(section).length > 1);
    if (telling.length === 0) delete all['sections'];
    else all['sections'] = telling;
  }
  return all;
}

/** Front matter and body as one text. */
export const recordText = (meta: RecordMeta, body: string): string => {
  const text = body.replaceAll('\r\n', '\n').replaceAll(/^\n+|\s+$/g, '');
  return `---\n${stringify(tidyMeta(meta), { lineWidth: 0 })}---\n${text === '' ? '' : `\n${text}\n`}`;
};
