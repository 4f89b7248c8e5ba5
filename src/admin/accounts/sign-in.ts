import type { Actor } from '../../domain/audit.ts';
import { AppError } from '../../domain/errors.ts';
import { auditOf } from '../audit.ts';
import type { User } from '../store.ts';
import { checkPassword, hashPassword } from './password.ts';
import { openSession, type OpenedSession, type Visitor } from './sessions.ts';
import { addressKey, countFailureFrom, forgetGuesses, nameKey, requireFewFailuresFrom, takeGuess } from './throttle.ts';
import { totpCounter } from './totp.ts';
import { type AccountServices, changeUser } from './users.ts';

export const personOf = (user: User, from: string): Actor => ({ kind: 'person', userId: user.id, name: user.displayName, from });

const wrong = (): AppError =>
  new AppError('UNAUTHENTICATED', '登录名、密码或验证码不正确。', { hint: '请检查后重试；忘记密码请联系管理员。' });

/**
 * Signs somebody in with a new session. Unknown names, disabled users and wrong passwords are told in the same words after the same time.
 * @throws {AppError} `UNAUTHENTICATED`, `TOTP_REQUIRED` when only the code is missing, `RATE_LIMITED` after too many failures
 */
export async function signIn(
  services: AccountServices,
  given: { readonly name: string; readonly password: string; readonly code: string | null },
  visitor: Visitor,
): Promise<{ readonly user: User } & OpenedSession> {
  const { store, inTurn, now } = services;
  const name = given.name.trim().toLowerCase();
  const user = await inTurn(addressKey(visitor.from), () => authenticate(services, { ...given, name }, visitor.from));
  const audit = auditOf(personOf(user, visitor.from), now(), 'session.signed-in', `account:${user.id}`);
  return { user, ...(await openSession(store, user, visitor, now(), audit)) };
}

async function authenticate(
  services: AccountServices,
  { name, password, code }: { readonly name: string; readonly password: string; readonly code: string | null },
  from: string,
): Promise<User> {
  const { store, now } = services;
  await requireFewFailuresFrom(store, from, now());
  await takeGuess(store, nameKey(name), now());
  const known = await store.userNamed(name);
  const { isRight, needsRehash } = await checkPassword(password, known?.passwordHash ?? null);
  if (known === null || !isRight || known.disabledAtMs !== null) throw await refusal(services, name, known, from);
  if (known.totpSecret !== null && (code === null || code.trim() === '')) {
    // The guess stays taken: else asking without a code would give back the guesses at codes.
    throw new AppError('TOTP_REQUIRED', '请输入验证器应用中的 6 位验证码。', { hint: '手机不在身边时，请联系管理员关闭两步验证。' });
  }
  const user = await spendCode(services, known, code);
  if (user === null) throw await refusal(services, name, known, from);
  await forgetGuesses(store, nameKey(name));
  if (needsRehash) await rehash(services, user, password);
  return user;
}

/** Accepts the code of a second factor, once; null when it is not good. Who has none needs none. */
export async function spendCode(services: AccountServices, { id }: User, code: string | null): Promise<User | null> {
  const { store, now } = services;
  let isGood = false;
  const user = await changeUser(services, id, async (current) => {
    if (current.totpSecret === null) {
      isGood = true;
      return null;
    }
    const counter = totpCounter(current.totpSecret, code ?? '', now(), current.totpUsed);
    // Counted in the store as well, where another process would see it: the first to count it has it.
    isGood = counter !== null && (await store.countFailure(`code:${id}:${counter}`, now(), 0)) === 1;
    return isGood ? { user: { ...current, totpUsed: counter }, audit: [] } : null;
  });
  return isGood && user !== null && user.disabledAtMs === null ? user : null;
}

async function rehash(services: AccountServices, seen: User, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await changeUser(services, seen.id, async (user) =>
    user.passwordHash === seen.passwordHash ? { user: { ...user, passwordHash }, audit: [] } : null,
  );
}

async function refusal({ store, now }: AccountServices, name: string, user: User | null, from: string): Promise<AppError> {
  await countFailureFrom(store, from, now());
  // What is no name may be a password typed into the wrong field: it is not written down.
  const shown = /^[a-z0-9][a-z0-9._-]{1,31}$/.test(name) ? name : '（不是登录名）';
  const actor: Actor = { kind: 'person', userId: null, name: shown, from };
  await store.addAudit(auditOf(actor, now(), 'session.refused', user === null ? null : `account:${user.id}`));
  return wrong();
}

/**
 * Asks somebody who is signed in for their password again.
 * @throws {AppError} `INPUT_INVALID` when it is wrong, `RATE_LIMITED` after too many failures
 */
export async function requirePassword({ store, now }: AccountServices, user: User, password: string): Promise<void> {
  await takeGuess(store, nameKey(user.name), now());
  const { isRight } = await checkPassword(password, user.passwordHash);
  if (!isRight) throw new AppError('INPUT_INVALID', '现在的密码不正确。', { hint: '请重新输入现在使用的密码。' });
  await forgetGuesses(store, nameKey(user.name));
}
