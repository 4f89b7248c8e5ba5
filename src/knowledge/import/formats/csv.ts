import { CsvError, type Info, parse } from 'csv-parse/sync';
import { decodeText } from '../decode-text.ts';
import type { RawSheet, SourceFile } from '../raw-document.ts';
import { refuse } from '../refusals.ts';

const DELIMITERS = [',', '\t', ';', '，'] as const;

/**
 * Reads a CSV file, UTF-8 or GBK, separated by commas, tabs or semicolons.
 * @throws {AppError} `IMPORT_WRONG_TYPE`; `IMPORT_DAMAGED` with the line, when quotes do not close
 */
export function readCsv({ name, bytes, charset }: SourceFile): RawSheet[] {
  const text = decodeText(bytes, { charset });
  if (text === null) throw refuse('unknown-encoding', name);
  if (text.trim() === '') throw refuse('no-text', name);
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: Info }[];
    let line = 1;
    const rows = records.map(({ record, info }) => {
      // `lines` counts to the end of a record; its own line breaks are subtracted to tell where it starts.
      const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      line = Math.max(line, info.lines - breaks);
      return { row: line, cells: record.map((cell) => cell.trim()) };
    });
    return [{ name: null, rows, notes: [] }];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    throw refuse('damaged', name, `${lines === undefined ? '' : `第 ${lines} 行`}引号不成对`, error);
  }
}

/** The sign that occurs most often in the first line with text. */
function delimiterOf(text: string): string {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const counts = DELIMITERS.map((sign) => first.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
