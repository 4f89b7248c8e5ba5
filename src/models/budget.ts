import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Tokens set aside for one call, until it is known how many it took. */
export interface Reservation {
  /** @param tokens as the endpoint counts them; null: unknown, then what was set aside counts as used. */
  settle(tokens: number | null): void;
}

/** How many tokens may still be used today. */
export interface Budget {
  /** Null: today's are used up. */
  reserve(tokens: number): Reservation | null;
  readonly usedToday: () => number;
}

export interface BudgetOptions {
  readonly tokensPerDay: number;
  readonly now: () => number;
  /** Where the day's count outlives a restart; null keeps it in memory. */
  readonly file: string | null;
}

/** A budget per day, by UTC. A file that cannot be read or written costs the memory over restarts, never an answer. */
export function createBudget({ tokensPerDay, now, file }: BudgetOptions): Budget {
  const today = (): string => new Date(now()).toISOString().slice(0, 10);
  let { day, used } = readCount(file);
  const turnPage = (): void => {
    if (day === today()) return;
    day = today();
    used = 0;
  };
  const save = (): void => {
    if (file === null) return;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ day, used }));
    } catch {
      // The next settlement tries again.
    }
  };
  return {
    reserve(tokens) {
      turnPage();
      if (used + tokens > tokensPerDay) return null;
      used += tokens;
      const reservedOn = day;
      return {
        settle(taken) {
          turnPage();
          if (taken !== null && reservedOn === day) used += taken - tokens;
          save();
        },
      };
    },
    usedToday() {
      turnPage();
      return used;
    },
  };
}

function readCount(file: string | null): { day: string; used: number } {
  const none = { day: '', used: 0 };
  if (file === null) return none;
  try {
    const { day, used } = JSON.parse(readFileSync(file, 'utf8')) as { day?: unknown; used?: unknown };
    return typeof day === 'string' && typeof used === 'number' && used >= 0 ? { day, used } : none;
  } catch {
    return none;
  }
}
