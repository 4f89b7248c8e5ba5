import type { Category } from '../domain/categories.ts';
import type { Desk } from '../domain/desk.ts';
import type { ChannelName } from '../domain/message.ts';

/** The desk that takes a category: one named for it, else one for whatever no other takes, else the first. Null without desks. */
export function deskFor(category: Category | null, desks: readonly Desk[]): Desk | null {
  const named = category === null ? undefined : desks.find(({ categories }) => categories.includes(category));
  return named ?? desks.find(({ categories }) => categories.length === 0) ?? desks[0] ?? null;
}

/** The desks whose chat this is. */
export const desksIn = (channel: ChannelName, chatId: string, desks: readonly Desk[]): readonly Desk[] =>
  desks.filter((desk) => desk.channel === channel && desk.chatId === chatId);

/** A desk for a chat that has just been named one. */
export const newDesk = (id: string, chat: Pick<Desk, 'channel' | 'chatId' | 'threadId'>, number: number): Desk => ({
  id,
  name: number === 1 ? '工作人员' : `工作群 ${number}`,
  ...chat,
  categories: [],
  hours: null,
  outOfHoursText: '现在不是工作时间，工作人员上班后会尽快答复您。',
  takesUnhelpful: true,
  remindAfterMinutes: 60,
  escalateAfterMinutes: 240,
  escalateTo: null,
});
