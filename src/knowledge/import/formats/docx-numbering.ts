import { load } from 'cheerio';
import { wordNumeral } from './word-numerals.ts';

/** One level of a list: how its numbers are printed and when they begin anew. */
interface Level {
  readonly format: string;
  /** `第%1条`: the number of the first level in its place. */
  readonly text: string;
  readonly start: number;
  /** The level (from 1) that makes this one begin anew; 0: none does; null: any above it. */
  readonly restart: number | null;
  readonly isLegal: boolean;
  /** Paragraph style the level is bound to. */
  readonly style: string | null;
}

interface List {
  readonly id: string;
  readonly levels: readonly (Level | undefined)[];
  /** Levels at which this use of the list begins anew, and with what. */
  readonly restarts: ReadonlyMap<number, number>;
}

export interface Numbering {
  /**
   * The printed number of the next paragraph of a list, with a space behind it where it ends with neither bracket nor stop. `null` for bullets and for lists that are not defined.
   * Call once per paragraph, in reading order: every call counts on.
   */
  readonly next: (listId: string, level: number) => string | null;
  /** The level a list binds to a paragraph style; null when none. */
  readonly levelOfStyle: (listId: string, style: string) => number | null;
}

const DEEPEST = 9;

/** Reads `word/numbering.xml` and counts its lists as Word does, because the numbers themselves stand nowhere in the file. */
export function createNumbering(numberingXml: string): Numbering {
  const lists = readLists(numberingXml);
  const counters = new Map<string, (number | undefined)[]>();
  const used = new Set<string>();
  return {
    next(listId, level) {
      const list = lists.get(listId);
      const own = list?.levels[level];
      if (!list || !own || own.format === 'bullet') return null;
      const counts = counters.get(list.id) ?? [];
      counters.set(list.id, counts);
      const isFirstUse = !used.has(`${listId}/${level}`);
      used.add(`${listId}/${level}`);
      const restart = isFirstUse ? list.restarts.get(level) : undefined;
      counts[level] = restart ?? (counts[level] ?? own.start - 1) + 1;
      for (let deeper = level + 1; deeper < DEEPEST; deeper++) {
        const after = list.levels[deeper]?.restart ?? null;
        if (after === null || level < after) counts[deeper] = undefined;
      }
      const label = own.text.replaceAll(/%(\d)/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const value = (counts[at] ??= list.levels[at]?.start ?? 1);
        return wordNumeral(value, own.isLegal && at !== level ? 'decimal' : (list.levels[at]?.format ?? 'decimal'));
      });
      if (label.trim() === '') return '';
      return /[、）)．.:：]$/.test(label) ? label : `${label} `;
    },
    levelOfStyle(listId, style) {
      const at = lists.get(listId)?.levels.findIndex((level) => level?.style === style) ?? -1;
      return at < 0 ? null : at;
    },
  };
}

function readLists(numberingXml: string): Map<string, List> {
  const $ = load(numberingXml, { xml: true });
  const value = (node: Parameters<typeof $>[0], name: string): string | undefined => $(node).children(name).attr('w:val');
  const readLevel = (node: Parameters<typeof $>[0]): Level => ({
    format: value(node, 'w\\:numFmt') ?? $(node).find('w\\:numFmt').attr('w:val') ?? 'decimal',
    text: value(node, 'w\\:lvlText') ?? '',
    start: Number(value(node, 'w\\:start') ?? 1),
    restart: value(node, 'w\\:lvlRestart') === undefined ? null : Number(value(node, 'w\\:lvlRestart')),
    isLegal: $(node).children('w\\:isLgl').length > 0,
    style: value(node, 'w\\:pStyle') ?? null,
  });
  const levelsIn = (node: Parameters<typeof $>[0]): (Level | undefined)[] => {
    const levels: (Level | undefined)[] = [];
    for (const level of $(node).children('w\\:lvl').toArray()) {
      const at = Number($(level).attr('w:ilvl'));
      if (at >= 0 && at < DEEPEST) levels[at] = readLevel(level);
    }
    return levels;
  };
  const abstracts = new Map<string, (Level | undefined)[]>();
  const byStyleLink = new Map<string, string>();
  const links = new Map<string, string>();
  for (const node of $('w\\:abstractNum').toArray()) {
    const id = $(node).attr('w:abstractNumId') ?? '';
    abstracts.set(id, levelsIn(node));
    const [styleLink, numStyleLink] = [value(node, 'w\\:styleLink'), value(node, 'w\\:numStyleLink')];
    if (styleLink !== undefined) byStyleLink.set(styleLink, id);
    if (numStyleLink !== undefined) links.set(id, numStyleLink);
  }
  const lists = new Map<string, List>();
  for (const node of $('w\\:num').toArray()) {
    const named = value(node, 'w\\:abstractNumId') ?? '';
    const id = byStyleLink.get(links.get(named) ?? '') ?? named;
    const levels = [...(abstracts.get(id) ?? [])];
    const restarts = new Map<number, number>();
    for (const override of $(node).children('w\\:lvlOverride').toArray()) {
      const at = Number($(override).attr('w:ilvl'));
      levels[at] = levelsIn(override)[at] ?? levels[at];
      const start = value(override, 'w\\:startOverride');
      if (start !== undefined) restarts.set(at, Number(start));
    }
    lists.set($(node).attr('w:numId') ?? '', { id, levels, restarts });
  }
  return lists;
}
