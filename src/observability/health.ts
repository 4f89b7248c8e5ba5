/** One thing the service needs, and whether it has it. */
export interface HealthCheck {
  readonly name: string;
  readonly isReady: boolean;
  readonly detail: string;
}

export interface Health {
  readonly status: 'ready' | 'not-ready';
  readonly checks: readonly HealthCheck[];
}

/** Ready when everything is. */
export const healthOf = (checks: readonly HealthCheck[]): Health => ({
  status: checks.every((check) => check.isReady) ? 'ready' : 'not-ready',
  checks,
});
