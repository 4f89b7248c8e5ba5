/**
 * Text as every database takes it: without U+0000, which PostgreSQL refuses, and without halves of surrogate pairs.
 * @example cleanText('a\u0000b\ud83d') // → 'ab'
 */
export function cleanText(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.replace(/[\0\p{Cs}]/gu, '');
}

/** A copy of a row to be written, every text in it clean. */
export function cleanRow<Row extends Readonly<Record<string, string | number | null>>>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? cleanText(value) : value]),
  ) as Row;
}

/** How JSON writes U+0000 and halves of surrogate pairs; also found where a text has a backslash before such letters. */
const SUSPECT = /\\u(?:0000|d[89a-f])/;

/** JSON of `value`, every text in it clean. */
export function toJson(value: object): string {
  const json = JSON.stringify(value);
  // Looking at every text costs several times as much as writing them, and there is hardly ever one to clean.
  return SUSPECT.test(json) ? JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? cleanText(part) : part)) : json;
}

/** A copy of `value`, every text in it clean. */
export function cleanCopy<T extends object>(value: T): T {
  return JSON.parse(toJson(value)) as T;
}

/** What `toJson` wrote; its type is the writer's word. */
export function fromJson(json: string): unknown {
  return JSON.parse(json);
}

/** A whole number of milliseconds, not before `ms`: integer columns take no fractions. */
export function wholeMs(ms: number): number {
  return Math.ceil(ms);
}
