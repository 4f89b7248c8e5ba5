import type { Log } from '../../domain/log.ts';
import type { ChannelState } from '../channel.ts';
import type { TelegramClient } from './client.ts';
import { TelegramFault } from './fault.ts';
import { backoffMs, type Wait } from './retry.ts';

export interface PollingOptions {
  readonly client: TelegramClient;
  /** Resolves once the update is stored, or found to be none of our business. */
  readonly store: (update: { readonly update_id: number }) => Promise<void>;
  readonly onState: (state: Extract<ChannelState, { status: 'reconnecting' | 'failed' }> | { readonly status: 'connected' }) => void;
  readonly log: Log;
  readonly wait: Wait;
}

/**
 * Fetches updates until `signal` aborts or Telegram refuses for good, storing them one at a time in their order.
 *
 * An update that cannot be stored is tried again for as long as it takes; nothing behind it is touched, and Telegram, which learns what was
 * stored only from the offset of the next request, keeps it. That is why this is not grammY's `bot.start`: its `stop` confirms the update being
 * worked on, stored or not, and its pauses cannot be interrupted.
 *
 * Resolves when it has ended. Rejects with nothing but a mistake of ours.
 */
export async function poll({ client, store, onState, log, wait }: PollingOptions, signal: AbortSignal): Promise<void> {
  let offset = 0;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const updates = await client.getUpdates(offset, signal);
      if (failures > 0) onState({ status: 'connected' });
      failures = 0;
      for (const update of updates) {
        if (!(await storeAtLast(update))) return;
        offset = update.update_id + 1;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TelegramFault)) throw error;
      const { code, description: reason } = error;
      if (!error.isPassing) {
        log.error({ code, reason }, 'telegram: polling ended');
        onState({ status: 'failed', reason: needsPerson(error) });
        return;
      }
      log.warn({ code, failures }, 'telegram: no updates, trying again');
      onState({ status: 'reconnecting', reason: error.message });
      await wait(error.retryAfterMs ?? backoffMs(failures), signal);
      failures += 1;
    }
  }

  /** False when stopped before it was stored. */
  async function storeAtLast(update: { readonly update_id: number }): Promise<boolean> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await store(update);
        if (attempt > 0) onState({ status: 'connected' });
        return true;
      } catch (err) {
        log.error({ err, updateId: update.update_id, attempt }, 'telegram: a message could not be stored, trying again');
        onState({ status: 'reconnecting', reason: 'messages cannot be stored' });
        await wait(backoffMs(attempt), signal);
      }
    }
    return false;
  }
}

function needsPerson({ status, description, isTokenRefused }: TelegramFault): string {
  if (isTokenRefused) return 'Telegram no longer accepts the bot token';
  if (status === 409) return `another process takes this bot's updates (${description})`;
  return description;
}
