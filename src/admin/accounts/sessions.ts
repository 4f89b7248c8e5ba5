import type { NewAudit } from '../audit.ts';
import type { AdminStore, Session, User } from '../store.ts';
import { digestOf, newSecret } from './secrets.ts';

export const IDLE_MINUTES = 60;
const IDLE_MS = IDLE_MINUTES * 60_000;
/** However busy: after this one signs in again. */
export const LONGEST_MS = 12 * 3_600_000;
/** When a session was seen is written at most this often. */
const SEEN_EVERY_MS = 60_000;
const MAX_AGENT = 200;

/** Where a request came from. */
export interface Visitor {
  readonly from: string;
  readonly agent: string;
}

export interface OpenedSession {
  /** For the cookie; kept nowhere. */
  readonly secret: string;
  readonly session: Session;
}

/** A new session, with a secret never seen before. */
export async function openSession(
  store: AdminStore,
  user: User,
  visitor: Visitor,
  nowMs: number,
  audit: NewAudit | null,
): Promise<OpenedSession> {
  const secret = newSecret();
  const session: Session = {
    digest: digestOf(secret),
    userId: user.id,
    csrfToken: newSecret(),
    createdAtMs: nowMs,
    seenAtMs: nowMs,
    from: visitor.from,
    agent: visitor.agent.slice(0, MAX_AGENT),
  };
  await store.saveSession(session, audit);
  return { secret, session };
}

/** The session a cookie stands for and its user; null when it has ended, or the user is disabled. Being asked for keeps it alive. */
export async function findSession(store: AdminStore, secret: string, nowMs: number): Promise<{ session: Session; user: User } | null> {
  const session = await store.session(digestOf(secret));
  if (session === null) return null;
  if (nowMs - session.seenAtMs >= IDLE_MS || nowMs - session.createdAtMs >= LONGEST_MS) {
    await store.endSessions({ digest: session.digest }, null);
    return null;
  }
  const user = await store.user(session.userId);
  if (user === null || user.disabledAtMs !== null) return null;
  if (nowMs - session.seenAtMs >= SEEN_EVERY_MS) await noteSeen(store, session, nowMs);
  return { session, user };
}

/** Looked for anew, so that a session ended in the meantime stays so. */
async function noteSeen(store: AdminStore, { digest }: Session, nowMs: number): Promise<void> {
  const current = await store.session(digest);
  if (current !== null) await store.saveSession({ ...current, seenAtMs: nowMs }, null);
}
