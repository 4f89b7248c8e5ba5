import { auditOf } from '../admin/audit.ts';
import type { Config } from '../config/load.ts';
import type { DeskBook } from '../conversations/desk-command.ts';
import type { Librarian } from '../conversations/librarian.ts';
import { inOrder } from '../domain/in-order.ts';
import type { Desk } from '../domain/desk.ts';
import type { Notice, OutgoingReply } from '../domain/message.ts';
import { createHandOff } from '../hand-off/create-hand-off.ts';
import { DESKS_SETTING, readDesks, withDesk } from '../hand-off/desk-book.ts';
import type { HandOff } from '../hand-off/hand-off.ts';
import type { SqlStore } from '../storage/sql-store.ts';

export interface HandOffParts {
  readonly config: Pick<Config, 'staffContact' | 'timeZone'>;
  readonly store: SqlStore;
  readonly librarian: Pick<Librarian, 'memberOf'>;
  readonly outgoing: (notices: readonly Notice[]) => readonly OutgoingReply[];
  readonly now: () => number;
  readonly newId: () => string;
}

/** The way to a person and back: tickets in the store, desks in the settings, staff known by their accounts. */
export function composeHandOff({ config, store, librarian, outgoing, now, newId }: HandOffParts): {
  readonly handOff: HandOff;
  readonly desks: () => Promise<readonly Desk[]>;
  readonly deskBook: DeskBook;
} {
  const desks = async (): Promise<readonly Desk[]> => readDesks(await store.admin.setting(DESKS_SETTING));
  const oneByOne = inOrder();
  const handOff = createHandOff({
    store: store.tickets,
    desks,
    memberOf: (channel, senderId) => librarian.memberOf({ channel, senderId }),
    outgoing,
    contact: config.staffContact,
    timeZone: config.timeZone,
    now,
    newId,
  });
  return {
    handOff,
    desks,
    deskBook: {
      enter: (chat, { userId, displayName, channel, senderId }) =>
        oneByOne(DESKS_SETTING, async () => {
          const after = withDesk(await desks(), chat);
          if (after.isNew) {
            const actor = { kind: 'chat' as const, userId, name: displayName, from: `${channel}:${senderId}` };
            const audit = auditOf(actor, now(), 'setting.changed', `setting:${DESKS_SETTING}`, { added: after.desk.name });
            await store.admin.saveSetting(DESKS_SETTING, JSON.stringify(after.desks), audit);
          }
          return { desk: after.desk, isNew: after.isNew };
        }),
    },
  };
}
