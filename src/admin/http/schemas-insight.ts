import { z } from 'zod';
import { CATEGORY_IDS } from '../../domain/categories.ts';
import { countDays } from '../../domain/day.ts';
import { FEEDBACK_REASONS, type FeedbackReason } from '../../domain/feedback.ts';
import { CHANNEL_NAMES } from '../../domain/message.ts';
import { parseSectionId } from '../../domain/record.ts';

/**
 * The shapes of `/insight/…`: what questions teach. Days are ISO dates in the house's time zone, both ends included. Personal numbers are covered in
 * every question.
 */

const MOST_DAYS = 400;

const day = z.iso.date('Expected a date as YYYY-MM-DD');
const count = z.int().min(0);
const ms = z.number().min(0);
const category = z.enum(CATEGORY_IDS);
const channel = z.enum(CHANNEL_NAMES);
const reasons = z.partialRecord(z.enum(Object.keys(FEEDBACK_REASONS) as [FeedbackReason, ...FeedbackReason[]]), count);

/** Left out: the last 30 days. */
export const dayRange = z.object({ from: day.optional(), to: day.optional() });
export type GivenRange = z.output<typeof dayRange>;
export const isRange = (from: string, to: string): boolean => from <= to && countDays(from, to) <= MOST_DAYS;

/** How questions ended; they add up to `asked`. */
const endings = { asked: count, answered: count, clarify: count, refused: count, lapsed: count, browse: count };
const section = { documentId: z.string(), section: count, documentTitle: z.string(), sectionTitle: z.string() };

/** `GET /insight/summary?from=&to=` */
export const insightSummary = z.object({
  from: day,
  to: day,
  /** Of these, `handedOff` were given to a person. */
  totals: z.object({ ...endings, handedOff: count }),
  helpful: count,
  unhelpful: count,
  reasons,
  /** Half of the answers took no longer; null without any. */
  medianTookMs: ms.nullable(),
  /** Different people. */
  askers: count,
  /** Every day of the range; channels and categories nobody asked in are left out. */
  days: z.array(
    z.object({
      day,
      ...endings,
      handedOff: count,
      channels: z.partialRecord(channel, count),
      categories: z.partialRecord(category, count),
    }),
  ),
  /** The busiest first. */
  byChannel: z.array(z.object({ channel, ...endings })),
  /** The busiest first; null: about nothing in the library. */
  byCategory: z.array(z.object({ category: category.nullable(), ...endings })),
  topQuestions: z.array(z.object({ question: z.string(), asked: count })),
  /** `title` is null for a document that is no longer in the library. */
  topDocuments: z.array(z.object({ documentId: z.string(), title: z.string().nullable(), answers: count })),
  /** All of the library, in its order. */
  sections: z.array(z.object({ ...section, kind: z.enum(['policy', 'procedure', 'faq']), answers: count })),
  /** By desk, the busiest first; `name` is null for a desk that is no more. */
  staff: z.array(
    z.object({
      deskId: z.string(),
      name: z.string().nullable(),
      opened: count,
      answered: count,
      ignored: count,
      medianToClaimMs: ms.nullable(),
      medianToAnswerMs: ms.nullable(),
    }),
  ),
});

const mark = z.enum(['out-of-scope', 'done']);
const key = z.string().max(40);
export const weakSpot = z.object({
  key,
  count,
  /** Different people, as far as they are known. */
  askers: count,
  /** Different wordings. */
  wordings: count,
  firstDay: day,
  lastDay: day,
  /** Asked in the last `days` of the range, and in as many before. */
  trend: z.object({ days: count, recent: count, before: count }),
  /** Why it is here; a question may count under several. */
  kinds: z.object({ refused: count, clarify: count, unhelpful: count, handedOff: count }),
  reasons,
  /** As asked, the most frequent first. */
  samples: z.array(z.string()),
  /** The section most of them came nearest to, while it is in the library. */
  nearest: z.object(section).nullable(),
  category: category.nullable(),
  mark: mark.nullable(),
});
/** `GET /insight/weak-spots?from=&to=&mark=` */
export const weakQuery = dayRange.extend({ mark: z.enum(['open', ...mark.options]).default('open') });
export const weakSpots = z.object({
  from: day,
  to: day,
  /** The most asked first, so many at most. */
  items: z.array(weakSpot),
  total: count,
  /** Questions that were grouped. */
  questions: count,
  /** False: there were more; the earliest of the range are left out. */
  isComplete: z.boolean(),
});
/** `POST /insight/weak-spots/mark`: the range is the one it was seen in; null takes the mark off. */
export const markRequest = z.object({ from: day, to: day, key, mark: mark.nullable() });
/** How many wordings were marked. */
export const marked = z.object({ wordings: count });

const line = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .regex(/^[^\r\n]*$/, 'Expected one line');
const place = z.string().refine((id) => parseSectionId(id) !== null, 'Expected the id of a section, such as 2024-plan#6');
/** `POST /insight/drafts`: what was seen, made into a draft. */
export const draftRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alternate'), place, questions: z.array(line).min(1).max(20) }),
  z.object({ kind: z.literal('synonym'), official: line.max(30), colloquial: line.max(30) }),
]);
export const drafted = z.object({ textId: z.string(), number: z.int() });

/** `GET /insight/choices?from=&to=`: what people chose when they were asked back. */
export const choices = z.object({
  from: day,
  to: day,
  items: z.array(z.object({ key, question: z.string(), ...section, count, lastDay: day })),
});
/** `POST /insight/choices/dismiss` */
export const dismissal = z.object({ key });

/** `GET /insight/stale?from=&to=`: by how many answers of the range stand on them and how long ago they were verified. */
export const stale = z.object({
  from: day,
  to: day,
  items: z.array(
    z.object({
      documentId: z.string(),
      title: z.string(),
      verifiedOn: day.nullable(),
      /** Since then; when nobody ever verified it, since it was published or issued; null: not known. */
      days: count.nullable(),
      answers: count,
    }),
  ),
});

/** `GET` and `PUT /insight/digest`: when staff get the digest of the week before. */
export const digestPlan = z.object({
  isOn: z.boolean(),
  /** 1 Monday … 7 Sunday. */
  weekday: z.int().min(1).max(7),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Expected a time as HH:MM'),
});
/** `POST /insight/digest/send`: to how many staff chats. */
export const digestSent = z.object({ desks: count });

/** `GET /insight/export.csv` and `.xlsx` */
export const exportQuery = dayRange.extend({ sheet: z.enum(['days', 'questions', 'weak-spots', 'sections']).default('days') });
