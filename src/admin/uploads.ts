import { AppError } from '../domain/errors.ts';
import { createKept } from './kept.ts';

const KEEP_MS = 3_600_000;
const MEGABYTE = 1024 * 1024;
/** Files stand in memory until they are imported. */
const MOST_OF_ONE = 100 * MEGABYTE;
const MOST_OF_ALL = 200 * MEGABYTE;
const MAX_NAME = 120;

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files on their way into the library, each for who sent it, for an hour. They never touch the disk. */
export interface Uploads {
  /** @throws {AppError} `INPUT_INVALID` for an empty file or a name that is none, `INPUT_TOO_LARGE` when too much is waiting */
  add(ownerId: string, name: string, bytes: Uint8Array): Upload;
  /** @throws {AppError} `NOT_FOUND`, also for another's */
  get(ownerId: string, id: string): Upload;
  /** Lets go of those whose hour is over. */
  sweep(): void;
  clear(): void;
}

export function createUploads(now: () => number, newId: () => string): Uploads {
  const kept = createKept<Upload>({ keepMs: KEEP_MS, now });
  const sizeOf = (uploads: readonly Upload[]): number => uploads.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return {
    add(ownerId, name, bytes) {
      if (bytes.length === 0) throw new AppError('INPUT_INVALID', '文件是空的。', { hint: '请检查文件后重新上传。' });
      if (sizeOf(kept.all(ownerId)) + bytes.length > MOST_OF_ONE || sizeOf(kept.all()) + bytes.length > MOST_OF_ALL) {
        throw new AppError('INPUT_TOO_LARGE', '等待导入的文件太多。', { hint: '请先导入已上传的文件，或一小时后再试。' });
      }
      const upload: Upload = { id: newId(), name: plainName(name), bytes };
      kept.put(upload.id, ownerId, upload);
      return upload;
    },
    get: (ownerId, id) => kept.get(id, ownerId),
    sweep: () => kept.sweep(),
    clear: () => kept.clear(),
  };
}

/**
 * The name of a file without any folder, for people to read and for its extension.
 * @example plainName('..\\..\\etc/通知.docx') // → "通知.docx"
 */
export function plainName(given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '').replaceAll(/\p{C}/gu, '').trim();
  if (name === '' || /^\.+$/.test(name)) {
    throw new AppError('INPUT_INVALID', '需要文件名。', { hint: 'Give the name with its extension: POST /uploads?name=notice.docx' });
  }
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME / 2)}…${name.slice(-MAX_NAME / 2)}`;
}
