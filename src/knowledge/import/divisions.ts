import { ENDS_SENTENCE } from './join-lines.ts';
import type { DocLine } from './lines.ts';

/** A stretch of a document with an outline of its own: the text, or an annex. */
export interface Division {
  /** 附件1 奖励标准一览表; null for the text itself. */
  readonly title: string | null;
  /** The same without 附件1, where there is more; null for the text itself. */
  readonly name: string | null;
  readonly lines: readonly DocLine[];
}

const ANNEX = /^(附\s*[件表录])\s*([\d一二三四五六七八九十]{0,3})\s*[:：.．]?\s*(.*)$/s;
const LONGEST_TITLE = 45;

const squeeze = (text: string): string => text.replaceAll(/\s/g, '');
const isTitleLike = (text: string): boolean => text.length <= LONGEST_TITLE && !ENDS_SENTENCE.test(text) && !/[，,]/.test(text);

/**
 * Parts a document: what a notice says itself, the text it issues (《…》 of its title), its annexes.
 * @returns `cover`: lines of the notice that issues the text; empty when the document is no such notice.
 */
export function divisionsOf(lines: readonly DocLine[], title: string): { cover: readonly DocLine[]; divisions: readonly Division[] } {
  const plain = lines.map(withoutListedAnnexes());
  const starts = plain.flatMap((line, at) => (startsAnnex(plain, at) ? [{ at, line }] : []));
  const text = plain.slice(0, starts[0]?.at ?? plain.length);
  const enclosed = findEnclosed(text, title);
  const annexes = starts.map(({ at, line }, index): Division => {
    const own = plain.slice(at + 1, starts[index + 1]?.at ?? plain.length);
    const [, word = '', number = '', rest = ''] = ANNEX.exec(line.text)!;
    const named = rest === '' && own[0] && isTitleLike(own[0].text) && !own[0].isTable && own[0].mark === null ? own[0] : null;
    const name = named?.text ?? rest;
    const label = `${squeeze(word)}${number}`;
    return { title: name === '' ? label : `${label} ${name}`, name: name || label, lines: named ? own.slice(1) : own };
  });
  if (!enclosed) return { cover: [], divisions: [{ title: null, name: null, lines: text }, ...annexes] };
  return { cover: text.slice(0, enclosed.from), divisions: [{ title: null, name: null, lines: text.slice(enclosed.to) }, ...annexes] };
}

/** The list of annexes at the foot of a notice (附件：1.… 2.…) is no outline: its lines lose their marks. */
function withoutListedAnnexes(): (line: DocLine) => DocLine {
  let isListed = false;
  return (line) => {
    const annex = ANNEX.exec(line.text);
    if (annex) {
      isListed = annex[2] === '' && annex[3] !== '';
      return isListed ? { ...line, mark: null } : line;
    }
    isListed = isListed && line.mark?.kind === 'decimal' && line.heading === null && isTitleLike(line.mark.rest);
    return isListed ? { ...line, mark: null } : line;
  };
}

function startsAnnex(lines: readonly DocLine[], at: number): boolean {
  const line = lines[at]!;
  const annex = line.isTable ? null : ANNEX.exec(line.text);
  if (!annex || at === 0) return false;
  const [, , number = '', rest = ''] = annex;
  if (rest === '') return true;
  if (number === '' && line.heading === null) return false;
  const next = lines[at + 1];
  const isListed = [lines[at - 1], next].some((neighbour) => neighbour !== undefined && ANNEX.test(neighbour.text));
  return isTitleLike(rest) && next !== undefined && (line.heading !== null || line.afterBreak || !isListed);
}

/** Where the text begins that the title says is issued: a line, or two, with the name in its quotes. */
function findEnclosed(lines: readonly DocLine[], title: string): { from: number; to: number } | null {
  if (!/印发|转发|发布|公布|颁布/.test(title)) return null;
  const names = [...title.matchAll(/《([^《》]+(?:《[^《》]+》[^《》]*)?)》/g)].map((match) => squeeze(match[1]!));
  for (let at = 0; at < lines.length; at++) {
    for (const count of [1, 2, 3]) {
      const here = squeeze(
        lines
          .slice(at, at + count)
          .map(({ text }) => text)
          .join(''),
      );
      if (names.includes(here)) return { from: at, to: at + count };
    }
  }
  return null;
}
