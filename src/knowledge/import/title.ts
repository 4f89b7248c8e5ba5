import { ENDS_SENTENCE } from './join-lines.ts';
import type { DocLine } from './lines.ts';

/** How titles of official documents end. */
const TITLE_END =
  /(通知|办法|措施|规定|细则|意见|方案|公告|通告|决定|条例|规划|计划|指南|要点|思路|政策|规则|守则|批复|函|报告|问答|解读|目录|清单|标准|名单|须知|说明|手册|章程|制度|举措|条款?|政策包|通报)([（(〔【][^（）()]{1,20}[）)〕】])?$/;
const TITLED_OPENING = /^([^:：。,，]{2,40})[:：](.+)$/s;
const SALUTATION = /^(各|致|尊敬|有关|全|本|市|区|县|省|国务院)/;
const LONGEST_TITLE = 100;
const LONGEST_LINE = 45;
const MOST_LINES = 4;

export interface Titled {
  readonly title: string;
  /** The lines without those the title was read from. */
  readonly lines: readonly DocLine[];
}

const squeeze = (text: string): string => text.replaceAll(/\s/g, '');

/**
 * Finds the title: the one the file declares, else the first heading above the text, else the first short lines that end as titles do, else
 * what stands before the colon of the first paragraph, else a first short line; at last the name of the file.
 */
export function readTitle(lines: readonly DocLine[], declared: string | undefined, fileName: string): Titled {
  if (declared !== undefined) return { title: declared, lines: withoutTitle(lines, declared) };
  const [first, second] = lines;
  if (first && first.heading !== null && first.mark === null && isAboveText(lines)) return { title: first.text, lines: lines.slice(1) };
  for (let count = Math.min(MOST_LINES, lines.length); count > 0; count--) {
    const top = lines.slice(0, count);
    const title = top.map(({ text }) => text).join('');
    if (top.every(isShortLine) && title.length <= LONGEST_TITLE && TITLE_END.test(title)) return { title, lines: lines.slice(count) };
  }
  const opening = lines.findIndex(({ mark, heading }) => mark !== null || heading !== null);
  const titled = opening !== 0 && first && !SALUTATION.test(first.text) ? TITLED_OPENING.exec(first.text) : null;
  if (titled) return { title: titled[1]!, lines: [{ ...first!, text: titled[2]!.trim() }, ...lines.slice(1)] };
  if (first && isShortLine(first) && second && second.text.length > first.text.length) return { title: first.text, lines: lines.slice(1) };
  return { title: fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''), lines };
}

const isShortLine = ({ text, mark, isTable, heading }: DocLine): boolean =>
  (mark === null || heading !== null) && !isTable && text.length <= LONGEST_LINE && !ENDS_SENTENCE.test(text) && !/[，,、]$/.test(text);

/** Whether the first heading is the title: no other has its level, or it reads like one. */
function isAboveText(lines: readonly DocLine[]): boolean {
  const [first, ...others] = lines;
  const level = first!.heading!;
  const levels = others.flatMap(({ heading }) => heading ?? []);
  return TITLE_END.test(first!.text) || (levels.every((other) => other > level) && levels.length > 0) || levels.length === 0;
}

/** Takes out the first lines that repeat the declared title, also when it is broken over several. */
function withoutTitle(lines: readonly DocLine[], title: string): readonly DocLine[] {
  const wanted = squeeze(title);
  for (let start = 0; start < Math.min(lines.length, 12); start++) {
    for (let count = 1; count <= MOST_LINES; count++) {
      const here = squeeze(
        lines
          .slice(start, start + count)
          .map(({ text }) => text)
          .join(''),
      );
      if (here === wanted) return lines.toSpliced(start, count);
      if (!wanted.startsWith(here)) break;
    }
  }
  return lines;
}
