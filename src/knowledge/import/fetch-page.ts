import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from './raw-document.ts';
import { MAX_FILE_BYTES, refuse } from './refusals.ts';

const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Fetches a page, or a file behind an address, for import. For addresses that the operator types: it does not keep from addresses of the own network.
 * @throws {AppError} `INPUT_INVALID` when it cannot be fetched, `INPUT_TOO_LARGE` above 20 MB
 */
export async function fetchPage(address: string, signal?: AbortSignal): Promise<SourceFile> {
  const stop = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]);
  try {
    const response = await follow(address, stop);
    const bytes = await read(response, address);
    const charset = /charset=["']?([\w-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];
    return { name: fileName(response), bytes, url: response.url, ...(charset === undefined ? {} : { charset: charset.toLowerCase() }) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreachable(address, stop.aborted ? '超时或已中止' : (error as Error).message, error);
  }
}

const unreachable = (address: string, reason: string, cause?: unknown): AppError =>
  new AppError('INPUT_INVALID', `${address}：无法获取网页（${reason}）`, {
    hint: '请检查网址，或在浏览器里另存网页后导入文件。',
    ...(cause === undefined ? {} : { cause }),
  });

async function follow(address: string, signal: AbortSignal): Promise<Response> {
  let next = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (!isAddress(next)) throw unreachable(address, '不是 http 或 https 网址');
    const response = await fetch(next, { signal, redirect: 'manual', headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      next = new URL(location, next).href;
    } else if (response.ok) return response;
    else throw unreachable(address, `状态码 ${response.status}`);
  }
  throw unreachable(address, '跳转次数过多');
}

async function read(response: Response, address: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MAX_FILE_BYTES) throw refuse('too-large', address);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The last piece of the path; a page without a name of a known kind is HTML. */
function fileName(response: Response): string {
  const last = decodeURIComponent(new URL(response.url).pathname.split('/').at(-1) ?? '');
  if (/\.(pdf|docx|xlsx|csv|md|txt|html?)$/i.test(last)) return last;
  return /html/i.test(response.headers.get('content-type') ?? '') ? `${last || 'page'}.html` : last || 'page';
}
