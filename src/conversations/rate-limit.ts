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

/** How often something happened, in fixed windows that begin with the first time. In memory for one process; in the store for several. */
export interface RateCounts {
  /** Counts once more under each key. @returns the counts, this time included, in the order of the keys */
  count(keys: readonly string[], windowMs: number, nowMs: number): Promise<readonly number[]>;
}

export interface RateLimiter {
  /** Counts one message of a person in a chat at a time. */
  check(person: string, chat: string, nowMs: number): Promise<RateVerdict>;
}

/** The first message over a limit gets one notice, those after it in the same window silence. */
export function createRateLimiter(counts: RateCounts, { windowMs, perPerson, perChat }: RateLimits = DEFAULT_RATE_LIMITS): RateLimiter {
  return {
    async check(person, chat, nowMs) {
      const [byPerson = 0, byChat = 0] = await counts.count([`person:${person}`, `chat:${chat}`], windowMs, nowMs);
      const over = byPerson > perPerson ? byPerson - perPerson : byChat - perChat;
      if (over <= 0) return 'answer';
      return over === 1 ? 'notice' : 'silence';
    },
  };
}

interface Window {
  readonly startedAtMs: number;
  count: number;
}

/** Windows kept before the passed ones are cleared away. */
const MAX_WINDOWS = 10_000;

/** Counts of this process: a restart forgives. */
export function countInMemory(): RateCounts {
  const windows = new Map<string, Window>();
  return {
    async count(keys, windowMs, nowMs) {
      return keys.map((key) => {
        let window = windows.get(key);
        if (!window || nowMs - window.startedAtMs >= windowMs) {
          if (windows.size >= MAX_WINDOWS)
            for (const [old, passed] of windows) if (nowMs - passed.startedAtMs >= windowMs) windows.delete(old);
          windows.set(key, (window = { startedAtMs: nowMs, count: 0 }));
        }
        return ++window.count;
      });
    },
  };
}
