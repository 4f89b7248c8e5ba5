import type { InOrder } from '../../domain/in-order.ts';
import type { NewAudit } from '../audit.ts';
import type { AdminStore, User } from '../store.ts';

/** What accounts need from the house. */
export interface AccountServices {
  readonly store: AdminStore;
  readonly inTurn: InOrder;
  readonly now: () => number;
}

/** All changes of users wait for each other: none overwrites another, and two admins cannot demote each other at once. */
const USERS = 'users';

/**
 * Changes a user as they are now, not as they were seen before a password was worked out.
 * @param change null: leave it; may throw
 */
export async function changeUser(
  { store, inTurn }: AccountServices,
  userId: string,
  change: (user: User) => Promise<{ readonly user: User; readonly audit: readonly NewAudit[] } | null>,
): Promise<User | null> {
  return inTurn(USERS, async () => {
    const user = await store.user(userId);
    if (user === null) return null;
    const made = await change(user);
    if (made === null) return user;
    await store.saveUser(made.user, made.audit[0] ?? null);
    for (const entry of made.audit.slice(1)) await store.addAudit(entry);
    return made.user;
  });
}
