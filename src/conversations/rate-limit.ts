/** What to do with a message: answer it, say once that it is too much, or keep quiet. */
export type RateVerdict = 'answer' | 'notice' | 'silence';

export interface RateLimits {
  readonly windowMs: number;
  /** Messages answered in one window, to one person and in one chat. */
  readonly perPerson: number;
  readonly perChat: number;
}

/** Enough for anyone who reads the answers; a whole group asking at once still gets through. */
export const DEFAULT_RATE_LIMITS: RateLimits = { windowMs: 60_000, perPerson: 20, perChat: 60 };

export interface RateLimiter {
  /** Counts one message of a person in a chat at a time. */
  check(person: string, chat: string, nowMs: number): RateVerdict;
}

interface Window {
  startedAtMs: number;
  count: number;
  isToldOff: boolean;
}

/** Windows kept before the passed ones are cleared away. */
const MAX_WINDOWS = 10_000;

/** Fixed windows, in memory: a restart forgives. The first message over a limit gets one notice, those after it in the same window silence. */
export function createRateLimiter({ windowMs, perPerson, perChat }: RateLimits = DEFAULT_RATE_LIMITS): RateLimiter {
  const windows = new Map<string, Window>();
  const count = (key: string, nowMs: number): Window => {
    let window = windows.get(key);
    if (!window || nowMs - window.startedAtMs >= windowMs) {
      if (windows.size >= MAX_WINDOWS) for (const [old, passed] of windows) if (nowMs - passed.startedAtMs >= windowMs) windows.delete(old);
      windows.set(key, (window = { startedAtMs: nowMs, count: 0, isToldOff: false }));
    }
    window.count++;
    return window;
  };
  return {
    check(person, chat, nowMs) {
      const byPerson = count(`person:${person}`, nowMs);
      const byChat = count(`chat:${chat}`, nowMs);
      const over = byPerson.count > perPerson ? byPerson : byChat.count > perChat ? byChat : null;
      if (!over) return 'answer';
      if (over.isToldOff) return 'silence';
      over.isToldOff = true;
      return 'notice';
    },
  };
}
