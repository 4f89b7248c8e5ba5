import type { RequestHandler } from 'express';
import type { ChannelName, Delivery, OutgoingReply, Received } from '../domain/message.ts';

/** What a platform allows: data for splitting and pacing, so that no caller needs to know the platform. */
export interface ChannelLimits {
  /** Longest text of one message, in `textUnit`. */
  readonly maxText: number;
  readonly textUnit: 'utf16' | 'utf8-bytes';
  readonly maxButtonsPerRow: number;
  /** Least time between two sends to one chat. */
  readonly chatIntervalMs: { readonly private: number; readonly group: number };
  /** Most sends a second over all chats. */
  readonly sendsPerSecond: number;
}

/** Stores a message durably. Resolves once it is stored (or known already); only then may the channel acknowledge it. */
export type Receive = (received: Received) => Promise<void>;

export type ChannelState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | { readonly status: 'connected'; readonly detail: string }
  /** Another process receives for this channel; this one takes over when that ends. */
  | { readonly status: 'standby' }
  /** Trying again by itself. */
  | { readonly status: 'reconnecting'; readonly reason: string }
  /** Needs a person: wrong token, second poller … */
  | { readonly status: 'failed'; readonly reason: string };

/** A place where people talk to us. Implement this and run `channelContract()` of test/contracts. */
export interface Channel {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** Handler of `POST /webhooks/<name>`, which must see the raw body; null when the channel connects by itself. */
  readonly webhook: RequestHandler | null;
  /**
   * Connects and passes every message addressed to us to `receive`. Resolves once the identity of the bot is known and intake runs.
   * Stops when `signal` aborts.
   * @throws {AppError} `CHANNEL_REJECTED` when the platform refuses our credentials.
   */
  start(receive: Receive, signal: AbortSignal): Promise<void>;
  /** Encodes and sends one reply. Never throws for anything the platform says: the answer is a `Delivery`. */
  send(reply: OutgoingReply, signal: AbortSignal): Promise<Delivery>;
  state(): ChannelState;
  /**
   * The bytes of a file that came with a message; `fileId` is that of its content.
   * @throws {AppError} `INPUT_TOO_LARGE` above `maxBytes`, `CHANNEL_REJECTED` when the platform does not give it
   */
  fetchFile(fileId: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
}
