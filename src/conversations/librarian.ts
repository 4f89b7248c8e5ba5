import type { FileOutcome } from '../domain/file-outcome.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Role } from '../domain/role.ts';

/** A chat user, as the platform knows them. */
export interface ChatUser {
  readonly channel: ChannelName;
  readonly senderId: string;
}

/** Somebody of the house behind a chat user. */
export interface Member {
  readonly userId: string;
  readonly displayName: string;
  readonly role: Role;
}

/** What members of the house may do with the library from a private chat. Declared here, put together in app.ts. */
export interface Librarian {
  /** Who a chat user is in the console; null: nobody there. */
  memberOf(user: ChatUser): Promise<Member | null>;
  /** Binds a chat user to the account a one-time code was made for; null when the code is not good. */
  bind(user: ChatUser, code: string): Promise<Member | null>;
  /** Undoes it; false when there was nothing to undo. */
  unbind(user: ChatUser): Promise<boolean>;
  /** Fetches a file from the platform and lays what it holds into the library as drafts. Never publishes. */
  take(
    user: ChatUser,
    member: Member,
    file: { readonly fileId: string; readonly name: string; readonly bytes: number | null },
  ): Promise<FileOutcome>;
}
