import { AppError } from '../../domain/errors.ts';
import { hashPassword } from '../accounts/password.ts';
import { requireGoodPassword } from '../accounts/password-rules.ts';
import { openSession } from '../accounts/sessions.ts';
import { requirePassword } from '../accounts/sign-in.ts';
import { forgetGuesses, nameKey, takeGuess } from '../accounts/throttle.ts';
import { newTotpSecret, totpCounter, totpUri } from '../accounts/totp.ts';
import { changeUser } from '../accounts/users.ts';
import { auditOf } from '../audit.ts';
import { route } from './route.ts';
import { me, passwordRequest, sessionView, totpOffRequest, totpRequest, totpStarted } from './schemas.ts';
import { meOf, sessionViewOf, setSessionCookie } from './session-view.ts';

const isForPeople = true;

const unauthenticated = (): AppError => new AppError('UNAUTHENTICATED', '请先登录。', { hint: '账号在此期间有变动。' });

export const accountRoutes = [
  route(
    'pending',
    'post',
    '/account/password',
    {
      summary: 'Change your password. Ends all your other sessions and renews this one.',
      body: passwordRequest,
      answer: sessionView,
      isForPeople,
    },
    async ({ who, body, visitor, response }, house) => {
      const { store, now } = house;
      await requirePassword(house, who.user, body.current);
      requireGoodPassword(body.next, who.user.name);
      if (body.next === body.current) throw new AppError('INPUT_INVALID', '新密码与现在的相同。', { hint: '请换一个新密码。' });
      const passwordHash = await hashPassword(body.next);
      const user = await changeUser(house, who.user.id, async (current) => {
        // Reset by an admin while this one was worked out: theirs stands.
        if (current.passwordHash !== who.user.passwordHash || current.disabledAtMs !== null) throw unauthenticated();
        const audit = auditOf(who.actor, now(), 'account.password-changed', `account:${current.id}`);
        return { user: { ...current, passwordHash, mustChangePassword: false }, audit: [audit] };
      });
      if (user === null) throw unauthenticated();
      await store.endSessions({ userId: user.id, except: null }, null);
      const opened = await openSession(store, user, visitor, now(), null);
      setSessionCookie(response, house, opened);
      return sessionViewOf(house, user, opened.session);
    },
  ),
  route(
    'viewer',
    'post',
    '/account/totp',
    {
      summary: 'Begin with a second factor: a secret for the authenticator app, in effect once confirmed.',
      answer: totpStarted,
      isForPeople,
    },
    async ({ who }, house) => {
      const secret = newTotpSecret();
      await changeUser(house, who.user.id, async (user) => {
        if (user.totpSecret !== null) throw new AppError('NOT_POSSIBLE', '两步验证已经开启。', { hint: '请先关闭，再重新绑定。' });
        return { user: { ...user, pendingTotp: secret }, audit: [] };
      });
      return { secret, uri: totpUri(secret, who.user.name) };
    },
  ),
  route(
    'viewer',
    'post',
    '/account/totp/confirm',
    { summary: 'Turn the second factor on, with a code of the authenticator app.', body: totpRequest, answer: me, isForPeople },
    async ({ who, body }, house) => {
      const key = nameKey(who.user.name);
      await takeGuess(house.store, key, house.now());
      const user = await changeUser(house, who.user.id, async (current) => {
        if (current.pendingTotp === null) throw new AppError('NOT_POSSIBLE', '没有待确认的两步验证。', { hint: '请重新开始绑定。' });
        const counter = totpCounter(current.pendingTotp, body.code, house.now(), null);
        if (counter === null)
          throw new AppError('INPUT_INVALID', '验证码不正确。', { hint: '请检查手机时间是否准确，输入最新的 6 位验证码。' });
        const audit = auditOf(who.actor, house.now(), 'account.totp-on', `account:${current.id}`);
        return { user: { ...current, totpSecret: current.pendingTotp, pendingTotp: null, totpUsed: counter }, audit: [audit] };
      });
      await forgetGuesses(house.store, key);
      return meOf(user!);
    },
  ),
  route(
    'viewer',
    'post',
    '/account/totp/off',
    { summary: 'Turn the second factor off, with your password.', body: totpOffRequest, answer: me, isForPeople },
    async ({ who, body }, house) => {
      await requirePassword(house, who.user, body.password);
      const user = await changeUser(house, who.user.id, async (current) => {
        const audit = auditOf(who.actor, house.now(), 'account.totp-off', `account:${current.id}`);
        return { user: { ...current, totpSecret: null, pendingTotp: null, totpUsed: null }, audit: [audit] };
      });
      return meOf(user!);
    },
  ),
];
