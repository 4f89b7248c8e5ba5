import { lead, type LeadOptions } from './lead.ts';

/** How the names of the leases begin by which processes say that they live. */
export const PRESENCE = 'replica/';

export interface Presence {
  /** Processes at work on the same database a moment ago, this one included. */
  count(): number;
  /** Resolves when the others can see that this process is at work. */
  readonly seen: Promise<void>;
  /** Resolves when this process has taken its leave, after the signal aborted. */
  readonly ended: Promise<void>;
}

export interface PresenceOptions extends Omit<LeadOptions, 'name'> {
  /** How often the others are counted. */
  readonly everyMs?: number;
  /** Called whenever this process begins to be seen; the signal aborts when it may no longer be. */
  readonly onSeen?: (present: AbortSignal) => void;
}

const EVERY_MS = 2_000;

/** Says that this process is at work, and knows how many are. */
export function announcePresence({ everyMs = EVERY_MS, onSeen, ...options }: PresenceOptions, signal: AbortSignal): Presence {
  const { store, holder, log } = options;
  let known = 1;
  const look = (): void => {
    store.count(PRESENCE).then(
      (count) => void (known = Math.max(1, count)),
      (error: unknown) => log.debug({ reason: error instanceof Error ? error.message : String(error) }, 'other processes were not counted'),
    );
  };
  const timer = setInterval(look, everyMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  const { promise: seen, resolve } = Promise.withResolvers<void>();
  const begin = (present: AbortSignal): void => {
    resolve();
    look();
    onSeen?.(present);
  };
  const ended = lead({ ...options, name: `${PRESENCE}${holder}` }, begin, signal);
  return { count: () => known, seen, ended };
}
