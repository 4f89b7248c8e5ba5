import { describe, expect, it } from 'vitest';
import { cookieName, readCookie, sessionCookieOptions } from '../../../src/admin/accounts/cookies.ts';
import { type Provenance, requireCsrfToken, requireOwnPage } from '../../../src/admin/accounts/csrf.ts';
import { isSameSecret } from '../../../src/admin/accounts/secrets.ts';
import { bearerOf, lowerRole } from '../../../src/admin/accounts/tokens.ts';
import type { Session } from '../../../src/admin/store.ts';

describe('what a browser sends', () => {
  it('holds the session in a cookie no script and no other site can use', () => {
    expect(cookieName(true)).toBe('__Host-wence');
    expect(sessionCookieOptions(true)).toMatchObject({ httpOnly: true, sameSite: 'strict', path: '/', secure: true });
    expect(sessionCookieOptions(false)).toMatchObject({ httpOnly: true, sameSite: 'strict', secure: false });
  });

  it.each([
    ['wence=abc', 'abc'],
    ['a=1; wence=abc; b=2', 'abc'],
    ['xwence=abc', null],
    ['wence=abc; wence=def', null],
    [undefined, null],
  ])('reads the cookie from %s', (header, value) => {
    expect(readCookie(header, 'wence')).toBe(value);
  });

  const page = (given: Partial<Provenance>): Provenance => ({
    host: 'wence.example:3000',
    origin: undefined,
    secFetchSite: undefined,
    ...given,
  });

  it.each([
    { secFetchSite: 'same-origin' },
    { secFetchSite: 'none' },
    { origin: 'http://wence.example:3000' },
    // Behind a proxy that renames the host, a modern browser's word counts.
    { secFetchSite: 'same-origin', origin: 'https://elsewhere.example' },
    {},
  ])('lets a request of our own page pass: %j', (given) => {
    expect(() => requireOwnPage(page(given))).not.toThrow();
  });

  it.each([
    { secFetchSite: 'cross-site' },
    { secFetchSite: 'same-site' },
    { origin: 'http://wence.example' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
  ])('refuses a request of another page: %j', (given) => {
    expect(() => requireOwnPage(page(given))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('asks for the token of this very session', () => {
    const session: Session = { digest: 'd', userId: 'u', csrfToken: 'right', createdAtMs: 0, seenAtMs: 0, from: '', agent: '' };
    expect(() => requireCsrfToken(session, 'right')).not.toThrow();
    for (const token of [undefined, '', 'wrong', 'right ']) {
      expect(() => requireCsrfToken(session, token)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
    expect(isSameSecret('', '')).toBe(true);
  });

  it('takes the bearer token of programs, and what is no token for a wrong one', () => {
    expect(bearerOf(undefined)).toBeNull();
    expect(bearerOf('Bearer wence_x')).toBe('wence_x');
    expect(bearerOf('Basic abc')).toBe('');
    expect(lowerRole('admin', 'editor')).toBe('editor');
    expect(lowerRole('viewer', 'reviewer')).toBe('viewer');
  });
});
