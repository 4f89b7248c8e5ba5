import type { Desk } from '../domain/desk.ts';
import { desksIn, newDesk } from './desks.ts';

/** Name of the setting that holds the desks, as JSON. */
export const DESKS_SETTING = 'desks';

/** The desks of a setting; nothing was set: none. */
export const readDesks = (json: string | null): readonly Desk[] => (json === null ? [] : (JSON.parse(json) as Desk[]));

/** The chat as a desk: the one there is, or a new one behind the others. */
export function withDesk(
  desks: readonly Desk[],
  chat: Pick<Desk, 'channel' | 'chatId' | 'threadId'>,
): { readonly desks: readonly Desk[]; readonly desk: Desk; readonly isNew: boolean } {
  const known = desksIn(chat.channel, chat.chatId, desks).find(({ threadId }) => threadId === chat.threadId);
  if (known) return { desks, desk: known, isNew: false };
  const numbers = desks.map(({ id }) => Number(/^desk(\d+)$/.exec(id)?.[1] ?? 0));
  const desk = newDesk(`desk${Math.max(0, ...numbers) + 1}`, chat, desks.length + 1);
  return { desks: [...desks, desk], desk, isNew: true };
}
