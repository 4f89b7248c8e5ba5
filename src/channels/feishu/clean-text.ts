/**
 * Text that every store and every JSON reader accepts: no U+0000, no half of a surrogate pair.
 * @example cleanText('a\u0000b\ud800') // → "ab\ufffd"
 */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
