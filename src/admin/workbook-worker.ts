import { parentPort, workerData } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';
import type { Sheet } from '../insight/sheets.ts';

/** The thread `xlsxOf` starts: makes a workbook of the one sheet it is given, answers, ends. */

const WIDEST = 60;
/** Of a Chinese character, in digits. */
const HAN_WIDTH = 2;

const widthOf = (texts: readonly (string | number | null)[]): number =>
  Math.min(WIDEST, Math.max(...texts.map((text) => HAN_WIDTH * (String(text ?? '').split('\n')[0] ?? '').length)) + HAN_WIDTH);

async function workbookOf({ name, columns, rows }: Sheet): Promise<Uint8Array> {
  const header = columns.map((value) => ({ value, fontWeight: 'bold' as const }));
  const cells = rows.map((row) =>
    row.map((value) => (value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String, wrap: true })),
  );
  const widths = columns.map((column, at) => ({ width: widthOf([column, ...rows.slice(0, 200).map((row) => row[at] ?? null)]) }));
  return writeXlsxFile([header, ...cells], { sheet: name, columns: widths, stickyRowsCount: 1 }).toBuffer();
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(await workbookOf(workerData as Sheet));
