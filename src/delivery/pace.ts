/** When the next send to a chat may leave: per chat and over all chats. Times are epoch milliseconds. */
export interface Pace {
  /** How long a send to the chat has to wait on account of those to the same chat before it. */
  chatWaitMs(chatId: string, nowMs: number): number;
  /** Takes the next free slot for a chat and returns how long to wait for it. */
  takeMs(chatId: string, intervalMs: number, nowMs: number): number;
}

/** Chats idle for this long are forgotten. */
const FORGET_AFTER_MS = 10 * 60_000;
const MAX_CHATS = 10_000;

/** @param sendsPerSecond over all chats, at this moment; `Infinity` for no limit */
export function createPace(sendsPerSecond: () => number): Pace {
  const nextByChat = new Map<string, number>();
  let nextOverall = 0;
  return {
    chatWaitMs: (chatId, nowMs) => Math.max(0, (nextByChat.get(chatId) ?? 0) - nowMs),
    takeMs(chatId, intervalMs, nowMs) {
      const at = Math.max(nowMs, nextOverall, nextByChat.get(chatId) ?? 0);
      nextOverall = Math.max(nowMs, nextOverall) + 1000 / sendsPerSecond();
      nextByChat.set(chatId, at + intervalMs);
      if (nextByChat.size > MAX_CHATS) {
        for (const [chat, next] of nextByChat) if (next < nowMs - FORGET_AFTER_MS) nextByChat.delete(chat);
      }
      return at - nowMs;
    },
  };
}
