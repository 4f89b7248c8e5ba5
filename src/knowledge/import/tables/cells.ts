import type { Category } from '../../../domain/categories.ts';
import { CATEGORY_NAMES, readCategory } from '../category.ts';
import { isoDate } from '../dates.ts';
import { DOCUMENT_NUMBER } from '../labels.ts';
import { errorAt, type Problem } from '../problem.ts';

/** Reads the cells of one row; what cannot be read is added to the problems, with the column. */
export interface CellReader<Key extends string> {
  text(key: Key): string | null;
  list(key: Key, separators: RegExp): string[];
  date(key: Key): string | null;
  address(key: Key): string | null;
  category(key: Key): Category | null;
  slug(key: Key): string | null;
}

interface Place<Key extends string> {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly headers: Readonly<Partial<Record<Key, string>>>;
}

/** A line of the library's Markdown that starts with it would be taken for a heading. */
const HEADING = /^#{1,6}(?=\s)/gm;

export function cellReader<Key extends string>(
  cells: Readonly<Record<Key, string>>,
  { file, sheet, row, headers }: Place<Key>,
  problems: Problem[],
): CellReader<Key> {
  const wrong = (key: Key, message: string): null => {
    problems.push(errorAt(file, message, { sheet, row, column: headers[key] ?? key }));
    return null;
  };
  const text = (key: Key): string | null =>
    cells[key].replaceAll(HEADING, (signs) => '＃'.repeat(signs.length)).replaceAll(/\n\s*\n/g, '\n') || null;
  return {
    text,
    list: (key, separators) => [
      ...new Set(
        cells[key]
          .split(separators)
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      ),
    ],
    date(key) {
      if (cells[key] === '' || /^(长期|长期有效|无|永久)$/.test(cells[key])) return null;
      return (
        isoDate(cells[key].slice(0, 20).replace(/ \d\d:\d\d.*$/, '')) ?? wrong(key, `“${cells[key]}”不是日期，请写成 2024-03-15 的样子`)
      );
    },
    address(key) {
      if (cells[key] === '') return null;
      return URL.canParse(cells[key]) && /^https?:\/\//i.test(cells[key])
        ? cells[key]
        : wrong(key, `“${cells[key]}”不是网址，请以 http:// 或 https:// 开头`);
    },
    category(key) {
      if (cells[key] === '') return null;
      return readCategory(cells[key]) ?? wrong(key, `没有“${cells[key]}”这个分类，可选：${CATEGORY_NAMES}`);
    },
    slug(key) {
      if (cells[key] === '') return null;
      const slug = cells[key].toLowerCase();
      return /^[a-z0-9-]{1,40}$/.test(slug) ? slug : wrong(key, `编号“${cells[key]}”只能用小写字母、数字和连字符，最多 40 个`);
    },
  };
}

const WHOLE_NUMBER = new RegExp(DOCUMENT_NUMBER);

/** Who answers for a source as people write it: 《…》（云开管〔2024〕12号）, an issuing body, or both. The title of a document is no body. */
export function readSource(source: string | null): { documentNumber: string | null; issuingBody: string | null } {
  if (source === null) return { documentNumber: null, issuingBody: null };
  const found = WHOLE_NUMBER.exec(source)?.[0];
  const rest = (found === undefined ? source : source.replace(found, '')).replaceAll(/[（(【[]\s*[）)】\]]/g, '').trim();
  return { documentNumber: found?.replaceAll(/\s/g, '') ?? null, issuingBody: rest === '' || rest.includes('《') ? null : rest };
}
