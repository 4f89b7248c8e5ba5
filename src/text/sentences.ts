/** Half-open range of UTF-16 indices. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const END = 1;
const CLOSER = 2;
const SPACE = 4;
/** By UTF-16 unit. */
const MARKS = new Uint8Array(0x1_0000);
for (const mark of '。！？!?;；\n') MARKS[mark.charCodeAt(0)]! |= END;
for (const mark of '”’」』）)》"') MARKS[mark.charCodeAt(0)]! |= CLOSER;
for (const space of ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff')
  MARKS[space.charCodeAt(0)]! |= SPACE;

/**
 * Where the sentences of a text stand: each up to and with its end mark and the closing quotes after it, without surrounding space.
 * A semicolon ends a sentence: in official Chinese each side of it states a fact of its own. Joined, the spans cover all but white space.
 */
export function sentenceSpans(text: string): Span[] {
  const is = (at: number, kinds: number): boolean => (MARKS[text.charCodeAt(at)]! & kinds) !== 0;
  const spans: Span[] = [];
  let start = 0;
  const push = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && is(from, SPACE)) from++;
    while (to > from && is(to - 1, SPACE)) to--;
    if (to > from) spans.push({ start: from, end: to });
    start = end;
  };
  for (let index = 0; index < text.length; index++) {
    if (!is(index, END)) continue;
    let end = index + 1;
    while (end < text.length && is(end, CLOSER | END)) end++;
    push(end);
    index = end - 1;
  }
  push(text.length);
  return spans;
}
