import type { Channel, Receive } from '../channels/channel.ts';
import { lead, type LeadOptions } from '../leadership/lead.ts';

export interface ExclusiveChannel extends Channel {
  /** Resolves when the lease is given back, after the signal of `start` aborted. */
  ended(): Promise<void>;
}

/**
 * A channel that connects by itself, for which one process at a time may receive: the others stand by, and one of them takes over when it ends. All of
 * them send.
 */
export function exclusive(channel: Channel, options: Omit<LeadOptions, 'name'>): ExclusiveChannel {
  let isLeading = false;
  let ended: Promise<void> = Promise.resolve();
  /** The start in hand. One that is still under way when the lease is lost and won again comes to its end first. */
  let starting: Promise<void> = Promise.resolve();
  const startAfter = async (before: Promise<void>, receive: Receive, leading: AbortSignal): Promise<void> => {
    await before;
    if (leading.aborted) return;
    try {
      await channel.start(receive, leading);
      options.log.info({ channel: channel.name, state: channel.state() }, 'channel started');
    } catch (error) {
      if (!leading.aborted) options.log.error({ channel: channel.name, reason: reasonOf(error) }, 'channel could not start');
    }
  };
  return {
    name: channel.name,
    limits: channel.limits,
    webhook: null,
    send: (reply, signal) => channel.send(reply, signal),
    fetchFile: (fileId, maxBytes, signal) => channel.fetchFile(fileId, maxBytes, signal),
    state: () => (isLeading ? channel.state() : { status: 'standby' }),
    ended: () => ended,
    /** Resolves at once: whether this process leads shows later, and may change. */
    async start(receive, signal) {
      const name = `channel/${channel.name}`;
      const begin = (leading: AbortSignal): void => {
        isLeading = true;
        leading.addEventListener('abort', () => void (isLeading = false), { once: true });
        starting = startAfter(starting, receive, leading);
      };
      ended = lead({ ...options, name }, begin, signal);
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
