import { THE_HOUSE } from '../../src/domain/audit.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { DESKS_SETTING } from '../../src/hand-off/desk-book.ts';
import { newDesk } from '../../src/hand-off/desks.ts';
import { lookInto } from './running.ts';

/** A staff chat that is always open. */
export const deskOf = (chat: Pick<Desk, 'channel' | 'chatId'>, part: Partial<Desk> = {}): Desk => ({
  ...newDesk('desk1', { ...chat, threadId: null }, 1),
  ...part,
});

/** Names a chat as the staff chat, as the console would. */
export const placeDesk = (dataDir: string, chat: Pick<Desk, 'channel' | 'chatId'>, name: string): Promise<void> =>
  lookInto(dataDir, ({ admin }) =>
    admin.saveSetting(DESKS_SETTING, JSON.stringify([deskOf(chat, { name })]), {
      atMs: 1,
      actor: THE_HOUSE,
      action: 'setting.changed',
      target: null,
      detail: {},
    }),
  );
