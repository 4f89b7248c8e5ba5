import type { Citation, Fact, SectionRef } from './answer.ts';
import type { Chart } from './chart.ts';
import type { FeedbackReason } from './feedback.ts';
import type { Pace, Topic } from './subscription.ts';
import type { TicketStep } from './ticket.ts';

export const CHANNEL_NAMES = ['web', 'terminal', 'telegram', 'feishu'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** What pressing a button asks for. Small enough, encoded, for Telegram's 64 bytes; see action.ts. */
export type Action =
  /** `revision`: of the text as it was quoted; null the one in force. */
  | { readonly kind: 'full-text'; readonly documentId: string; readonly section: number; readonly revision: number | null }
  | { readonly kind: 'related'; readonly documentId: string; readonly section: number }
  /** A choice offered by a clarifying question, or a related section. */
  | { readonly kind: 'choose'; readonly documentId: string; readonly section: number }
  | { readonly kind: 'sample'; readonly index: number }
  | { readonly kind: 'topic'; readonly category: string }
  /** `turnId`: what was asked; null when nothing was. */
  | { readonly kind: 'hand-off'; readonly turnId: string | null }
  | { readonly kind: 'feedback'; readonly turnId: string; readonly vote: 'up' | 'down' }
  /** Why it did not help: said after a vote. */
  | { readonly kind: 'feedback-reason'; readonly turnId: string; readonly reason: FeedbackReason }
  /** To be told when there is an answer. */
  | { readonly kind: 'notify-me'; readonly turnId: string }
  /** What staff do with a ticket, and what its asker may. */
  | { readonly kind: 'ticket'; readonly step: TicketStep; readonly ticketId: string }
  | { readonly kind: 'transfer'; readonly ticketId: string; readonly deskId: string }
  /** News of a topic for the chat it is pressed in. */
  | { readonly kind: 'subscribe'; readonly topic: Topic }
  | { readonly kind: 'unsubscribe'; readonly subscriptionId: string }
  | { readonly kind: 'news-pace'; readonly subscriptionId: string; readonly pace: Pace }
  /** Erase what is known of me; asked for again before it is done. */
  | { readonly kind: 'forget' };

export type IncomingContent =
  | { readonly kind: 'text'; readonly text: string }
  /** `name` without slash or bot name, lower case: start, help, ask, topics, staff, forget … */
  | { readonly kind: 'command'; readonly name: string; readonly args: string }
  | { readonly kind: 'action'; readonly action: Action }
  /** A document sent to us. `fileId` is the platform's name for it, with which the channel fetches it. */
  | { readonly kind: 'file'; readonly fileId: string; readonly name: string; readonly bytes: number | null; readonly caption: string }
  /** A picture, a sticker, a voice message …: `what` names it for the logs. */
  | { readonly kind: 'unsupported'; readonly what: string };

/** Where a reply goes. `threadId` is a Telegram forum topic or a Feishu thread. */
export interface Address {
  readonly chatId: string;
  readonly chatKind: 'private' | 'group';
  readonly threadId: string | null;
  /** The message to reply to; null sends without quoting. */
  readonly replyTo: string | null;
}

/** One message addressed to us, decoded; platform payloads end here. */
export interface Incoming {
  readonly channel: ChannelName;
  /** Messages of one lane are answered one at a time, in order: `<channel>:<chatId>[:<threadId>]`. */
  readonly lane: string;
  /** The platform's id of the message or button press, for logs. */
  readonly messageId: string;
  readonly senderId: string;
  readonly content: IncomingContent;
  /** When it was written, epoch milliseconds by the platform's clock. */
  readonly sentAtMs: number;
  readonly address: Address;
  /** Platform ids of the messages it replies to, the nearest first; of a button press, the message the button is under. Left out: none. */
  readonly repliesTo?: readonly string[];
  /** Said in a group without calling us: only of use when it replies to a message of ours, and dropped by the intake otherwise. */
  readonly isOverheard?: boolean;
}

/** What the inbox stores: the message and the keys under which a repeat of it is recognised. */
export interface Received {
  readonly message: Incoming;
  /** At least one; any of them seen before makes it a duplicate. */
  readonly dedupeKeys: readonly string[];
}

/** A piece of a reply. Each channel has one encoder per kind. All text is literal: no markup, no mentions. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Verbatim library text. */
  | { readonly kind: 'quote'; readonly text: string }
  /** 出处. */
  | { readonly kind: 'source'; readonly citation: Citation }
  /** Numbered when the reader may answer with the number. */
  | { readonly kind: 'list'; readonly title: string | null; readonly items: readonly string[]; readonly numbered: boolean }
  /** Labels and values: what a policy grants. */
  | { readonly kind: 'facts'; readonly items: readonly Fact[] }
  /** A picture where pictures can be sent, else its numbers. */
  | { readonly kind: 'chart'; readonly chart: Chart }
  /** Small print: what was understood, what the library lacks. */
  | { readonly kind: 'note'; readonly text: string };

export interface Button {
  readonly label: string;
  /** What is shown already: the tab that is open. */
  readonly isCurrent?: boolean;
  readonly action: Action;
}

/** Rows of buttons below a message. */
export type ButtonRow = readonly Button[];

export interface ReplyMessage {
  /** Heading of the card, e.g. the section's title; one line. */
  readonly title: string;
  readonly tone: 'answer' | 'question' | 'refusal' | 'plain';
  readonly blocks: readonly Block[];
  readonly buttons: readonly ButtonRow[];
}

/** Richest first. A channel that is refused a form is asked again with the next. */
export const REPLY_FORMS = ['rich', 'simple', 'text'] as const;
export type ReplyForm = (typeof REPLY_FORMS)[number];

/** One message to send: one outbox row. */
export interface OutgoingReply {
  /** Stable over retries; idempotency keys are derived from it. At most 40 characters `[A-Za-z0-9_-]`. */
  readonly id: string;
  readonly channel: ChannelName;
  readonly address: Address;
  readonly message: ReplyMessage;
  readonly form: ReplyForm;
  /** What it is about, e.g. `ticket:<id>`: what was sent is then remembered by it, and a reply to it is known for one. Left out: nothing. */
  readonly about?: string;
  /** Takes the place of the message of ours with this platform id, if that can still be changed; else it is sent as a new one. Left out: a new one. */
  readonly edits?: string;
}

/** A message to somewhere else than where the message in hand came from. */
export interface Notice {
  readonly channel: ChannelName;
  readonly address: Address;
  readonly message: ReplyMessage;
  readonly about?: string;
  readonly edits?: string;
}

/** What became of a send. */
export type Delivery =
  | { readonly status: 'sent'; readonly platformMessageId: string }
  /** Not sent. `retryable` says whether the same again may succeed, not before `retryAfterMs`. */
  | { readonly status: 'rejected'; readonly code: string; readonly retryable: boolean; readonly retryAfterMs: number | null }
  /** Refused in this form or place: send again, changed. `edits` null: as a new message, the earlier one cannot be changed any more. */
  | { readonly status: 'degrade'; readonly code: string; readonly form: ReplyForm; readonly address: Address; readonly edits?: null }
  /** It may or may not have arrived (connection lost after the request left). */
  | { readonly status: 'unknown'; readonly code: string };

export type { Citation, SectionRef };
