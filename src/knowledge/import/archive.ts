import { crc32, inflateRawSync } from 'node:zlib';
import { refuse } from './refusals.ts';

/** Beyond these an Office file is not read: real ones stay far below. */
export const ARCHIVE_LIMITS = { entries: 2_000, totalBytes: 200 * 1024 * 1024, ratio: 250, ratioFromBytes: 1024 * 1024 } as const;

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const MAX_COMMENT = 0xffff;
const ZIP64_MARK = 0xffffffff;
const ENCRYPTED_FLAGS = 0x2041;
const STORED = 0;
const DEFLATED = 8;

export interface ArchiveEntry {
  readonly path: string;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly method: number;
  readonly crc: number;
  /** Offset of the local header. */
  readonly offset: number;
}

/**
 * Walks the central directory of a zip file without unpacking anything.
 * @throws {AppError} `IMPORT_DAMAGED`; `IMPORT_ENCRYPTED`; `IMPORT_UNSAFE` for too many or too large entries and paths that leave the archive.
 */
export function listArchive(bytes: Uint8Array, file: string): ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) throw refuse('damaged', file, '没有 ZIP 目录');
  const count = view.getUint16(end + 10, true);
  if (count > ARCHIVE_LIMITS.entries) throw refuse('bomb', file, `内有 ${count} 个文件`);
  let at = view.getUint32(end + 16, true);
  const entries: ArchiveEntry[] = [];
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL_LENGTH > end || view.getUint32(at, true) !== CENTRAL_SIGNATURE) throw refuse('damaged', file, 'ZIP 目录不完整');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + CENTRAL_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw refuse('damaged', file, 'ZIP 目录不完整');
    if ((view.getUint16(at + 8, true) & ENCRYPTED_FLAGS) !== 0) throw refuse('encrypted', file);
    const entry: ArchiveEntry = {
      path: new TextDecoder().decode(bytes.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength)).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    checkEntry(entry, file);
    total += entry.bytes;
    if (total > ARCHIVE_LIMITS.totalBytes) throw refuse('bomb', file, '解开后超过 200 MB');
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** The last end record in the file, which may be followed by a comment only. */
function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - END_LENGTH - MAX_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= first; at--) if (view.getUint32(at, true) === END_SIGNATURE) return at;
  return null;
}

function checkEntry({ path, compressedBytes, bytes }: ArchiveEntry, file: string): void {
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..') || path.includes('\0')) {
    throw refuse('bomb', file, '内部路径越界');
  }
  if (bytes === ZIP64_MARK || compressedBytes === ZIP64_MARK) throw refuse('bomb', file, '使用了 ZIP64');
  if (bytes > ARCHIVE_LIMITS.ratioFromBytes && bytes > compressedBytes * ARCHIVE_LIMITS.ratio) {
    throw refuse('bomb', file, `压缩比超过 ${ARCHIVE_LIMITS.ratio}`);
  }
}

/**
 * Unpacks one entry, never to more than the directory says: a lying directory is a bomb.
 * @throws {AppError} `IMPORT_DAMAGED`, `IMPORT_UNSAFE`
 */
export function unpackEntry(bytes: Uint8Array, entry: ArchiveEntry, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { offset } = entry;
  if (offset + LOCAL_LENGTH > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) throw refuse('damaged', file, entry.path);
  const start = offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = bytes.subarray(start, start + entry.compressedBytes);
  const content = inflate(packed, entry, file);
  if (content.length !== entry.bytes || crc32(content) !== entry.crc) throw refuse('damaged', file, entry.path);
  return content;
}

function inflate(packed: Uint8Array, entry: ArchiveEntry, file: string): Uint8Array {
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) throw refuse('bomb', file, '使用了少见的压缩方法');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) });
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw refuse(isTooLong ? 'bomb' : 'damaged', file, entry.path, error);
  }
}
