import { AppError } from '../../domain/errors.ts';
import type { Session } from '../store.ts';
import { isSameSecret } from './secrets.ts';

/** What of a request tells which page made it. */
export interface Provenance {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
}

const foreign = (): AppError =>
  new AppError('FORBIDDEN', '请求不是从本站的页面发出的。', { hint: '请在控制台页面中操作；如果使用了反向代理，请让它原样传递 Host。' });

/** @throws {AppError} `FORBIDDEN` when a browser says that a page of another site asks */
export function requireOwnPage({ host, origin, secFetchSite }: Provenance): void {
  if (secFetchSite !== undefined) {
    if (secFetchSite !== 'same-origin' && secFetchSite !== 'none') throw foreign();
    return;
  }
  // Browsers leave Sec-Fetch-Site out over plain http; programs leave out both.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) throw foreign();
}

/** @throws {AppError} `FORBIDDEN` when the token is not the session's */
export function requireCsrfToken(session: Session, token: string | undefined): void {
  if (token !== undefined && isSameSecret(token, session.csrfToken)) return;
  throw new AppError('FORBIDDEN', '页面已过期，请刷新后重试。', { hint: 'Send the csrfToken of GET /session in the header X-CSRF-Token.' });
}
