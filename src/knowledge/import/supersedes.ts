import { DOCUMENT_NUMBER } from './labels.ts';

const NAMED = '《[^《》]{2,80}》\\s*(?:[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)?[）)])?';
/** One or several documents that end with this one; a part of one (《…》第三条) is not meant. */
const ENDED = new RegExp(
  `((?:${NAMED}(?:\\s*(?:、|，|,|和|及|与|以及)?\\s*))+)(?:自[^，。；]{0,30}起)?(?:同时|即行|一并|相应|自行|予以|即|均)*废止`,
  'g',
);
const EACH = new RegExp(`《([^《》]{2,80})》\\s*(?:[（(](${DOCUMENT_NUMBER})[）)])?`, 'g');

/**
 * The documents a text says it takes the place of: by number where one stands behind the title, else by title.
 * @example readSupersedes('原《若干措施》（云开管〔2021〕3号）同时废止。') // → ['云开管〔2021〕3号']
 */
export function readSupersedes(text: string): string[] {
  const names = [...text.matchAll(ENDED)].flatMap(([, listed]) =>
    [...listed!.matchAll(EACH)].map(([, title, number]) => number?.replaceAll(/\s/g, '') ?? title!),
  );
  return [...new Set(names)];
}
