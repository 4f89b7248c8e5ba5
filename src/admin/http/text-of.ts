import type { LibraryText, Revision } from '../../knowledge/editorial/revision.ts';
import { notFound } from './errors.ts';
import type { House } from './house.ts';

/** A number in an address; −1, which nothing has, when it is none. */
export const numberIn = (given: string): number => (/^\d{1,9}$/.test(given) ? Number(given) : -1);

/**
 * The revision an address `/texts/:id/revisions/:number` names.
 * @throws {AppError} `NOT_FOUND`
 */
export async function textOf(
  { texts }: Pick<House, 'texts'>,
  param: (name: string) => string,
): Promise<{ readonly text: LibraryText; readonly revision: Revision }> {
  const [text, revision] = await Promise.all([texts.text(param('id')), texts.revision(param('id'), numberIn(param('number')))]);
  if (text === null || revision === null) throw notFound('没有这个版本。');
  return { text, revision };
}
