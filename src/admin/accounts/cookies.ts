import type { CookieOptions } from 'express';
import { LONGEST_MS } from './sessions.ts';

/** With `__Host-` a browser takes the cookie only over https, for this very host and all its paths: no neighbour can plant one. */
export const cookieName = (isSecure: boolean): string => (isSecure ? '__Host-wence' : 'wence');

export const cookieOptions = (isSecure: boolean): CookieOptions => ({ httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure });

export const sessionCookieOptions = (isSecure: boolean): CookieOptions => ({ ...cookieOptions(isSecure), maxAge: LONGEST_MS });

/** The value of a cookie in a `Cookie` header; null when it is not there, or there twice. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0]! : null;
}
