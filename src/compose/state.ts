import type { Channel } from '../channels/channel.ts';
import type { QueueCounts } from '../delivery/store.ts';
import { type Health, healthOf } from '../observability/health.ts';
import type { Metrics } from '../observability/metrics.ts';

export interface StateParts {
  readonly channels: readonly Channel[];
  readonly ping: () => Promise<void>;
  readonly counts: () => Promise<QueueCounts>;
  readonly sections: () => number;
  readonly metrics: Metrics;
  readonly now: () => number;
}

/** How the channels are, in words. */
export const channelStates = (channels: readonly Channel[]): { name: string; status: string; detail: string | null }[] =>
  channels.map((channel) => {
    const state = channel.state();
    return { name: channel.name, status: state.status, detail: 'reason' in state ? state.reason : 'detail' in state ? state.detail : null };
  });

/** What `/readyz` and `/metrics` tell. */
export function houseState({ channels, ping, counts, sections, metrics, now }: StateParts) {
  return {
    health: async (): Promise<Health> => {
      const database = await ping().then(
        () => ({ name: 'database', isReady: true, detail: 'writable' }),
        (error: unknown) => ({ name: 'database', isReady: false, detail: error instanceof Error ? error.message : String(error) }),
      );
      const connections = channels.map((channel) => {
        const state = channel.state();
        return {
          name: channel.name,
          isReady: state.status === 'connected' || state.status === 'standby',
          detail: 'reason' in state ? `${state.status}: ${state.reason}` : state.status,
        };
      });
      return healthOf([{ name: 'library', isReady: true, detail: `${sections()} sections` }, database, ...connections]);
    },
    metrics: () =>
      metrics.render(async ({ queue, oldestWaitingSeconds, connected }) => {
        const { waiting, unsent, deadMessages, deadReplies, unknownReplies, oldestWaitingAtMs } = await counts();
        queue('waiting', waiting);
        queue('unsent', unsent);
        queue('dead_messages', deadMessages);
        queue('dead_replies', deadReplies);
        queue('unknown_replies', unknownReplies);
        oldestWaitingSeconds(oldestWaitingAtMs === null ? 0 : (now() - oldestWaitingAtMs) / 1000);
        for (const channel of channels) connected(channel.name, channel.state().status === 'connected');
      }),
  };
}
