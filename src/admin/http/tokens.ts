import { AppError } from '../../domain/errors.ts';
import { mayActAs } from '../../domain/role.ts';
import { newApiToken } from '../accounts/tokens.ts';
import { auditOf } from '../audit.ts';
import type { ApiToken } from '../store.ts';
import { notFound } from './errors.ts';
import { namesOf } from './names.ts';
import { route } from './route.ts';
import { newToken, tokenMade, tokens, type tokenView, type View } from './schemas.ts';
import type { Who } from './who.ts';

const DAY_MS = 86_400_000;
const isForPeople = true;

const viewOf = (token: ApiToken, owner: string): View<typeof tokenView> => {
  const { id, name, role, createdAtMs, expiresAtMs, usedAtMs, revokedAtMs } = token;
  return { id, name, owner, role, createdAtMs, expiresAtMs, usedAtMs, revokedAtMs };
};
const maySee = ({ user, role }: Who, token: ApiToken): boolean => token.userId === user.id || mayActAs(role, 'admin');

export const tokenRoutes = [
  route('viewer', 'get', '/tokens', { summary: 'Your tokens; an admin sees all.', answer: tokens }, async ({ who }, { store }) => {
    const nameOf = await namesOf(store);
    return { items: (await store.tokens()).filter((token) => maySee(who, token)).map((token) => viewOf(token, nameOf(token.userId))) };
  }),
  route(
    'viewer',
    'post',
    '/tokens',
    {
      summary: 'A token for programs, shown this once. It may do at most what its owner may.',
      body: newToken,
      answer: tokenMade,
      isForPeople,
    },
    async ({ who, body }, { store, newId, now }) => {
      if (!mayActAs(who.role, body.role)) {
        throw new AppError('FORBIDDEN', '令牌的权限不能高于您自己的。', { hint: '请选择较低的权限。' });
      }
      const { token, digest } = newApiToken();
      const kept: ApiToken = {
        id: newId(),
        userId: who.user.id,
        name: body.name,
        digest,
        role: body.role,
        createdAtMs: now(),
        expiresAtMs: body.days === null ? null : now() + body.days * DAY_MS,
        usedAtMs: null,
        revokedAtMs: null,
      };
      const detail = { name: kept.name, role: kept.role, days: body.days };
      await store.saveToken(kept, auditOf(who.actor, now(), 'token.created', `token:${kept.id}`, detail));
      return { token, view: viewOf(kept, who.user.displayName) };
    },
  ),
  route('viewer', 'delete', '/tokens/:id', { summary: 'Revoke a token.', isForPeople }, async ({ who, param }, { store, now }) => {
    const token = (await store.tokens()).find(({ id }) => id === param('id'));
    if (token === undefined || !maySee(who, token)) throw notFound('没有这个令牌。');
    if (token.revokedAtMs !== null) return;
    const audit = auditOf(who.actor, now(), 'token.revoked', `token:${token.id}`, { name: token.name });
    await store.saveToken({ ...token, revokedAtMs: now() }, audit);
  }),
];
