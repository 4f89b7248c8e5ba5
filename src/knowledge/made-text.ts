/** A text ending as a sentence does. @example ended('不收费') // → '不收费。' */
export const ended = (text: string): string => {
  const trimmed = text.trim();
  return /[。！？!?；;]["”’」』）)》]*$/.test(trimmed) ? trimmed : `${trimmed}。`;
};

/** A line of its own for a value; none for what is not stated. */
export const stated = (label: string, value: string | null): string[] =>
  value === null ? [] : [ended(`${label}：${value.replaceAll(/\s*\n\s*/g, ' ')}`)];

/** Several values: one on the label's line, more as a numbered list below it. @param label null: the heading says what they are */
export function listed(label: string | null, values: readonly string[]): string[] {
  const lines = values.map((value) => value.replaceAll(/\s*\n\s*/g, ' '));
  if (lines.length === 0) return [];
  if (lines.length === 1) return [ended(label === null ? lines[0]! : `${label}：${lines[0]!}`)];
  return [...(label === null ? [] : [`${label}：`]), ...lines.map((line, at) => ended(`${at + 1}. ${line}`))];
}
