import { load } from 'cheerio';
import { type OfficeParts, textOf } from './office.ts';

/** What the values of a sheet do not tell. */
export interface SheetDetails {
  readonly name: string;
  readonly isHidden: boolean;
  /** Merged ranges: first and last row and column, from 0. */
  readonly merges: readonly Range[];
  /** Whether the cell at a row and column (from 0) is shown as a percentage. */
  readonly isPercent: (row: number, column: number) => boolean;
}

export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const BUILT_IN_PERCENT = new Set([9, 10]);

/** Reads names, visibility, merged cells and percent formats of the sheets, in the order of the workbook. */
export function readSheetDetails(parts: OfficeParts): SheetDetails[] {
  const $ = load(textOf(parts, 'xl/workbook.xml'), { xml: true });
  const targets = readTargets(textOf(parts, 'xl/_rels/workbook.xml.rels'));
  const percentStyles = readPercentStyles(textOf(parts, 'xl/styles.xml'));
  return $('sheet, x\\:sheet')
    .toArray()
    .map((sheet): SheetDetails => {
      const xml = textOf(parts, targets.get($(sheet).attr('r:id') ?? '') ?? '');
      const percents = percentCells(xml, percentStyles);
      return {
        name: $(sheet).attr('name') ?? '',
        isHidden: /hidden/i.test($(sheet).attr('state') ?? ''),
        merges: [...xml.matchAll(/<(?:x:)?mergeCell\s[^>]*ref="([A-Z]+\d+):([A-Z]+\d+)"/g)].flatMap(readRange),
        isPercent: (row, column) => percents.has(`${row}/${column}`),
      };
    });
}

function readTargets(rels: string): Map<string, string> {
  const $ = load(rels, { xml: true });
  return new Map(
    $('Relationship')
      .toArray()
      .map((node) => {
        const target = $(node).attr('Target') ?? '';
        return [$(node).attr('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`];
      }),
  );
}

function readPercentStyles(styles: string): ReadonlySet<number> {
  const $ = load(styles, { xml: true });
  const formats = new Set(BUILT_IN_PERCENT);
  for (const node of $('numFmts > numFmt').toArray()) {
    if (/%/.test(($(node).attr('formatCode') ?? '').replaceAll(/"[^"]*"/g, ''))) formats.add(Number($(node).attr('numFmtId')));
  }
  return new Set(
    $('cellXfs > xf')
      .toArray()
      .flatMap((node, at) => (formats.has(Number($(node).attr('numFmtId'))) ? [at] : [])),
  );
}

function percentCells(xml: string, percentStyles: ReadonlySet<number>): ReadonlySet<string> {
  const cells = new Set<string>();
  if (percentStyles.size === 0) return cells;
  for (const [tag] of xml.matchAll(/<(?:x:)?c\s[^>]*>/g)) {
    const style = /\ss="(\d+)"/.exec(tag)?.[1];
    const place = readAddress(/\sr="([A-Z]+\d+)"/.exec(tag)?.[1] ?? '');
    if (style !== undefined && percentStyles.has(Number(style)) && !/\st="(s|str|inlineStr|b|e)"/.test(tag) && place) {
      cells.add(`${place.row}/${place.column}`);
    }
  }
  return cells;
}

function readAddress(address: string): { row: number; column: number } | null {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(address);
  if (!match) return null;
  const column = [...match[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(match[2]) - 1, column };
}

function readRange(match: RegExpMatchArray): Range[] {
  const [from, to] = [readAddress(match[1]!), readAddress(match[2]!)];
  return from && to ? [{ top: from.row, left: from.column, bottom: to.row, right: to.column }] : [];
}

/** 0 → A, 26 → AA. */
export function columnName(column: number): string {
  let [rest, name] = [column + 1, ''];
  while (rest > 0) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
    rest = Math.floor((rest - 1) / 26);
  }
  return name;
}
