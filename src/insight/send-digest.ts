import { dayIn } from '../domain/day.ts';
import type { Desk } from '../domain/desk.ts';
import { AppError } from '../domain/errors.ts';
import type { Notice, OutgoingReply, ReplyMessage } from '../domain/message.ts';
import type { ScheduleStore } from '../schedule/store.ts';
import { composeDigest } from './digest.ts';
import { type DigestPlan, digestDue, weekBefore } from './digest-plan.ts';
import type { Insight } from './insight.ts';
import type { DayRange } from './store.ts';

export interface DigestOptions {
  readonly insight: Pick<Insight, 'summary' | 'weakSpots' | 'stale'>;
  readonly plan: () => Promise<DigestPlan>;
  readonly desks: () => Promise<readonly Desk[]>;
  /** Tickets that wait for an answer. */
  readonly waiting: () => Promise<number>;
  readonly schedule: ScheduleStore;
  readonly outgoing: (notices: readonly Notice[]) => readonly OutgoingReply[];
  readonly consoleUrl: string | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: () => number;
}

/** The digest of a week; null when nobody asked anything. */
export async function digestOf(range: DayRange, { insight, waiting, consoleUrl }: DigestOptions): Promise<ReplyMessage | null> {
  const week = await insight.summary(range);
  if (week.totals.asked === 0) return null;
  const [before, { spots }, stale] = await Promise.all([
    insight.summary(weekBefore(range.from)),
    insight.weakSpots(range),
    insight.stale(range),
  ]);
  return composeDigest({ week, before, spots: spots.filter(({ mark }) => mark === null), stale, waiting: await waiting(), consoleUrl });
}

/** A digest for every staff chat. */
export const toDesks = (message: ReplyMessage, desks: readonly Desk[]): Notice[] =>
  desks.map(({ channel, chatId, threadId }) => ({ channel, address: { chatId, chatKind: 'group', threadId, replyTo: null }, message }));

/**
 * Sends the digest of the last seven days now, to every staff chat.
 * @returns to how many
 * @throws {AppError} `NOT_POSSIBLE` when there is no staff chat, or nobody asked anything
 */
export async function sendDigestNow(options: DigestOptions): Promise<number> {
  const { schedule, outgoing, timeZone, now } = options;
  const desks = await options.desks();
  if (desks.length === 0) throw new AppError('NOT_POSSIBLE', '还没有工作群，请先在“工作群设置”里添加。');
  const message = await digestOf(weekBefore(dayIn(timeZone, now())), options);
  if (message === null) throw new AppError('NOT_POSSIBLE', '最近七天没有人提问，没有可发的内容。');
  await schedule.finish('digest-now', String(now()), outgoing(toDesks(message, desks)), now());
  return desks.length;
}

/** Sends the digest that is due, once over all processes. @returns whether this call did */
export async function sendDigest(options: DigestOptions): Promise<boolean> {
  const { schedule, timeZone, now } = options;
  const due = digestDue(await options.plan(), now(), timeZone);
  if (due === null || (await schedule.isDone('digest', due.day))) return false;
  const desks = await options.desks();
  // A desk that is set up later today gets it all the same.
  if (desks.length === 0) return false;
  const message = await digestOf(due.range, options);
  const replies = message === null ? [] : options.outgoing(toDesks(message, desks));
  return (await schedule.finish('digest', due.day, replies, now())) && replies.length > 0;
}
