import { type Check, type CheckStatus, summaryOf } from './check.ts';

const MARKS: Readonly<Record<CheckStatus, string>> = { ok: '✔', warn: '！', fail: '✘', skipped: '－' };

/** Titles of the groups, by the first part of the check's id. */
const GROUPS: readonly (readonly [prefix: string, title: string])[] = [
  ['settings', '设置'],
  ['machine', '本机'],
  ['telegram', 'Telegram'],
  ['feishu', '飞书'],
];

const indent = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, at) => (at === 0 ? first : rest) + line)
    .join('\n');

function lineOf({ title, status, detail, next }: Check): string {
  const found = indent(`${MARKS[status]} ${title}：${detail}`, '  ', '      ');
  return next === null ? found : `${found}\n${indent(next, '      → ', '        ')}`;
}

/** The checks in words, by group, with a verdict at the end. */
export function formatChecks(checks: readonly Check[]): string {
  const groups = GROUPS.flatMap(([prefix, title]) => {
    const members = checks.filter(({ id }) => id.startsWith(`${prefix}.`));
    return members.length === 0 ? [] : [`${title}\n${members.map(lineOf).join('\n')}`];
  });
  const { ok, warn, fail, skipped } = summaryOf(checks);
  const verdict =
    fail > 0
      ? `先按 → 处理 ${MARKS.fail} 的项目，再运行一次 npx wence doctor。`
      : warn > 0
        ? `可以启动；${MARKS.warn} 的项目请看一看。`
        : '可以启动：npx wence start';
  const counts = `${MARKS.ok} ${ok} 项正常　${MARKS.warn} ${warn} 项提醒　${MARKS.fail} ${fail} 项要改　${MARKS.skipped} ${skipped} 项未查`;
  return [...groups, `${counts}\n${verdict}`].join('\n\n');
}

/** The same for programs: `{ summary: { ok, warn, fail, skipped }, checks: Check[] }`. */
export const jsonOf = (checks: readonly Check[]): string => JSON.stringify({ summary: summaryOf(checks), checks }, null, 2);
