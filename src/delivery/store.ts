import type { Address, ChannelName, Incoming, OutgoingReply, Received, ReplyForm } from '../domain/message.ts';
import type { Remembered } from '../domain/turn.ts';

/** A message in hand: leased to one worker. */
export interface Claim {
  readonly jobId: string;
  /** Fencing token of this lease: whoever holds a later one has taken the job over, and this one may no longer write. */
  readonly token: string;
  readonly message: Incoming;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly receivedAtMs: number;
}

/** A reply in hand: leased to one sender. */
export interface ReplyClaim {
  readonly reply: OutgoingReply;
  /** The line it stands in: one chat or thread. Stays the same when the reply goes to another place. */
  readonly lane: string;
  readonly token: string;
  readonly attempt: number;
  readonly queuedAtMs: number;
}

/** How a reply ended. `unknown`: it may or may not have arrived, and the platform offers no way to repeat it safely. */
export type ReplyEnd =
  | { readonly status: 'sent'; readonly platformMessageId: string }
  | { readonly status: 'unknown'; readonly code: string }
  | { readonly status: 'dead'; readonly code: string };

/** What is changed of a reply that was refused as it was: its form, or where it goes. */
export interface ReplyChange {
  readonly form: ReplyForm;
  readonly address: Address;
  /** Null: it is to be a new message, not the change of an earlier one. Left out: as it is. */
  readonly edits?: null;
}

/** Why a message ended without an answer. */
export type MessageEnd = { readonly status: 'expired' } | { readonly status: 'dead'; readonly error: string };

/** Where work waits: messages for workers, replies for the sender of a channel. */
export type QueueName = 'inbox' | `outbox:${ChannelName}`;

/** How many are where; what health and metrics show. */
export interface QueueCounts {
  readonly waiting: number;
  readonly oldestWaitingAtMs: number | null;
  readonly unsent: number;
  readonly deadMessages: number;
  readonly deadReplies: number;
  readonly unknownReplies: number;
}

/**
 * Inbox, lanes and outbox. Every method is one transaction; what has resolved survives a crash (in the stores on disk).
 * Implementations run `deliveryStoreContract()` of test/contracts.
 */
export interface DeliveryStore {
  /** Stores a message, unless one of its dedupe keys is known: then nothing changes. */
  put(received: Received, nowMs: number): Promise<'stored' | 'duplicate'>;

  /**
   * Leases up to `limit` of the oldest waiting messages, one each of lanes that no one works on; none when there are none. Within a lane messages are
   * handed out strictly in the order they were stored, the next one only when the one before has ended. An expired lease frees its lane.
   */
  claim(limit: number, nowMs: number, leaseMs: number): Promise<readonly Claim[]>;
  /**
   * Saves the turn, the vote and the tickets, ends the message and queues its replies, all or nothing. False: the lease was lost, nothing was written.
   * @throws {AppError} `STALE` when one of the tickets has changed meanwhile: nothing was written, try the message again
   */
  complete(claim: Claim, remembered: Remembered, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean>;
  /** Gives the message back, to be tried again not before `atMs`. */
  retry(claim: Claim, atMs: number, error: string): Promise<boolean>;
  /** Ends the message unanswered and queues `replies` (an apology, or nothing). */
  end(claim: Claim, end: MessageEnd, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean>;

  /** Leases up to `limit` of the oldest due replies of a channel, one a lane; within a lane replies leave in order, a later one waits for the one before it. */
  claimReplies(channel: ChannelName, limit: number, nowMs: number, leaseMs: number): Promise<readonly ReplyClaim[]>;
  /** @param quietUntilMs the next reply to the same chat or thread is not taken before, by any process; left out: at once */
  settleReply(claim: ReplyClaim, end: ReplyEnd, nowMs: number, quietUntilMs?: number): Promise<boolean>;
  /** Queues the reply again, possibly changed, not before `atMs`. */
  retryReply(claim: ReplyClaim, atMs: number, change: ReplyChange | null): Promise<boolean>;

  /** Puts a reply back that was not tried (its chat is busy, we are stopping): the attempt does not count. */
  deferReply(claim: ReplyClaim, atMs: number): Promise<boolean>;

  /**
   * What waits for a chat whose reader comes for it (the web page), in order.
   * @param seen id of the last one the reader has: it and those before it count as sent; null: none
   */
  collect(channel: ChannelName, chatId: string, seen: string | null, nowMs: number): Promise<readonly OutgoingReply[]>;
  /** Whether a message in a chat is one of ours that was about something. */
  isOurs(channel: ChannelName, chatId: string, platformMessageIds: readonly string[]): Promise<boolean>;

  counts(): Promise<QueueCounts>;
  /** Forgets ended messages and replies, and dedupe keys, stored before `beforeMs`. Dead letters are kept. */
  purge(beforeMs: number): Promise<void>;
  /**
   * Calls back when there may be new work in a queue; a hint, never the only way to learn of it. A listener that returns true takes it in hand at once:
   * other processes are not told.
   * @returns the way to stop
   */
  onWork(queue: QueueName, listener: () => unknown): () => void;
}
