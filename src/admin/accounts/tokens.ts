import { mayActAs, type Role } from '../../domain/role.ts';
import type { AdminStore, ApiToken, User } from '../store.ts';
import { digestOf, newSecret } from './secrets.ts';

const PREFIX = 'wence_';
const USED_EVERY_MS = 60_000;

/** The token itself, which is shown once, and what is kept of it. */
export function newApiToken(): { readonly token: string; readonly digest: string } {
  const token = `${PREFIX}${newSecret()}`;
  return { token, digest: digestOf(token) };
}

/** The bearer token of an `Authorization` header; null when there is no such header. One of another kind gives ''. */
export function bearerOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  return /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
}

/** The lower of two roles. */
export const lowerRole = (one: Role, other: Role): Role => (mayActAs(one, other) ? other : one);

/** A token that is good now, its owner, and what it may do: never more than its owner. Null when it is not good (any more). */
export async function findToken(
  store: AdminStore,
  token: string,
  nowMs: number,
): Promise<{ readonly token: ApiToken; readonly user: User; readonly role: Role } | null> {
  if (!token.startsWith(PREFIX)) return null;
  const found = await store.token(digestOf(token));
  if (found === null || found.revokedAtMs !== null || (found.expiresAtMs !== null && nowMs >= found.expiresAtMs)) return null;
  const user = await store.user(found.userId);
  if (user === null || user.disabledAtMs !== null) return null;
  if (nowMs - (found.usedAtMs ?? 0) >= USED_EVERY_MS) await noteUse(store, found, nowMs);
  return { token: found, user, role: lowerRole(found.role, user.role) };
}

/** Read anew, so that a revocation made in the meantime is not undone. */
async function noteUse(store: AdminStore, { digest }: ApiToken, nowMs: number): Promise<void> {
  const current = await store.token(digest);
  if (current !== null && current.revokedAtMs === null) await store.saveToken({ ...current, usedAtMs: nowMs }, null);
}
