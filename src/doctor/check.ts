/** `skipped`: does not apply, or could not be found out. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skipped';

/** One thing looked at, told in Chinese. */
export interface Check {
  /** Stable: `<group>.<name>`. */
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** What was found. */
  readonly detail: string;
  /** What to do about it, step by step; null when there is nothing to do. */
  readonly next: string | null;
}

/** The ways one check can end. */
export interface Verdicts {
  readonly ok: (detail: string) => Check;
  readonly warn: (detail: string, next: string) => Check;
  readonly fail: (detail: string, next: string) => Check;
  readonly skipped: (detail: string, next?: string) => Check;
}

/** @example verdicts('machine.node', 'Node.js').ok('24.21.0').status // → 'ok' */
export const verdicts = (id: string, title: string): Verdicts => {
  const check = (status: CheckStatus, detail: string, next: string | null): Check => ({ id, title, status, detail, next });
  return {
    ok: (detail) => check('ok', detail, null),
    warn: (detail, next) => check('warn', detail, next),
    fail: (detail, next) => check('fail', detail, next),
    skipped: (detail, next) => check('skipped', detail, next ?? null),
  };
};

/** How often each status came up. */
export type Summary = Readonly<Record<CheckStatus, number>>;

export function summaryOf(checks: readonly Check[]): Summary {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length;
  return { ok: count('ok'), warn: count('warn'), fail: count('fail'), skipped: count('skipped') };
}
