import { lead, type LeadOptions } from './lead.ts';

const PREFIX = 'replica/';

export interface Presence {
  /** Processes at work on the same database a moment ago, this one included. */
  count(): number;
  /** Resolves when this process has taken its leave, after the signal aborted. */
  readonly ended: Promise<void>;
}

export interface PresenceOptions extends Omit<LeadOptions, 'name'> {
  /** How often the others are counted. */
  readonly everyMs?: number;
}

const EVERY_MS = 2_000;

/** Says that this process is at work, and knows how many are. */
export function announcePresence({ everyMs = EVERY_MS, ...options }: PresenceOptions, signal: AbortSignal): Presence {
  const { store, holder, log } = options;
  let known = 1;
  const look = (): void => {
    store.count(PREFIX).then(
      (count) => void (known = Math.max(1, count)),
      (error: unknown) => log.debug({ reason: error instanceof Error ? error.message : String(error) }, 'other processes were not counted'),
    );
  };
  const timer = setInterval(look, everyMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  const ended = lead({ ...options, name: `${PREFIX}${holder}` }, look, signal);
  return { count: () => known, ended };
}
