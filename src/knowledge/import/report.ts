import { CATEGORIES } from '../../domain/categories.ts';
import type { RecordKind } from '../../domain/record.ts';
import { hasErrors } from './apply.ts';
import type { ImportPlan, PlannedRecord } from './plan-types.ts';
import { placeOf, type Problem } from './problem.ts';

const KINDS: Readonly<Record<RecordKind, string>> = { policy: '政策', procedure: '办事指南', faq: '问答' };
/** Longer lists of sections and of records are cut, with their number. */
const MOST_LISTED = 60;

const originText = ({ origin }: PlannedRecord): string =>
  [origin.file, origin.sheet === null ? null : `工作表“${origin.sheet}”`, origin.row === null ? null : `第 ${origin.row} 行`]
    .filter((piece) => piece !== null)
    .join(' · ');

function recordLines(planned: PlannedRecord): string[] {
  const { record } = planned;
  const lines = [`  ${KINDS[record.kind]} ${record.id}  ${record.title}（${CATEGORIES[record.category]}）← ${originText(planned)}`];
  const facts = [
    record.documentNumber,
    record.issuingBody,
    record.issuedOn === null ? null : `${record.issuedOn} 发布`,
    record.effectiveOn === null ? null : `${record.effectiveOn} 起施行`,
    record.expiresOn === null ? null : `有效期至 ${record.expiresOn}`,
  ].filter((fact) => fact !== null);
  if (facts.length > 0) lines.push(`    ${facts.join(' · ')}`);
  if (record.kind === 'faq') return lines;
  let part: string | null = null;
  for (const section of record.sections) {
    if (section.part !== part && section.part !== null) lines.push(`    ${section.part}`);
    part = section.part;
    const name = section.number === 0 ? '（开头）' : `${section.number}. ${section.title}`;
    lines.push(`      ${name}（${section.text.length} 字${section.page === null ? '' : `，第 ${section.page} 页`}）`);
  }
  return lines;
}

const shortened = (lines: readonly string[]): string[] =>
  lines.length <= MOST_LISTED ? [...lines] : [...lines.slice(0, MOST_LISTED), `  …… 另有 ${lines.length - MOST_LISTED} 行未列出`];

const problemLine = (problem: Problem): string =>
  `  ${problem.severity === 'error' ? '错误' : '提示'}  ${placeOf(problem)}：${problem.message}`;

/**
 * What a plan would do, for people to read: first what is new, changed and left alone, then every problem with its place.
 * @example planText(plan) // → "将新增 1 条，修改 0 条，跳过 0 条；0 处错误，0 处提示\n…"
 */
export function planText(plan: ImportPlan): string {
  const { created, changed, skipped, problems } = plan;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const lines = [
    `将新增 ${created.length} 条，修改 ${changed.length} 条，跳过 ${skipped.length} 条；${errors.length} 处错误，${problems.length - errors.length} 处提示`,
  ];
  if (created.length > 0) lines.push('新增：', ...shortened(created.flatMap(recordLines)));
  if (changed.length > 0) {
    lines.push('修改：');
    lines.push(
      ...shortened(changed.flatMap((change) => [...recordLines(change).slice(0, 1), ...change.differences.map((text) => `    ${text}`)])),
    );
  }
  if (skipped.length > 0) lines.push('跳过（内容没有变化）：', ...shortened(skipped.map(({ id, title }) => `  ${id}  ${title}`)));
  if (problems.length > 0)
    lines.push('问题：', ...[...errors, ...problems.filter((problem) => !errors.includes(problem))].map(problemLine));
  if (hasErrors(problems)) lines.push('有错误时不写入任何内容；请改正后重新导入，或去掉有错误的文件。');
  return `${lines.join('\n')}\n`;
}
