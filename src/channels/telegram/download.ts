import { AppError } from '../../domain/errors.ts';
import { TelegramFault } from './fault.ts';

export interface DownloadOptions {
  /** Contains the token: never logged, never in an error. */
  readonly url: string;
  readonly maxBytes: number;
  /** Longest wait for the next piece. */
  readonly idleTimeoutMs: number;
}

/**
 * The bytes at an address of the file server, read no further than `maxBytes`.
 * @throws {AppError} `INPUT_TOO_LARGE`
 * @throws {TelegramFault} for everything else
 */
export async function download({ url, maxBytes, idleTimeoutMs }: DownloadOptions, signal: AbortSignal): Promise<Uint8Array> {
  const bounded = new AbortController();
  const abort = () => bounded.abort();
  let timer = setTimeout(abort, idleTimeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const response = await fetch(url, { redirect: 'error', signal: bounded.signal });
    if (!response.ok || response.body === null) throw refused(response.status);
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (announced > maxBytes) throw tooLarge(announced, maxBytes);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(abort, idleTimeoutMs);
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(bytes, maxBytes);
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof AppError || error instanceof TelegramFault) throw error;
    throw new TelegramFault(METHOD, {
      kind: 'lost',
      code: signal.aborted ? 'stopped' : bounded.signal.aborted ? 'timeout' : 'connection-lost',
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    // Of a response that is not read to its end, the connection would stay open.
    abort();
  }
}

export function tooLarge(bytes: number, maxBytes: number): AppError {
  return new AppError('INPUT_TOO_LARGE', `Expected a file of at most ${maxBytes} bytes, got ${bytes}`, { hint: 'Send a smaller file.' });
}

/** What became of a file that was not given, in the words of the port. */
export function refusalOfFile(fault: TelegramFault): AppError {
  // Above its own limit Telegram gives nothing out, whatever we would take.
  if (/file is too big/i.test(fault.description)) {
    return new AppError('INPUT_TOO_LARGE', 'Expected a file of at most 20 MB, which is all Telegram gives to bots', {
      hint: 'Send a smaller file.',
    });
  }
  return new AppError('CHANNEL_REJECTED', `telegram: the file was not given (${fault.message})`, {
    hint: fault.isPassing ? 'Try again in a moment.' : 'Send the file again.',
  });
}

const METHOD = 'file';

/** The file server answers without the Bot API's JSON. */
function refused(status: number): TelegramFault {
  return new TelegramFault(METHOD, { kind: 'refused', code: String(status), status, description: `answered ${status}` });
}
