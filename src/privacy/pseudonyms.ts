import { createHmac } from 'node:crypto';

/** Characters of a pseudonym: 16 bytes, so that no two people ever share one. */
const BYTES = 16;

/**
 * Names for people that tell nobody who they are without the key of the house; the same person always has the same.
 * @param key of at least 32 bytes; whoever has it can tell whether a pseudonym is that of a person they know
 */
export function createPseudonyms(key: Uint8Array) {
  const hashed = (kind: string, ...parts: readonly string[]): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, ...parts]))
      .digest()
      .subarray(0, BYTES)
      .toString('base64url');
  return {
    /** A person on a channel, in all of its chats. */
    asker: (channel: string, senderId: string): string => hashed('asker', channel, senderId),
    /** A person in one chat or thread. */
    context: (lane: string, senderId: string): string => hashed('context', lane, senderId),
  };
}
