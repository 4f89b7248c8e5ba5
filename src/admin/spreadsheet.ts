import writeXlsxFile from 'write-excel-file/node';
import { csvText } from '../knowledge/import/index.ts';
import type { Sheet } from '../insight/sheets.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const WIDEST = 60;
/** Of a Chinese character, in digits. */
const HAN_WIDTH = 2;

const widthOf = (texts: readonly (string | number | null)[]): number =>
  Math.min(WIDEST, Math.max(...texts.map((text) => HAN_WIDTH * (String(text ?? '').split('\n')[0] ?? '').length)) + HAN_WIDTH);

/** A table as a workbook with one sheet. Texts are texts, whatever they begin with. */
export async function xlsxOf({ name, columns, rows }: Sheet): Promise<Uint8Array> {
  const header = columns.map((value) => ({ value, fontWeight: 'bold' as const }));
  const cells = rows.map((row) =>
    row.map((value) => (value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String, wrap: true })),
  );
  const widths = columns.map((column, at) => ({ width: widthOf([column, ...rows.slice(0, 200).map((row) => row[at] ?? null)]) }));
  return writeXlsxFile([header, ...cells], { sheet: name, columns: widths, stickyRowsCount: 1 }).toBuffer();
}

/** A table as text that every spreadsheet opens; what begins like a formula is made a text. */
export const csvOf = ({ columns, rows }: Sheet): string =>
  csvText([columns, ...rows.map((row) => row.map((value) => String(value ?? '')))]);
