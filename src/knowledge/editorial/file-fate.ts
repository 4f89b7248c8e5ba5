import type { LibraryText } from './revision.ts';

/**
 * What becomes of a text whose knowledge file is not as it was last seen:
 * `publish` the file as it is · `draft` it, for a reviewer to decide, since the text was changed by hand · `mark` only that the file was seen ·
 * `withdraw` the text with its file.
 */
export type Fate = 'publish' | 'draft' | 'mark' | 'withdraw';

/**
 * Null: nothing to do.
 * @param publishedDigest of what the text is answered from now; null: nothing
 * @param wentWithFile whether the text was withdrawn because its file was gone
 */
export function fateOf(
  text: Pick<LibraryText, 'fileDigest'> | null,
  fileDigest: string | null,
  publishedDigest: string | null,
  wentWithFile: boolean,
): Fate | null {
  if (text === null) return fileDigest === null ? null : 'publish';
  if (text.fileDigest === fileDigest) return null;
  if (fileDigest === null) return isAsFile(text, publishedDigest) ? 'withdraw' : 'mark';
  if (publishedDigest === fileDigest) return 'mark';
  return isAsFile(text, publishedDigest) || (publishedDigest === null && wentWithFile) ? 'publish' : 'draft';
}

const isAsFile = ({ fileDigest }: Pick<LibraryText, 'fileDigest'>, publishedDigest: string | null): boolean =>
  publishedDigest !== null && publishedDigest === fileDigest;
