import { mayActAs } from '../domain/role.ts';
import type { AdminStore } from './store.ts';

/** Name of the setting: `yes`, `no`, or not set. */
export const SINGLE_ADMIN = 'single-admin';

/**
 * Whether writers may approve their own drafts. As long as nobody has decided it, they may when there is only one person who could approve
 * at all: the second reviewer brings the four eyes.
 */
export async function isSingleAdmin(store: AdminStore): Promise<boolean> {
  const decided = await store.setting(SINGLE_ADMIN);
  if (decided !== null) return decided === 'yes';
  const reviewers = (await store.users()).filter(({ role, disabledAtMs }) => disabledAtMs === null && mayActAs(role, 'reviewer'));
  return reviewers.length <= 1;
}
