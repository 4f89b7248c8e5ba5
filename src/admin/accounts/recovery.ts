import { randomInt } from 'node:crypto';
import { THE_HOUSE } from '../../domain/audit.ts';
import { AppError } from '../../domain/errors.ts';
import { inOrder } from '../../domain/in-order.ts';
import { auditOf } from '../audit.ts';
import type { AdminStore } from '../store.ts';
import { hashPassword } from './password.ts';
import { forgetGuesses, nameKey } from './throttle.ts';
import { changeUser } from './users.ts';

/** Read aloud and typed without mistakes. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const GROUPS = 5;
const GROUP = 4;

/** 99 bits, as `k7wm-…`. */
function newFirstPassword(): string {
  const group = (): string => Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * Gives somebody who can sign in no more their account back: a new first password, to be changed at once; no second factor; enabled; all
 * sessions ended, failures forgotten. For who has the machine at hand, not for the API.
 * @returns the password, which is kept nowhere
 * @throws {AppError} `NOT_FOUND`
 */
export async function resetAccount(store: AdminStore, name: string, now: () => number): Promise<string> {
  const known = await store.userNamed(name.trim().toLowerCase());
  if (known === null)
    throw new AppError('NOT_FOUND', `Expected the sign-in name of an account, got "${name}"`, { hint: 'See: wence account list' });
  const password = newFirstPassword();
  const passwordHash = await hashPassword(password);
  await changeUser({ store, now, inTurn: inOrder() }, known.id, async (user) => ({
    user: { ...user, passwordHash, mustChangePassword: true, totpSecret: null, pendingTotp: null, totpUsed: null, disabledAtMs: null },
    audit: [auditOf(THE_HOUSE, now(), 'account.password-reset', `account:${user.id}`, { name: user.name, by: 'command line' })],
  }));
  await store.endSessions({ userId: known.id, except: null }, null);
  await forgetGuesses(store, nameKey(known.name));
  return password;
}
