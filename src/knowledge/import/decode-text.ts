/** Among the two-byte characters of a real Chinese text most are of the first level of GB 2312; in misread bytes about a third. */
const COMMON_SHARE = 0.6;
const MIN_SAMPLE = 20;
/** Control characters a text file may have: tab, line ends, form feed. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001f]/;

/**
 * The text of a file: UTF-8, UTF-16 with a byte order mark, or GBK/GB 18030; a named character set is believed when it fits. Without byte order
 * mark, and with `\n` for every line end.
 * @returns null when the bytes are no text in any of these.
 */
export function decodeText(bytes: Uint8Array, { charset }: { charset?: string | undefined } = {}): string | null {
  const text = decode(bytes, charset);
  if (text === null || CONTROLS.test(text)) return null;
  return text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n');
}

function decode(bytes: Uint8Array, charset: string | undefined): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strictly('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strictly('utf-16be', bytes);
  const named = charset === undefined ? null : strictly(charset, bytes);
  if (named !== null) return named;
  return strictly('utf-8', bytes) ?? (looksLikeGbk(bytes) ? strictly('gb18030', bytes) : null);
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function looksLikeGbk(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at + 1 < bytes.length; at++) {
    if (bytes[at]! < 0x81) continue;
    const [lead, trail] = [bytes[at]!, bytes[at + 1]!];
    at++;
    pairs++;
    // Punctuation and full-width forms (A1, A3) are as common as the characters of level one.
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)) common++;
  }
  return pairs < MIN_SAMPLE || common / pairs >= COMMON_SHARE;
}
