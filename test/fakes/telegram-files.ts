import type { ServerResponse } from 'node:http';
import { badRequest, type Refusal } from './telegram-checks.ts';

/** Telegram gives bots no larger file. */
const MAX_BYTES = 20 * 1024 * 1024;

interface StoredFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What Telegram says of its size, which may be more than there is. */
  readonly size: number;
}

/** The files people sent, and the file server that gives them out. */
export class TelegramFiles {
  /** Neither `getFile` nor the file server tells a size. */
  hidesSizes = false;
  readonly #files = new Map<string, StoredFile>();

  /** Stores a file and gives its id. */
  add(name: string, bytes: Uint8Array, size = bytes.length): string {
    const number = this.#files.size + 1;
    const id = `BQACAgUAAxkBAAI${number}-fake_file`;
    const extension = /\.\w+$/.exec(name)?.[0] ?? '';
    this.#files.set(id, { path: `documents/file_${number}${extension}`, bytes, size });
    return id;
  }

  getFile({ file_id }: Readonly<Record<string, unknown>>): { readonly result: unknown } | Refusal {
    const file = this.#files.get(String(file_id));
    if (file === undefined) return badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.size > MAX_BYTES) return badRequest('file is too big');
    const { path: file_path, size: file_size } = file;
    return { result: { file_id, file_unique_id: `u-${file_path}`, file_path, ...(this.hidesSizes ? {} : { file_size }) } };
  }

  /** `half`: the connection breaks, or falls silent, in the middle. */
  serve(path: string, response: ServerResponse, half: 'break' | 'stall' | null): void {
    const file = [...this.#files.values()].find((stored) => stored.path === path);
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('404 Not Found');
      return;
    }
    const length = this.hidesSizes ? {} : { 'content-length': file.bytes.length };
    response.writeHead(200, { 'content-type': 'application/octet-stream', ...length });
    if (half === null) {
      response.end(file.bytes);
      return;
    }
    response.write(file.bytes.subarray(0, file.bytes.length / 2), () => {
      if (half === 'break') response.socket?.resetAndDestroy();
    });
  }
}
