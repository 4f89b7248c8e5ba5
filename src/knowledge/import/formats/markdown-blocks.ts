import { ENDS_SENTENCE, isWide, joinLines } from '../join-lines.ts';
import { readMark } from '../marks.ts';
import { NOWHERE, type Place, type RawBlock } from '../raw-document.ts';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$/;
const BREAK = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])[ \t]+(.*)$/;
const DIVIDER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const FENCE = /^ {0,3}(```+|~~~+)/;
const BULLET = '· ';
/** HTML that people write inside Markdown; anything else in angle brackets is text. */
const TAG =
  /<!--[\s\S]*?-->|<\/?(?:a|b|i|u|s|p|em|strong|span|div|font|center|sub|sup|mark|small|img|table|thead|tbody|tr|td|th|ul|ol|li|h[1-6])\b[^<>]*>/gi;

/**
 * The blocks of a Markdown text. Markup inside a line is taken off; lines that only the editor broke are joined again.
 * @param firstLine line of the file on which the text starts; null when lines mean nothing to the person who imports (the text was made from HTML).
 */
export function blocksOfMarkdown(markdown: string, firstLine: number | null): RawBlock[] {
  const lines = markdown.split('\n');
  const blocks: RawBlock[] = [];
  const at = (index: number): Place => (firstLine === null ? NOWHERE : { page: null, line: firstLine + index });
  let index = 0;
  while (index < lines.length) {
    const line = lines[index]!;
    const start = index;
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    const fence = FENCE.exec(line);
    if (line.trim() === '') index++;
    else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length, text: plainText(heading[2]!), at: at(start) });
      index++;
    } else if (BREAK.test(line)) {
      blocks.push({ kind: 'page-break', at: at(start) });
      index++;
    } else if (fence) {
      const end = lines.findIndex((later, place) => place > start && later.trim().startsWith(fence[1]!));
      index = end < 0 ? lines.length : end + 1;
      const text = lines.slice(start + 1, end < 0 ? lines.length : end).join('\n');
      if (text.trim() !== '') blocks.push({ kind: 'paragraph', text, at: at(start) });
    } else if (line.includes('|') && DIVIDER.test(lines[index + 1] ?? '') && (lines[index + 1] ?? '').includes('-')) {
      const rows: string[][] = [cellsOf(line)];
      for (index += 2; index < lines.length && lines[index]!.includes('|') && lines[index]!.trim() !== ''; index++) {
        rows.push(cellsOf(lines[index]!));
      }
      blocks.push({ kind: 'table', rows: evenRows(rows), at: at(start) });
    } else if (item) {
      const items: string[] = [];
      for (; index < lines.length; index++) {
        const next = ITEM.exec(lines[index]!);
        const isContinuation = /^\s+\S/.test(lines[index]!) && items.length > 0;
        if (next) items.push(itemText(next[2]!, plainText(next[3]!)));
        else if (isContinuation) items.push(plainText(lines[index]!.trim()));
        else if (lines[index]!.trim() !== '' || !ITEM.test(lines[index + 1] ?? '')) break;
      }
      blocks.push({ kind: 'list', items: items.filter((text) => text.trim() !== BULLET.trim()), at: at(start) });
    } else {
      const taken: string[] = [];
      for (; index < lines.length && !startsBlock(lines, index, taken.length); index++) {
        const underline = taken.length > 0 ? UNDERLINE.exec(lines[index]!) : null;
        if (underline) {
          blocks.push({
            kind: 'heading',
            level: underline[1]!.startsWith('=') ? 1 : 2,
            text: plainText(taken.splice(0).join('')),
            at: at(start),
          });
        } else taken.push(lines[index]!.replace(/^ {0,3}>[ \t]?/, ''));
      }
      const text = joinWrapped(taken);
      if (text !== '') blocks.push({ kind: 'paragraph', text, at: at(start) });
    }
  }
  return blocks;
}

/** Chinese text follows its number without a space. */
function itemText(mark: string, text: string): string {
  if (!/\d/.test(mark)) return BULLET + text;
  return isWide([...text][0] ?? '') ? mark + text : `${mark} ${text}`;
}

/** Whether a line ends the paragraph above it. */
function startsBlock(lines: readonly string[], index: number, taken: number): boolean {
  const line = lines[index]!;
  if (line.trim() === '') return true;
  if (taken === 0) return false;
  if (UNDERLINE.test(line)) return false;
  const isTable = line.includes('|') && DIVIDER.test(lines[index + 1] ?? '');
  return HEADING.test(line) || BREAK.test(line) || FENCE.test(line) || isTable || /^\s*[-*+][ \t]+\S/.test(line);
}

/** Joins what an editor wrapped: a line break is kept where a sentence ended, a numbered line begins, or the author marked it (two spaces). */
function joinWrapped(lines: readonly string[]): string {
  const joined: string[] = [];
  let isOpen = false;
  for (const raw of lines) {
    const text = plainText(raw).trim();
    if (isOpen && !readMark(text)) joined.push(joinLines(joined.pop()!, text));
    else joined.push(text);
    isOpen = !/( {2}|\\)$/.test(raw) && !ENDS_SENTENCE.test(text);
  }
  return joined.filter((line) => line !== '').join('\n');
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => plainText(cell.replaceAll('\\|', '|').replaceAll(/<br\s*\/?>/gi, '\n')).trim());
}

export function evenRows(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
}

/** The text of a line without its inline markup. */
export function plainText(markdown: string): string {
  const kept: string[] = [];
  // Escaped characters are put aside, so that nothing takes them for markup.
  const guarded = markdown.replaceAll(/\\([\\`*_{}[\]()#+\-.!|>~=<])/g, (_, character: string) => {
    kept.push(character);
    return '\u0000';
  });
  const text = guarded
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]+)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replaceAll(/<(https?:[^>\s]+)>/g, '$1')
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(TAG, '')
    .replaceAll(/~~[^~]+~~/g, '')
    .replaceAll(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replaceAll(/(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])/g, '$2')
    .replaceAll(/`([^`]+)`/g, '$1')
    .replace(/\\$/, '');
  let next = 0;
  return text
    .replaceAll('\u0000', () => kept[next++] ?? '')
    .replaceAll('\u00a0', ' ')
    .trimEnd();
}
