import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { joinLines } from '../join-lines.ts';
import type { Note, RawDocument, SourceFile } from '../raw-document.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { blocksOf, type ReadPage } from './pdf-blocks.ts';
import { type PlacedText, placedTexts, printLines, type TextPiece } from './pdf-lines.ts';
import { rulesOf } from './pdf-rules.ts';
import { type TableFrame, tableFrames } from './pdf-tables.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type Operations = Awaited<ReturnType<typeof getResolvedPDFJS>>['OPS'];

/** Share of characters without a meaning (private use, replacement, control) above which a text is no text. */
const GARBLED = 0.25;
/** Share of printed pieces without text: above the first a page is told of, above the second the file is refused. */
const [LOST, MOST_LOST] = [0.05, 0.5];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
// oxlint-disable-next-line no-control-regex -- such characters are exactly what is counted
const MEANINGLESS = /[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f\u{f0000}-\u{10ffff}]/gu;

/**
 * Reads a PDF: lines joined to paragraphs, ruled tables, running heads and page numbers left out, the page of every block kept.
 * @throws {AppError} `IMPORT_ENCRYPTED` when it asks for a password, `IMPORT_SCANNED` when no page has (readable) text, `IMPORT_DAMAGED`
 */
export async function readPdf({ name, bytes }: SourceFile): Promise<RawDocument> {
  const pdf = await open(bytes, name);
  const { OPS } = await getResolvedPDFJS();
  const pages: ReadPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(pdf, number, OPS, name));
  const notes: Note[] = [];
  const isEmpty = (page: ReadPage): boolean => page.lines.length === 0 && page.tables.length === 0;
  if (pages.every(isEmpty)) throw refuse(whyEmpty(pages), name);
  const words = pages
    .flatMap((page) => [...page.lines.map(({ text }) => text), ...page.tables.flatMap(({ rows }) => rows.flat())])
    .join('');
  const [prints, lost] = [sum(pages.map((page) => page.prints)), sum(pages.map((page) => page.lostPrints))];
  if (lost > MOST_LOST * prints) throw refuse('garbled', name);
  if ((words.match(MEANINGLESS)?.length ?? 0) > GARBLED * words.length) throw refuse('garbled', name);
  for (const [at, page] of pages.entries()) {
    const message = pageNote(page, isEmpty(page));
    if (message !== null) notes.push({ message, at: { page: at + 1, line: null } });
  }
  return { blocks: blocksOf(pages), meta: {}, pages: pages.length, notes };
}

function whyEmpty(pages: readonly ReadPage[]): Refusal {
  if (pages.some(({ prints }) => prints > 0)) return 'garbled';
  return pages.some(({ hasPicture }) => hasPicture) ? 'scanned' : 'no-text';
}

function pageNote({ prints, lostPrints, hasPicture }: ReadPage, isEmpty: boolean): string | null {
  if (lostPrints > LOST * prints) return `这一页${isEmpty ? '' : '有一部分'}文字无法还原，没有导入，请核对`;
  return isEmpty && hasPicture ? '这一页是图片，没有文字，没有导入' : null;
}

async function open(bytes: Uint8Array, name: string): Promise<PdfDocument> {
  try {
    // PDF.js takes the bytes over, and what is behind them: it gets a copy.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, enableXfa: false, useWorkerFetch: false });
  } catch (error) {
    throw refuse((error as Error).name === 'PasswordException' ? 'encrypted' : 'damaged', name, undefined, error);
  }
}

async function readPage(pdf: PdfDocument, number: number, ops: Operations, name: string): Promise<ReadPage> {
  try {
    const page = await pdf.getPage(number);
    const [, bottom = 0, , top = 0] = page.view;
    const content = await page.getTextContent();
    const operators = await page.getOperatorList();
    const texts = placedTexts(content.items.filter((item) => 'str' in item) as TextPiece[]).map((text) => ({
      ...text,
      y: text.y - bottom,
    }));
    const frames = tableFrames(rulesOf(operators.fnArray, operators.argsArray, ops)).map((frame) => lowered(frame, bottom));
    const inTable = (text: PlacedText): boolean => frames.some((frame) => isInside(text, frame));
    const prints = operators.fnArray.flatMap((operator, at) =>
      operator === ops.showText ? [(operators.argsArray[at] as [readonly unknown[] | undefined])[0]] : [],
    );
    const pictures: readonly number[] = [ops.paintImageXObject, ops.paintInlineImageXObject, ops.paintImageMaskXObject];
    page.cleanup();
    return {
      height: top - bottom,
      lines: printLines(texts.filter((text) => !inTable(text))).filter(({ text }) => text !== ''),
      tables: frames.map((frame) => ({ frame, rows: cellTexts(frame, texts) })).filter(({ rows }) => rows.length > 0),
      hasPicture: operators.fnArray.some((operator) => pictures.includes(operator)),
      prints: prints.length,
      lostPrints: prints.filter((glyphs) => !glyphs?.some((glyph) => typeof glyph === 'object')).length,
    };
  } catch (error) {
    throw refuse('damaged', name, `第 ${number} 页`, error);
  }
}

const lowered = (frame: TableFrame, by: number): TableFrame =>
  by === 0 ? frame : { ...frame, top: frame.top - by, bottom: frame.bottom - by, rows: frame.rows.map((row) => row - by) };

const middleOf = ({ left, right, y, size }: PlacedText): readonly [number, number] => [(left + right) / 2, y + 0.35 * size];

function isInside(text: PlacedText, frame: TableFrame): boolean {
  const [x, y] = middleOf(text);
  return x > frame.left && x < frame.right && y < frame.top && y > frame.bottom;
}

/** The text of every cell; a merged cell's in each cell it covers. */
function cellTexts(frame: TableFrame, texts: readonly PlacedText[]): string[][] {
  const inCell = new Map<number, PlacedText[]>();
  for (const text of texts.filter((candidate) => isInside(candidate, frame))) {
    const [x, y] = middleOf(text);
    const column = frame.columns.findLastIndex((edge) => edge <= x);
    const row = frame.rows.findLastIndex((edge) => edge >= y);
    const cell = frame.cellAt(Math.min(row, frame.rows.length - 2), Math.min(column, frame.columns.length - 2));
    inCell.set(cell, [...(inCell.get(cell) ?? []), text]);
  }
  const textOf = (cell: number): string =>
    printLines(inCell.get(cell) ?? [])
      .map(({ text }) => text)
      .reduce(joinLines, '');
  const rows = frame.rows.slice(1).map((_, row) => frame.columns.slice(1).map((__, column) => textOf(frame.cellAt(row, column))));
  return rows.filter((row) => row.some((text) => text !== ''));
}
