import type { Incoming, OutgoingReply } from './message.ts';
import type { Handled } from './turn.ts';

/**
 * What may be said of a span: figures, and words of the house. The list is closed, so that no text of a person, no name and no id of a chat gets into
 * a trace by mistake.
 */
export interface SpanFacts {
  /** Kind of what was sent to us: `text`, `command`, `action` … */
  readonly content?: Incoming['content']['kind'];
  /** Characters of it. */
  readonly text_length?: number;
  /** How it ended. */
  readonly outcome?: string;
  /** What was said to a question: `answered`, `clarify` … */
  readonly answer?: string;
  /** 1 for the first try. */
  readonly attempt?: number;
  /** From its place in the queue to this try. */
  readonly waited_ms?: number;
  /** Messages to send. */
  readonly replies?: number;
  /** Pieces of a message that is sent. */
  readonly blocks?: number;
  readonly form?: OutgoingReply['form'];
}

/** A stretch of work on one message, while it lasts. */
export interface Span {
  /** Says more of it; what was said before under the same name is replaced. */
  set(facts: SpanFacts): void;
  /** It failed, with a code of ours or of a platform. What is thrown out of the work is noted by itself. */
  fail(code: string): void;
  /** A part of it. */
  step<T>(name: 'answer' | 'store', work: (span: Span) => Promise<T>): Promise<T>;
}

/**
 * One message, one trace, through all stores and processes: receive → handle → answer, store and send. Each method does the work it is given and
 * measures it; nothing it does itself can fail or hold up the work.
 */
export interface Tracing {
  /** The first span of a trace. One whose outcome is `duplicate` or `not-stored` is put beneath the one that stored the message. */
  receive<T>(message: Incoming, work: (span: Span) => Promise<T>): Promise<T>;
  /** @param attempt counted from 1, and never the same twice for a message */
  handle<T>(message: Incoming, attempt: number, work: (span: Span) => Promise<T>): Promise<T>;
  /** Belongs to the trace its id is marked with; a reply without a mark (news, a reminder) is a trace of its own. */
  send<T>(reply: OutgoingReply, work: (span: Span) => Promise<T>): Promise<T>;
  /** Marks the id of a reply with the span it comes from: that of an attempt, or of the receipt when `attempt` is 0. */
  mark(id: string, message: Incoming, attempt: number): string;
}

const untold: Span = { set() {}, fail() {}, step: (_name, work) => work(untold) };

/** Does the work and measures nothing. */
export const UNTRACED: Tracing = {
  receive: (_message, work) => work(untold),
  handle: (_message, _attempt, work) => work(untold),
  send: (_reply, work) => work(untold),
  mark: (id) => id,
};

/** The answering of a message, as a step that says what was answered. */
export const tracedAnswer = (span: Span, handle: () => Promise<Handled>): Promise<Handled> =>
  span.step('answer', async (step) => {
    const handled = await handle();
    step.set({ replies: handled.replies.length, ...(handled.turn?.answer && { answer: handled.turn.answer.outcome }) });
    return handled;
  });
