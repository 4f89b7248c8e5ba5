import type { Actor } from '../../domain/audit.ts';
import type { ChannelName } from '../../domain/message.ts';
import type { Role } from '../../domain/role.ts';
import { auditOf } from '../audit.ts';
import type { AdminStore, ChatBinding, User } from '../store.ts';
import { chatCodeDigest } from './chat-codes.ts';
import { forgetGuesses, takeGuess, TooManyFailures } from './throttle.ts';

type ChatUser = Pick<ChatBinding, 'channel' | 'senderId'>;

/** Somebody of the console behind a chat user. */
export interface ChatMember {
  readonly userId: string;
  readonly displayName: string;
  readonly role: Role;
}

/** Who chat users are in the console. */
export interface People {
  /** Null: nobody there, or disabled, or not free to act before the password is changed. */
  memberOf(chat: ChatUser): Promise<ChatMember | null>;
  /** Binds a chat user to the account a one-time code was made for; null when the code is not good, or after too many bad ones. */
  bind(chat: ChatUser, code: string): Promise<ChatMember | null>;
  /** False when there was nothing to undo. */
  unbind(chat: ChatUser): Promise<boolean>;
}

export const chatTarget = ({ channel, senderId }: { readonly channel: ChannelName; readonly senderId: string }): string =>
  `chat:${channel}:${senderId}`;

export const chatActor = (chat: ChatUser, { userId, displayName }: Pick<ChatMember, 'userId' | 'displayName'>): Actor => ({
  kind: 'chat',
  userId,
  name: displayName,
  from: `${chat.channel}:${chat.senderId}`,
});

const memberFrom = (user: User | null): ChatMember | null =>
  user === null || user.disabledAtMs !== null || user.mustChangePassword
    ? null
    : { userId: user.id, displayName: user.displayName, role: user.role };

export function createPeople(store: AdminStore, now: () => number): People {
  const userOf = async (chat: ChatUser): Promise<User | null> => {
    const binding = await store.binding(chat.channel, chat.senderId);
    return binding === null ? null : store.user(binding.userId);
  };
  return {
    memberOf: async (chat) => memberFrom(await userOf(chat)),

    async bind(chat, code) {
      const key = chatTarget(chat);
      try {
        await takeGuess(store, key, now());
      } catch (error) {
        if (error instanceof TooManyFailures) return null;
        throw error;
      }
      const user = await store.bindByCode(chatCodeDigest(code), chat, now(), ({ id, displayName }) =>
        auditOf(chatActor(chat, { userId: id, displayName }), now(), 'chat.bound', chatTarget(chat)),
      );
      if (user !== null) await forgetGuesses(store, key);
      return memberFrom(user);
    },

    async unbind(chat) {
      const user = await userOf(chat);
      if (user === null) return false;
      const actor = chatActor(chat, { userId: user.id, displayName: user.displayName });
      return store.unbind(chat.channel, chat.senderId, auditOf(actor, now(), 'chat.unbound', chatTarget(chat)));
    },
  };
}
