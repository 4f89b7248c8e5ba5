import { cookieName, readCookie } from '../accounts/cookies.ts';
import { digestOf } from '../accounts/secrets.ts';
import { signIn } from '../accounts/sign-in.ts';
import { auditOf } from '../audit.ts';
import { route } from './route.ts';
import { sessionView, signInRequest } from './schemas.ts';
import { clearSessionCookie, sessionViewOf, setSessionCookie } from './session-view.ts';

export const sessionRoutes = [
  route(
    'open',
    'post',
    '/session',
    {
      summary: 'Sign in. A right password without the second factor that goes with it gives TOTP_REQUIRED.',
      body: signInRequest,
      answer: sessionView,
    },
    async ({ body, visitor, request, response }, house) => {
      const signed = await signIn(house, { name: body.name, password: body.password, code: body.code ?? null }, visitor);
      // Whoever's session this browser had before, it is over.
      const before = readCookie(request.get('cookie'), cookieName(house.isSecure));
      if (before !== null) await house.store.endSessions({ digest: digestOf(before) }, null);
      setSessionCookie(response, house, signed);
      return sessionViewOf(house, signed.user, signed.session);
    },
  ),
  route('pending', 'get', '/session', { summary: 'Who is signed in.', answer: sessionView }, async ({ who }, house) =>
    sessionViewOf(house, who.user, who.session),
  ),
  route('pending', 'delete', '/session', { summary: 'Sign out.', isForPeople: true }, async ({ who, response }, house) => {
    const audit = auditOf(who.actor, house.now(), 'session.signed-out', `account:${who.user.id}`);
    await house.store.endSessions({ digest: who.session!.digest }, audit);
    clearSessionCookie(response, house);
  }),
];
