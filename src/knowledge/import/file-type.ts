import { extname } from 'node:path';
import { decodeText } from './decode-text.ts';
import { refuse } from './refusals.ts';
import type { SourceFile } from './raw-document.ts';

export type FileType = 'docx' | 'xlsx' | 'pdf' | 'html' | 'csv' | 'markdown' | 'text';

const TYPE_OF_EXTENSION: Readonly<Record<string, FileType>> = {
  '.docx': 'docx',
  '.xlsx': 'xlsx',
  '.pdf': 'pdf',
  '.html': 'html',
  '.htm': 'html',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.text': 'text',
};

/** A PDF may have some bytes before its head. */
const PDF_HEAD_WITHIN = 1024;

// oxlint-disable-next-line no-control-regex -- magic numbers
const IMAGE = /^(\x89PNG|\xff\xd8\xff|GIF8|BM[\s\S]{4}\0\0\0\0|II\*\0|MM\0\*|RIFF[\s\S]{4}WEBP)/;
// oxlint-disable-next-line no-control-regex -- magic numbers
const OTHER_BINARY = /^(\{\\rtf|Rar!|7z\xbc\xaf|\x1f\x8b)/;
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/**
 * What a file is, by its first bytes; the name decides only between kinds of text.
 * @throws {AppError} `INPUT_TOO_LARGE`, `IMPORT_WRONG_TYPE`, `IMPORT_ENCRYPTED`, `IMPORT_MACROS`, `IMPORT_DAMAGED`
 */
export function fileTypeOf({ name, bytes, charset }: SourceFile): FileType {
  if (bytes.length === 0) throw refuse('empty', name);
  const extension = extname(name).toLowerCase();
  const named = TYPE_OF_EXTENSION[extension];
  const head = Buffer.from(bytes.subarray(0, PDF_HEAD_WITHIN)).toString('latin1');
  if (head.startsWith(OLE)) throw refuse(isEncryptedOffice(bytes) ? 'encrypted' : 'old-office', name);
  if (/^\.(docm|xlsm|dotm|xltm|pptm)$/.test(extension)) throw refuse('macros', name);
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) {
    if (named === 'docx' || named === 'xlsx') return named;
    throw refuse(named === undefined ? 'not-supported' : 'name-mismatch', name, '内容是压缩包');
  }
  if (head.includes('%PDF-')) {
    if (named === undefined || named === 'pdf') return 'pdf';
    throw refuse('name-mismatch', name, '内容是 PDF');
  }
  if (IMAGE.test(head)) throw refuse('image', name);
  if (OTHER_BINARY.test(head)) throw refuse('not-supported', name);
  if (named === 'docx' || named === 'xlsx' || named === 'pdf') throw refuse('name-mismatch', name);
  if (/^(MIME-Version|From: <Saved by)/i.test(head)) throw refuse('not-supported', name, 'MHTML 网页，请另存为“网页，仅 HTML”');
  const text = decodeText(bytes, { charset });
  if (text === null) throw refuse(named === undefined ? 'not-supported' : 'unknown-encoding', name);
  if (named !== undefined && named !== 'text') return named;
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)\b/i.test(text)) return 'html';
  if (named === 'text') return 'text';
  throw refuse('not-supported', name);
}

/** A document with a password is an OLE file around the encrypted package. */
function isEncryptedOffice(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}
