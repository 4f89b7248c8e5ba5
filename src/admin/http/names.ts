import type { AdminStore } from '../store.ts';

/** Who a user id is, for people to read. Null is the house itself. */
export async function namesOf(store: AdminStore): Promise<(userId: string | null) => string> {
  const names = new Map((await store.users()).map(({ id, displayName }) => [id, displayName]));
  return (userId) => (userId === null ? '系统' : (names.get(userId) ?? '（未知）'));
}
