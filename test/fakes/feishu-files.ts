import type { ServerResponse } from 'node:http';

/** The platform gives apps no larger file. */
const MAX_BYTES = 100 * 1024 * 1024;

interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly size: number;
}

const PATH = /^\/open-apis\/im\/v1\/messages\/(om_[\w-]+)\/resources\/([\w-]+)$/;

/** The files that came with messages; a file is known only together with its message. */
export class FeishuFiles {
  /** The answer tells no size. */
  hidesSizes = false;
  readonly #files = new Map<string, StoredFile>();

  /** Stores the file of a message and gives its key. */
  add(messageId: string, name: string, bytes: Uint8Array, size = bytes.length): string {
    const key = `file_v3_00${this.#files.size + 1}_d66d9a88-fake`;
    this.#files.set(`${messageId}:${key}`, { name, bytes, size });
    return key;
  }

  isAddress(path: string): boolean {
    return PATH.test(path);
  }

  /** The stored file, or the platform's refusal. */
  find(path: string, query: Readonly<Record<string, string>>): StoredFile | { readonly code: number; readonly msg: string } {
    const [, messageId, key] = PATH.exec(path) ?? [];
    if (query.type !== 'file') return { code: 234001, msg: 'Invalid request param.' };
    const file = this.#files.get(`${messageId}:${key}`);
    if (file === undefined) return { code: 234003, msg: 'File not in msg.' };
    return file.size > MAX_BYTES ? { code: 234037, msg: 'Downloaded file size exceeds limit.' } : file;
  }

  /** `half`: the connection breaks, or falls silent, in the middle. */
  serve({ name, bytes }: StoredFile, outgoing: ServerResponse, half: 'break' | 'stall' | null): void {
    outgoing.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${encodeURIComponent(name)}"`,
      ...(this.hidesSizes ? {} : { 'Content-Length': bytes.length }),
    });
    if (half === null) {
      outgoing.end(bytes);
      return;
    }
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => {
      if (half === 'break') outgoing.socket?.resetAndDestroy();
    });
  }
}
