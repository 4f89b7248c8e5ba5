import type { AdminStore } from '../store.ts';
import { digestOf, newSecret } from './secrets.ts';

const GOOD_FOR_MS = 24 * 3_600_000;

/** What is kept of a set-up code. */
export const setUpDigest = (code: string): string => digestOf(`set-up:${code}`);

/**
 * A one-time code with which the first admin is made, good for 24 hours; null when there are users already.
 * The app prints it as `<url>/admin#/set-up?code=…`, so that only who sees its output can take the house.
 */
export async function prepareSetUp(store: AdminStore, now: () => number): Promise<string | null> {
  if ((await store.users()).length > 0) return null;
  const code = newSecret();
  await store.saveCode({ digest: setUpDigest(code), purpose: 'set-up', userId: null, expiresAtMs: now() + GOOD_FOR_MS });
  return code;
}
