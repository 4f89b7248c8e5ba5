import type { AuditAction } from '../../domain/audit.ts';
import { AppError } from '../../domain/errors.ts';
import { hashPassword } from '../accounts/password.ts';
import { requireGoodPassword } from '../accounts/password-rules.ts';
import { changeUser } from '../accounts/users.ts';
import { auditOf } from '../audit.ts';
import type { AdminStore, User } from '../store.ts';
import { notFound } from './errors.ts';
import { route } from './route.ts';
import { newUser, userChange, users, userView, type View } from './schemas.ts';

const isForPeople = true;

async function viewOf(store: AdminStore, user: User): Promise<View<typeof userView>> {
  const { id, name, displayName, role, totpSecret, disabledAtMs, createdAtMs } = user;
  const chats = (await store.bindings(id)).length;
  return { id, name, displayName, role, hasTotp: totpSecret !== null, isDisabled: disabledAtMs !== null, createdAtMs, chats };
}

export const userRoutes = [
  route('admin', 'get', '/users', { summary: 'Everybody with an account.', answer: users }, async (_call, { store }) => ({
    items: await Promise.all((await store.users()).map((user) => viewOf(store, user))),
  })),
  route(
    'admin',
    'post',
    '/users',
    { summary: 'A new account, with a password to be changed at the first sign-in.', body: newUser, answer: userView, isForPeople },
    async ({ who, body }, { store, newId, now }) => {
      requireGoodPassword(body.password, body.name);
      const user: User = {
        id: newId(),
        name: body.name,
        displayName: body.displayName,
        role: body.role,
        passwordHash: await hashPassword(body.password),
        totpSecret: null,
        pendingTotp: null,
        totpUsed: null,
        mustChangePassword: true,
        createdAtMs: now(),
        disabledAtMs: null,
      };
      const audit = auditOf(who.actor, now(), 'account.created', `account:${user.id}`, { name: user.name, role: user.role });
      if ((await store.saveUser(user, audit)) === 'taken') {
        throw new AppError('NOT_POSSIBLE', `登录名“${user.name}”已被使用。`, { hint: '请换一个登录名。' });
      }
      return viewOf(store, user);
    },
  ),
  route(
    'admin',
    'patch',
    '/users/:id',
    {
      summary: 'Change an account. A new role, a new first password or disabling it ends all its sessions.',
      body: userChange,
      answer: userView,
      isForPeople,
    },
    async ({ who, body, param }, house) => {
      const { store, now } = house;
      const id = param('id');
      const before = await store.user(id);
      if (before === null) throw notFound('没有这个账号。');
      if (body.password !== undefined) requireGoodPassword(body.password, before.name);
      const passwordHash = body.password === undefined ? null : await hashPassword(body.password);
      let endsSessions = false;
      const user = await changeUser(house, id, async (current) => {
        const after = changed(current, body, passwordHash, now());
        await requireKeepsAdmin(store, who.user.id, current, after, passwordHash !== null);
        endsSessions = after.role !== current.role || after.disabledAtMs !== current.disabledAtMs || passwordHash !== null;
        const audit = actionsOf(current, after, passwordHash !== null).map((action) =>
          auditOf(who.actor, now(), action, `account:${id}`, { name: after.name, role: after.role, displayName: after.displayName }),
        );
        return audit.length === 0 ? null : { user: after, audit };
      });
      if (user === null) throw notFound('没有这个账号。');
      if (endsSessions) await store.endSessions({ userId: id, except: null }, null);
      return viewOf(store, user);
    },
  ),
];

function changed(user: User, change: View<typeof userChange>, passwordHash: string | null, nowMs: number): User {
  const isDisabled = change.isDisabled ?? user.disabledAtMs !== null;
  return {
    ...user,
    displayName: change.displayName ?? user.displayName,
    role: change.role ?? user.role,
    disabledAtMs: isDisabled ? (user.disabledAtMs ?? nowMs) : null,
    ...(passwordHash === null ? {} : { passwordHash, mustChangePassword: true }),
    ...(change.resetTotp === true ? { totpSecret: null, pendingTotp: null, totpUsed: null } : {}),
  };
}

function actionsOf(before: User, after: User, hasNewPassword: boolean): AuditAction[] {
  const actions: AuditAction[] = [];
  if (before.role !== after.role || before.displayName !== after.displayName) actions.push('account.changed');
  if (before.disabledAtMs !== after.disabledAtMs) actions.push(after.disabledAtMs === null ? 'account.enabled' : 'account.disabled');
  if (hasNewPassword) actions.push('account.password-reset');
  if (before.totpSecret !== after.totpSecret) actions.push('account.totp-off');
  return actions;
}

/** Nobody locks themselves out, and somebody can always manage the house. */
async function requireKeepsAdmin(store: AdminStore, ownId: string, before: User, after: User, hasNewPassword: boolean): Promise<void> {
  const isOwn = before.id === ownId;
  if (isOwn && hasNewPassword) {
    throw new AppError('NOT_POSSIBLE', '不能在这里重置自己的密码。', { hint: '请在“我的账号”中修改密码。' });
  }
  if (isOwn && after.disabledAtMs !== null) throw new AppError('NOT_POSSIBLE', '不能停用自己的账号。', { hint: '请由其他管理员操作。' });
  const isAdmin = ({ role, disabledAtMs }: User): boolean => role === 'admin' && disabledAtMs === null;
  if (!isAdmin(before) || isAdmin(after)) return;
  const others = (await store.users()).filter((user) => user.id !== before.id && isAdmin(user));
  if (others.length === 0) throw new AppError('NOT_POSSIBLE', '至少要保留一名启用的管理员。', { hint: '请先把另一人设为管理员。' });
}
