import { ApiError } from './api-error.ts';
import { address, type Query, refusalOf, shownCsrfToken } from './client.ts';

/** Sends a file, telling how far it is (0 to 1): only the old way of asking can tell that. */
export function sendFile<Answer>(
  path: string,
  query: Query,
  file: Blob,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', address(path, query));
    sending.setRequestHeader('content-type', 'application/octet-stream');
    sending.setRequestHeader('x-csrf-token', shownCsrfToken());
    sending.upload.addEventListener('progress', ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0));
    sending.addEventListener('load', () => {
      if (sending.status >= 200 && sending.status < 300) resolve(JSON.parse(sending.responseText) as Answer);
      else reject(refusalOf(sending.status, sending.responseText));
    });
    sending.addEventListener('error', () => reject(new ApiError(0, 'OFFLINE', '')));
    sending.addEventListener('abort', () => reject(new ApiError(0, 'OFFLINE', '')));
    signal.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(file);
  });
}
