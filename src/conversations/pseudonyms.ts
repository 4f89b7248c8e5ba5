import type { Incoming } from '../domain/message.ts';

/** How people are named in what is kept. Declared here, implemented in privacy. */
export interface Pseudonyms {
  /** The same person, in every chat of a channel. */
  asker(channel: string, senderId: string): string;
  /** One person in one chat or thread. */
  context(lane: string, senderId: string): string;
}

/** By the platform's own ids: for sessions that nothing is kept of. */
export const OWN_IDS: Pseudonyms = {
  asker: (channel, senderId) => `${channel}:${senderId}`,
  context: (lane, senderId) => `${lane}/${senderId}`,
};

/** Whose message it is. */
export const whoAsks = ({ channel, lane, senderId }: Pick<Incoming, 'channel' | 'lane' | 'senderId'>, pseudonyms: Pseudonyms) => ({
  asker: pseudonyms.asker(channel, senderId),
  contextKey: pseudonyms.context(lane, senderId),
});
