import type { Received } from '../domain/message.ts';
import { type Tracing, UNTRACED } from '../domain/tracing.ts';
import type { DeliveryStore } from './store.ts';

/** What came of a message that was handed in. */
export interface IntakeEvents {
  readonly onStored: (received: Received) => void;
  readonly onDuplicate: (received: Received) => void;
}

/**
 * The `receive` every channel is given: resolves once the message is stored or known, rejects when it could not be stored. What was not said to us
 * is kept only when it answers a message of ours that was about something.
 */
export function createIntake(
  store: DeliveryStore,
  now: () => number,
  events: IntakeEvents,
  tracing: Tracing = UNTRACED,
): (received: Received) => Promise<void> {
  return async (received) => {
    const { channel, address, isOverheard, repliesTo = [] } = received.message;
    if (isOverheard && !(await store.isOurs(channel, address.chatId, repliesTo))) return;
    const outcome = await tracing.receive(received.message, async (span) => {
      span.set({ outcome: 'not-stored' });
      const put = await store.put(received, now());
      span.set({ outcome: put });
      return put;
    });
    (outcome === 'stored' ? events.onStored : events.onDuplicate)(received);
  };
}
