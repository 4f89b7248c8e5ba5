const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/**
 * The offered item a message picks by number: "2", "2.", "第二个", "选3", "选第三个". Null when it picks none.
 * @example chosenNumber('第二个', ['a', 'b']) // → "b"
 */
export function chosenNumber<T>(text: string, offered: readonly T[]): T | null {
  const match = /^\s*(?:我?选)?\s*第?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*(?:个|项|条|号|[.。、)）])?\s*$/.exec(
    text.normalize('NFKC'),
  );
  if (!match) return null;
  const number = /\d/.test(match[1]!) ? Number(match[1]) : ORDINALS.indexOf(match[1]!) + 1;
  return offered[number - 1] ?? null;
}
