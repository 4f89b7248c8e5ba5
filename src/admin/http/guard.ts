import type { Request } from 'express';
import { AppError } from '../../domain/errors.ts';
import { mayActAs, ROLE_NAMES } from '../../domain/role.ts';
import { cookieName, readCookie } from '../accounts/cookies.ts';
import { requireCsrfToken, requireOwnPage } from '../accounts/csrf.ts';
import { findSession } from '../accounts/sessions.ts';
import { personOf } from '../accounts/sign-in.ts';
import { bearerOf, findToken } from '../accounts/tokens.ts';
import type { House } from './house.ts';
import type { Needs, Route } from './route.ts';
import type { Who } from './who.ts';

export const addressOf = (request: Request): string => request.ip ?? request.socket.remoteAddress ?? 'unknown';

/**
 * Who makes a request. One who sends an `Authorization` header is judged by that alone.
 * @throws {AppError} `UNAUTHENTICATED`
 */
async function whoAsks(request: Request, { store, now, isSecure }: House): Promise<Who> {
  const from = addressOf(request);
  const bearer = bearerOf(request.get('authorization'));
  if (bearer !== null) {
    const found = await findToken(store, bearer, now());
    if (found === null) throw new AppError('UNAUTHENTICATED', '令牌无效、已过期或已撤销。', { hint: '请在控制台创建新的令牌。' });
    const { user, token, role } = found;
    const actor = { kind: 'token', userId: user.id, name: `${user.displayName}（${token.name}）`, from } as const;
    return { user, role, session: null, token, actor };
  }
  const secret = readCookie(request.get('cookie'), cookieName(isSecure));
  const found = secret === null ? null : await findSession(store, secret, now());
  if (found === null) throw new AppError('UNAUTHENTICATED', '请先登录。', { hint: '登录已过期或尚未登录。' });
  return { ...found, role: found.user.role, token: null, actor: personOf(found.user, from) };
}

/**
 * Lets a request pass, or not: who it is, whether a page of ours made it, and whether the role reaches.
 * @returns null for an open route
 * @throws {AppError} `UNAUTHENTICATED`, `FORBIDDEN`
 */
export async function admit(request: Request, { needs, isForPeople, method }: Route, house: House): Promise<Who | null> {
  const page = { host: request.host, origin: request.get('origin'), secFetchSite: request.get('sec-fetch-site') };
  if (needs === 'open') {
    if (method !== 'get') requireOwnPage(page);
    return null;
  }
  const who = await whoAsks(request, house);
  if (who.session === null && isForPeople) {
    throw new AppError('FORBIDDEN', '令牌不能用于此操作。', { hint: '请登录控制台操作。' });
  }
  if (who.session !== null && method !== 'get') {
    requireOwnPage(page);
    requireCsrfToken(who.session, request.get('x-csrf-token'));
  }
  requireRole(who, needs);
  return who;
}

function requireRole({ user, role }: Who, needs: Exclude<Needs, 'open'>): void {
  if (needs === 'pending') return;
  if (user.mustChangePassword) throw new AppError('FORBIDDEN', '请先修改密码。', { hint: '初始密码只能用来登录和修改密码。' });
  if (!mayActAs(role, needs)) {
    throw new AppError('FORBIDDEN', `此操作需要“${ROLE_NAMES[needs]}”权限。`, { hint: '请联系管理员。' });
  }
}
