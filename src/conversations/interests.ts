import type { Address, ChannelName, OutgoingReply } from '../domain/message.ts';

/** Somebody who wants to be told when there is an answer. */
export interface Interest {
  readonly id: string;
  readonly turnId: string;
  readonly asker: string;
  readonly channel: ChannelName;
  readonly address: Address;
  readonly question: string;
  readonly atMs: number;
}

/** People who want to be told when there is an answer. Declared here, implemented in storage. */
export interface InterestStore {
  /** The same person's wish about the same turn counts once. */
  addInterest(interest: Interest): Promise<void>;
  /** Those not told yet, in pages: those whose id sorts behind `after`. */
  interests(after: string | null, limit: number): Promise<readonly Interest[]>;
  /** Questions of a day and after it that were refused or asked back, the latest first. */
  unanswered(fromDay: string, limit: number): Promise<readonly string[]>;
  /** Tells somebody, once, and forgets that they wanted to know. @returns false when they were told meanwhile: nothing was written */
  tell(interestId: string, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean>;
}
