import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Channel, ChannelState } from '../../src/channels/channel.ts';
import { exclusive } from '../../src/compose/exclusive.ts';
import type { LeaseStore } from '../../src/leadership/store.ts';
import { silent } from '../support/running.ts';

const LEASE_MS = 60;
const until = (check: () => boolean): Promise<void> => vi.waitFor(() => expect(check()).toBe(true), { timeout: 10_000, interval: 2 });

/** A channel that refuses to be started twice, and whose start ends when it is told to, or some time after its signal aborts. */
function slowChannel() {
  let state: ChannelState = { status: 'idle' };
  let starts = 0;
  let twice = 0;
  const channel: Channel = {
    name: 'feishu',
    limits: { maxText: 1, textUnit: 'utf16', maxButtonsPerRow: 1, chatIntervalMs: { private: 0, group: 0 }, sendsPerSecond: 1 },
    webhook: null,
    send: async () => ({ status: 'sent', platformMessageId: 'p' }),
    fetchFile: async () => new Uint8Array(),
    state: () => state,
    async start(_receive, signal) {
      if (state.status !== 'idle') twice++;
      starts++;
      state = { status: 'connecting' };
      // The first one is held up until it is broken off, and lets go only later.
      if (starts === 1) {
        await new Promise((resolve) => signal.addEventListener('abort', () => void setTimeout(resolve, 2 * LEASE_MS), { once: true }));
        state = { status: 'idle' };
        return;
      }
      state = { status: 'connected', detail: 'ready' };
      signal.addEventListener('abort', () => void (state = { status: 'idle' }), { once: true });
    },
  };
  return { channel, twice: () => twice, starts: () => starts };
}

describe('a channel one process receives for', () => {
  it('is started again when the lease is won back, after the start before has come to its end', async () => {
    let isMine = true;
    const store: LeaseStore = { take: async () => isMine, giveBack: async () => {}, count: async () => 1 };
    const { channel, twice, starts } = slowChannel();
    const shared = exclusive(channel, { store, holder: 'a', log: silent, leaseMs: LEASE_MS });
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    expect(shared.state()).toEqual({ status: 'standby' });
    await shared.start(async () => {}, stop.signal);
    await until(() => shared.state().status === 'connecting');
    isMine = false;
    await until(() => shared.state().status === 'standby');
    isMine = true;
    await until(() => shared.state().status === 'connected');
    expect([starts(), twice()]).toEqual([2, 0]);
    stop.abort();
    await shared.ended();
    expect(shared.state()).toEqual({ status: 'standby' });
  });
});
