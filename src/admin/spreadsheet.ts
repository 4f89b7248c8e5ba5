import { Worker } from 'node:worker_threads';
import { csvText } from '../knowledge/import/index.ts';
import type { Sheet } from '../insight/sheets.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The same file is TypeScript in the sources and JavaScript when built. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './workbook-worker.ts' : './workbook-worker.js', import.meta.url);

/** A table as a workbook with one sheet. Texts are texts, whatever they begin with. Made in a thread of its own: it takes seconds when it is long. */
export async function xlsxOf(sheet: Sheet): Promise<Uint8Array> {
  const worker = new Worker(ENTRY, { workerData: sheet });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('Expected a workbook, but its thread ended')));
  return promise;
}

/** A table as text that every spreadsheet opens; what begins like a formula is made a text. */
export const csvOf = ({ columns, rows }: Sheet): string =>
  csvText([columns, ...rows.map((row) => row.map((value) => String(value ?? '')))]);
