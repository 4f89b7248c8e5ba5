/** Half-open range of UTF-16 indices. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const ENDS = new Set(['。', '！', '？', '!', '?', ';', '；', '\n']);
const CLOSERS = new Set(['”', '’', '」', '』', '）', ')', '》', '"']);

/**
 * Where the sentences of a text stand: each up to and with its end mark and the closing quotes after it, without surrounding space.
 * A semicolon ends a sentence: in official Chinese each side of it states a fact of its own. Joined, the spans cover all but white space.
 */
export function sentenceSpans(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const push = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && /\s/.test(text[from]!)) from++;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    if (to > from) spans.push({ start: from, end: to });
    start = end;
  };
  for (let index = 0; index < text.length; index++) {
    if (!ENDS.has(text[index]!)) continue;
    let end = index + 1;
    while (end < text.length && (CLOSERS.has(text[end]!) || ENDS.has(text[end]!))) end++;
    push(end);
    index = end - 1;
  }
  push(text.length);
  return spans;
}
