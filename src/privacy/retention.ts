import { DEFAULT_RETENTION, type PrivacyStore, type Retention } from './store.ts';

/** Name of the setting that holds it, as JSON. */
export const RETENTION_SETTING = 'retention';

const DAY_MS = 86_400_000;
export const RETENTION_DAYS = { least: 7, most: 3_650 } as const;

const isDays = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= RETENTION_DAYS.least && Number(value) <= RETENTION_DAYS.most;

/** What is set; where nothing, or nothing possible, is set, the usual. */
export function readRetention(json: string | null): Retention {
  const { questionDays, ticketDays } = json === null ? {} : (JSON.parse(json) as Partial<Retention>);
  return {
    questionDays: isDays(questionDays) ? questionDays : DEFAULT_RETENTION.questionDays,
    ticketDays: isDays(ticketDays) ? ticketDays : DEFAULT_RETENTION.ticketDays,
  };
}

/** Erases what has been kept for long enough. @returns how many turns and tickets were changed */
export const keepRetention = (store: Pick<PrivacyStore, 'eraseBefore'>, retention: Retention, nowMs: number): Promise<number> =>
  store.eraseBefore({ turnsMs: nowMs - retention.questionDays * DAY_MS, ticketsMs: nowMs - retention.ticketDays * DAY_MS }, nowMs);
