import type { Response } from 'express';
import { cookieName, cookieOptions, sessionCookieOptions } from '../accounts/cookies.ts';
import { IDLE_MINUTES, type OpenedSession } from '../accounts/sessions.ts';
import { isSingleAdmin } from '../single-admin.ts';
import type { Session, User } from '../store.ts';
import type { House } from './house.ts';
import type { me, sessionView, View } from './schemas.ts';

export const meOf = ({ id, name, displayName, role, totpSecret, mustChangePassword }: User): View<typeof me> => ({
  id,
  name,
  displayName,
  role,
  hasTotp: totpSecret !== null,
  mustChangePassword,
});

/** A program has no session and needs no token against foreign pages. */
export async function sessionViewOf(house: House, user: User, session: Session | null): Promise<View<typeof sessionView>> {
  const csrfToken = session?.csrfToken ?? '';
  return { user: meOf(user), csrfToken, isSingleAdmin: await isSingleAdmin(house.store), idleMinutes: IDLE_MINUTES };
}

export const setSessionCookie = (response: Response, { isSecure }: House, { secret }: OpenedSession): void => {
  response.cookie(cookieName(isSecure), secret, sessionCookieOptions(isSecure));
};

export const clearSessionCookie = (response: Response, { isSecure }: House): void => {
  response.clearCookie(cookieName(isSecure), cookieOptions(isSecure));
};
