import { expect } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { SETTINGS } from '../../src/config/schema.ts';
import type { Check, CheckStatus } from '../../src/doctor/check.ts';
import { type DoctorOptions, runDoctor } from '../../src/doctor/index.ts';
import { formatChecks, jsonOf } from '../../src/doctor/report.ts';
import { temporaryFolder } from '../support/config.ts';

/** What the doctor found. */
export interface Diagnosis {
  readonly checks: readonly Check[];
  readonly ids: readonly string[];
  /** @throws when there is no such check */
  readonly of: (id: string) => Check;
  /** Everything people and programs may get to read. */
  readonly output: string;
}

/** Runs the doctor on a house with these settings, and nothing of the environment of the machine. Call it inside a test. */
export async function diagnose(settings: Readonly<Record<string, string>> = {}, options: Partial<DoctorOptions> = {}): Promise<Diagnosis> {
  const environment: Readonly<Record<string, string>> = { PORT: '0', DATA_DIR: temporaryFolder(), ...settings };
  const checks = await runDoctor({
    settings: {
      load: (leftOut) => loadConfig(Object.fromEntries(Object.entries(environment).filter(([name]) => !leftOut.has(name)))),
      namesSet: Object.keys(environment),
      namesKnown: SETTINGS.map(({ name }) => name),
    },
    loadLibrary: async () => ({ documents: 5, sections: 36, questions: 338 }),
    nodeVersion: '24.21.0',
    timeoutMs: 2_000,
    ...options,
  });
  return {
    checks,
    ids: checks.map(({ id }) => id),
    of(id) {
      const found = checks.find((check) => check.id === id);
      if (found === undefined) throw new Error(`no check ${id} among ${checks.map((check) => check.id).join(', ')}`);
      return found;
    },
    output: `${formatChecks(checks)}\n${jsonOf(checks)}`,
  };
}

/** The check has the status, tells what was found, and says what to do. */
export function expectCheck(check: Check, status: CheckStatus, detail: RegExp, next?: RegExp): void {
  expect(check).toMatchObject({ status, detail: expect.stringMatching(detail) });
  if (next === undefined) expect(check.next).toBeNull();
  else expect(check.next).toMatch(next);
}
