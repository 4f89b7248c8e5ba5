import { AppError } from '../../domain/errors.ts';
import { hashPassword } from '../accounts/password.ts';
import { requireGoodPassword } from '../accounts/password-rules.ts';
import { openSession } from '../accounts/sessions.ts';
import { setUpDigest } from '../accounts/set-up.ts';
import { personOf } from '../accounts/sign-in.ts';
import { addressKey, countFailureFrom, requireFewFailuresFrom } from '../accounts/throttle.ts';
import { auditOf } from '../audit.ts';
import type { User } from '../store.ts';
import { route } from './route.ts';
import { gate, MIN_PASSWORD, sessionView, setUpRequest } from './schemas.ts';
import { sessionViewOf, setSessionCookie } from './session-view.ts';

export const setUpRoutes = [
  route('open', 'get', '/gate', { summary: 'What the sign-in page has to ask for.', answer: gate }, async (_call, { store }) => ({
    needsSetUp: (await store.users()).length === 0,
    minPassword: MIN_PASSWORD,
  })),
  route(
    'open',
    'post',
    '/set-up',
    { summary: 'Make the first admin, with the one-time code printed at the start.', body: setUpRequest, answer: sessionView },
    async ({ body, visitor, response }, house) => {
      const { store, newId, now, inTurn } = house;
      return inTurn(addressKey(visitor.from), async () => {
        await requireFewFailuresFrom(store, visitor.from, now());
        requireGoodPassword(body.password, body.name);
        const user: User = {
          id: newId(),
          name: body.name,
          displayName: body.displayName,
          role: 'admin',
          passwordHash: await hashPassword(body.password),
          totpSecret: null,
          pendingTotp: null,
          totpUsed: null,
          mustChangePassword: false,
          createdAtMs: now(),
          disabledAtMs: null,
        };
        const actor = personOf(user, visitor.from);
        const audit = auditOf(actor, now(), 'account.set-up', `account:${user.id}`, { name: user.name });
        if (!(await store.setUp(user, setUpDigest(body.code), now(), audit))) {
          await countFailureFrom(store, visitor.from, now());
          throw new AppError('FORBIDDEN', '初始化链接无效、已过期或已使用。', {
            hint: '请重新启动服务，使用启动时打印的新链接；已有账号时请直接登录。',
          });
        }
        const opened = await openSession(store, user, visitor, now(), auditOf(actor, now(), 'session.signed-in', `account:${user.id}`));
        setSessionCookie(response, house, opened);
        return sessionViewOf(house, user, opened.session);
      });
    },
  ),
];
