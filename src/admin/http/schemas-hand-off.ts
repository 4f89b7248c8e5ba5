import { z } from 'zod';
import { CATEGORY_IDS } from '../../domain/categories.ts';
import { TICKET_STATES } from '../../domain/ticket.ts';
import { RETENTION_DAYS } from '../../privacy/retention.ts';

/** The shapes of hand-off and privacy in the console's API; see schemas.ts. */

const ms = z.int().min(0);
const category = z.enum(CATEGORY_IDS);
const version = z.int();

export const ticketItem = z.object({
  id: z.string(),
  number: z.int(),
  state: z.enum(TICKET_STATES),
  reason: z.enum(['asked', 'insisted', 'not-helpful']),
  deskId: z.string(),
  /** Its name; empty when it is no more. */
  desk: z.string(),
  category: category.nullable(),
  /** Personal numbers in it are covered. */
  question: z.string(),
  assignee: z.string().nullable(),
  isMine: z.boolean(),
  channel: z.string(),
  createdAtMs: ms,
  endedAtMs: ms.nullable(),
  isEscalated: z.boolean(),
});
/** `GET /tickets?state=&desk=&before=`, the latest first. */
export const ticketQuery = z.object({
  state: z.enum(['waiting', 'over', 'all']).default('waiting'),
  desk: z.string().max(16).optional(),
  before: z.coerce.number().int().min(1).optional(),
});
export const tickets = z.object({
  items: z.array(ticketItem),
  counts: z.record(z.enum(TICKET_STATES), z.int()),
  /** Pass as `before` for older ones; null: no more. */
  next: z.int().nullable(),
});
/** `GET /tickets/:id`: in the words of the asker; reading them is noted in the audit log. */
export const ticketView = z.object({
  item: ticketItem,
  version,
  question: z.string(),
  additions: z.array(z.string()),
  before: z.array(z.object({ question: z.string(), reply: z.string() })),
  found: z.array(z.string()),
  answer: z.string().nullable(),
  answeredFor: z.string().nullable(),
  draftTextId: z.string().nullable(),
  history: z.array(z.object({ atMs: ms, kind: z.string(), by: z.string(), detail: z.string().nullable() })),
});
export const ticketStep = z.object({ version });
export const ticketTransfer = z.object({ version, deskId: z.string().max(16) });
export const ticketIgnore = z.object({ version, note: z.string().trim().max(500).default('') });
export const ticketAnswer = z.object({ version, text: z.string().trim().min(1).max(2_000) });

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Expected a date as YYYY-MM-DD');
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Expected a time as HH:MM');
const minutes = z.int().min(1).max(10_080);
export const desk = z.object({
  id: z.string().regex(/^[a-z0-9]{1,16}$/, 'Expected 1 to 16 lower-case letters or digits'),
  name: z.string().trim().min(1).max(30),
  channel: z.enum(['telegram', 'feishu']),
  chatId: z
    .string()
    .trim()
    .regex(/^(?:-?\d{1,20}|oc_\w{1,64})$/, 'Expected the id of a chat, such as oc_… on Feishu or -100… on Telegram'),
  threadId: z.string().max(64).nullable(),
  categories: z.array(category),
  hours: z
    .object({
      days: z.array(z.int().min(1).max(7)).min(1),
      from: time,
      until: time,
      closedOn: z.array(isoDate).max(100),
      openOn: z.array(isoDate).max(100),
    })
    .refine(({ from, until }) => from < until, { path: ['until'], message: 'Expected a time after `from`' })
    .nullable(),
  outOfHoursText: z.string().trim().max(200),
  takesUnhelpful: z.boolean(),
  remindAfterMinutes: minutes,
  escalateAfterMinutes: minutes,
  escalateTo: z.string().max(16).nullable(),
});
export const desks = z.object({ items: z.array(desk).max(50) });

const days = z.int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most);
export const retention = z.object({ questionDays: days, ticketDays: days });
