import type { Category } from '../domain/categories.ts';
import type { FeedbackReason } from '../domain/feedback.ts';
import type { ChannelName } from '../domain/message.ts';
import type { TicketState } from '../domain/ticket.ts';

/** Days, both included; ISO dates in the house's time zone. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** How the answering of a question ended. */
export const ENDINGS = ['answered', 'clarify', 'refused', 'lapsed', 'browse'] as const;
export type Ending = (typeof ENDINGS)[number];

/** How many questions of one day, channel, category and ending there were. */
export interface Cell {
  readonly day: string;
  readonly channel: ChannelName;
  readonly category: Category | null;
  readonly ending: Ending;
  readonly asked: number;
}

export interface SectionCount {
  readonly documentId: string;
  readonly section: number;
  readonly answers: number;
}

/** What a range of days adds up to. */
export interface Figures {
  readonly cells: readonly Cell[];
  readonly votes: readonly { readonly vote: 'up' | 'down'; readonly reason: FeedbackReason | null; readonly count: number }[];
  /** Half of the answers took no longer; null without any. */
  readonly medianTookMs: number | null;
  /** Different people. */
  readonly askers: number;
  /** As asked, the most frequent first; none whose words are gone. */
  readonly questions: readonly { readonly question: string; readonly asked: number }[];
  /** How many answers stood on each section, the most used first. */
  readonly sections: readonly SectionCount[];
}

/** A question as the lists see it. */
export interface AskedQuestion {
  readonly turnId: string;
  readonly atMs: number;
  readonly day: string;
  readonly channel: ChannelName;
  /** Pseudonym; empty when it is nobody's any more. */
  readonly asker: string;
  readonly question: string;
  readonly via: 'asked' | 'chosen' | 'browsed';
  readonly ending: Ending;
  readonly category: Category | null;
  readonly confidence: number | null;
  /** The section answered from, or the nearest. */
  readonly documentId: string | null;
  readonly section: number | null;
  readonly vote: 'up' | 'down' | null;
  readonly reason: FeedbackReason | null;
  readonly isHandedOff: boolean;
}

/** The times of a ticket. */
export interface TicketTimes {
  readonly deskId: string;
  readonly state: TicketState;
  readonly createdAtMs: number;
  readonly claimedAtMs: number | null;
  readonly endedAtMs: number | null;
}

/** What somebody has made of a question that was not answered well. */
export const MARKS = ['out-of-scope', 'done'] as const;
export type MarkState = (typeof MARKS)[number];

export interface Mark {
  readonly state: MarkState;
  readonly atMs: number;
}

/** What is counted and listed of questions. Declared here, implemented in storage. */
export interface InsightStore {
  figures(range: DayRange): Promise<Figures>;
  /** Questions that still have their words, the latest first, behind the one given. */
  questions(range: DayRange, before: string | null, limit: number): Promise<readonly AskedQuestion[]>;
  /** Of those the ones that were refused, asked back, did not help, or were handed to a person. */
  weakQuestions(range: DayRange, limit: number): Promise<readonly AskedQuestion[]>;
  /** Questions whose askers, when asked back, chose a section: it is that of the entry. The latest first. */
  choices(range: DayRange, limit: number): Promise<readonly AskedQuestion[]>;
  /** Of the tickets opened in `[fromMs, toMs)`. */
  ticketTimes(fromMs: number, toMs: number): Promise<readonly TicketTimes[]>;
  /** By the key of the question, see `keyOf`. */
  marks(): Promise<ReadonlyMap<string, Mark>>;
  /** @param keys of questions @param state null takes the marks off */
  mark(keys: readonly string[], state: MarkState | null, nowMs: number): Promise<void>;
}
