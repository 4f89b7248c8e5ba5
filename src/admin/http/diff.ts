import { z } from 'zod';
import type { LibraryRecord } from '../../domain/record.ts';
import { diffSources, diffWords } from '../../knowledge/editorial/diff.ts';
import type { TextKind } from '../../knowledge/editorial/revision.ts';
import { differences } from '../../knowledge/import/differences.ts';
import { readText } from '../../knowledge/text-source.ts';
import { notFound } from './errors.ts';
import { route } from './route.ts';
import { diff, type View } from './schemas.ts';

const sides = z.object({
  /** Left out: the published one; an empty side when none is. */
  from: z.coerce.number().int().min(1).optional(),
  /** Left out: the latest. */
  to: z.coerce.number().int().min(1).optional(),
});

export const diffRoutes = [
  route(
    'viewer',
    'get',
    '/texts/:id/diff',
    { summary: 'Two revisions side by side: from the published one to the latest unless told otherwise.', query: sides, answer: diff },
    async ({ param, query }, { texts }) => {
      const text = await texts.text(param('id'));
      if (text === null) throw notFound('没有这份文件。');
      const read = async (number: number | null): Promise<string> => {
        if (number === null) return '';
        const revision = await texts.revision(text.id, number);
        if (revision === null) throw notFound('没有这个版本。');
        return revision.source;
      };
      const [left, right] = await Promise.all([read(query.from ?? text.published), read(query.to ?? text.latest)]);
      const rows = diffSources(left, right);
      const words = inWords(left, right, text.kind);
      return { rows: rows as View<typeof diff>['rows'], words: words.length > 0 ? words : diffWords(rows) };
    },
  ),
];

/** By the items of a record; nothing where one side is no record that can be read, or none of them changes. */
function inWords(left: string, right: string, kind: TextKind): string[] {
  const [before, after] = [recordIn(left, kind), recordIn(right, kind)];
  return before === null || after === null ? [] : differences(before, after);
}

function recordIn(source: string, kind: TextKind): LibraryRecord | null {
  try {
    return readText(source, kind).record;
  } catch {
    return null;
  }
}
