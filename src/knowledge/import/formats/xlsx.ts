import readXlsxFile, { InvalidSpreadsheetError } from 'read-excel-file/universal';
import { type Note, NOWHERE, type RawRow, type RawSheet, type SourceFile } from '../raw-document.ts';
import { refuse } from '../refusals.ts';
import { openOffice, packOffice } from './office.ts';
import { readSheetDetails, type SheetDetails } from './xlsx-details.ts';

const WIDEST = 200;

/**
 * Reads the visible sheets of a workbook as texts: merged cells filled, percentages and dates as people see them.
 * @throws {AppError} those of `openOffice`; `IMPORT_DAMAGED`
 */
export async function readXlsx({ name, bytes }: SourceFile): Promise<RawSheet[]> {
  const { parts } = openOffice(bytes, name, 'xlsx');
  const details = readSheetDetails(parts);
  const packed = packOffice(parts);
  const sheets = await read(packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength), name);
  const visible = sheets.flatMap(({ sheet, data }, at): RawSheet[] => {
    const detail = details[at];
    if (detail?.isHidden) return [];
    const rows = textsOf(data, detail);
    return [{ name: sheet, rows, notes: [] }];
  });
  const hidden = details.filter(({ isHidden }) => isHidden).map((detail) => `“${detail.name}”`);
  const [first, ...others] = visible;
  if (!first) throw refuse('no-text', name);
  const notes: Note[] = hidden.length > 0 ? [{ message: `隐藏的工作表${hidden.join('、')}没有导入`, at: NOWHERE }] : [];
  return [{ ...first, notes }, ...others];
}

async function read(buffer: ArrayBuffer, name: string) {
  try {
    // Numbers stay as they are written: no rounding, no lost digits.
    return await readXlsxFile<string>(buffer, { parseNumber: (written: string) => written });
  } catch (error) {
    const detail = error instanceof InvalidSpreadsheetError ? /row (\d+), col (\d+)/.exec(error.message) : null;
    throw refuse('damaged', name, detail ? `第 ${detail[1]} 行第 ${detail[2]} 列` : undefined, error);
  }
}

function textsOf(data: readonly (readonly unknown[])[], details: SheetDetails | undefined): RawRow[] {
  const grid = data.map((cells, row) =>
    cells.slice(0, WIDEST).map((value, column) => textOf(value, details?.isPercent(row, column) ?? false)),
  );
  for (const { top, left, bottom, right } of details?.merges ?? []) {
    const text = grid[top]?.[left] ?? '';
    for (let row = top; row <= bottom && row < grid.length; row++) {
      for (let column = left; column <= right && column < grid[row]!.length; column++) grid[row]![column] = text;
    }
  }
  return grid.map((cells, at) => ({ row: at + 1, cells }));
}

function textOf(value: unknown, isPercent: boolean): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : '';
  if (isPercent && Number.isFinite(Number(value))) return `${Number((Number(value) * 100).toPrecision(12))}%`;
  const isLongFraction = /^-?\d+\.\d{12,}$|^-?\d(\.\d+)?E[+-]\d+$/i.test(value);
  return (isLongFraction ? String(Number(Number(value).toPrecision(12))) : value).replaceAll(/\r\n?/g, '\n').trim();
}

/** Excel has no time zones: the library gives what the cell shows as UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
}
