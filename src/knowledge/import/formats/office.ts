import { type ArchiveEntry, listArchive, unpackEntry } from '../archive.ts';
import { storeArchive } from '../archive-writer.ts';
import { refuse } from '../refusals.ts';

/** The XML parts of an Office file, by path. Pictures and other binary parts are not unpacked. */
export type OfficeParts = Map<string, Uint8Array>;

const MAIN_PART = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;
const MACRO_PART = /(^|\/)(vbaProject\.bin|vbaData\.xml)$|^xl\/(macrosheets|dialogsheets)\//i;
const XML_PART = /\.(xml|rels)$/i;
const READ_PART = /^(word|xl|_rels|\[Content_Types\])/;

/**
 * Opens a DOCX or XLSX file after checking the archive around it.
 * @throws {AppError} `IMPORT_DAMAGED`, `IMPORT_ENCRYPTED`, `IMPORT_MACROS`, `IMPORT_UNSAFE`, `IMPORT_WRONG_TYPE`
 */
export function openOffice(bytes: Uint8Array, file: string, type: 'docx' | 'xlsx'): { parts: OfficeParts; pictures: number } {
  const entries = listArchive(bytes, file);
  if (entries.some(({ path }) => MACRO_PART.test(path))) throw refuse('macros', file);
  if (entries.some(({ path }) => path === 'EncryptedPackage' || path === 'EncryptionInfo')) throw refuse('encrypted', file);
  if (!entries.some(({ path }) => path === MAIN_PART[type])) throw wrongContent(entries, file, type);
  const parts: OfficeParts = new Map();
  for (const entry of entries) {
    if (!XML_PART.test(entry.path)) continue;
    if (parts.has(entry.path)) throw refuse('damaged', file, '内部文件重名');
    const content = unpackEntry(bytes, entry, file);
    if (READ_PART.test(entry.path)) checkXml(content, file);
    parts.set(entry.path, content);
  }
  if (textOf(parts, '[Content_Types].xml').includes('macroEnabled')) throw refuse('macros', file);
  const pictures = entries.filter(({ path }) => /\/media\/[^/]+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf)$/i.test(path)).length;
  return { parts, pictures };
}

function wrongContent(entries: readonly ArchiveEntry[], file: string, type: 'docx' | 'xlsx') {
  const paths = new Set(entries.map(({ path }) => path));
  if (paths.has(MAIN_PART[type === 'docx' ? 'xlsx' : 'docx'])) {
    return refuse('name-mismatch', file, type === 'docx' ? '内容是 XLSX' : '内容是 DOCX');
  }
  return refuse('not-supported', file, paths.has('[Content_Types].xml') ? '其他 Office 文件' : '普通压缩包');
}

/** Office never writes a document type; entities defined in one could grow without end. */
function checkXml(content: Uint8Array, file: string): Uint8Array {
  if (Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes('<!DOCTYPE'))
    throw refuse('bomb', file, 'XML 带有 DOCTYPE');
  return content;
}

export function textOf(parts: OfficeParts, path: string): string {
  const content = parts.get(path);
  return content === undefined ? '' : new TextDecoder().decode(content);
}

/** The parts as a file again, for a library to read. */
export function packOffice(parts: OfficeParts): Buffer<ArrayBuffer> {
  return Buffer.from(storeArchive(parts));
}
